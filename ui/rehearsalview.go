package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/rehearsal"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// rehearsalView shows the last rehearsal, and plays one.
type rehearsalView struct {
	page
	text  widget.Page
	since time.Time // one is being played since then; zero: none
}

func (s *rehearsalView) title(*env) string    { return "Rehearsal" }
func (s *rehearsalView) scroll() *widget.Page { return &s.text }

func (s *rehearsalView) actions(m *Model) []action {
	why := ""
	switch {
	case !s.since.IsZero():
		why = m.Say("running")
	case m.app.Rehearse == nil:
		why = m.Say("no simulated nodes available")
	case len(rehearsal.Unread(m.Plan)) > 0:
		why = m.Say("read the nodes first: steps 1 and 2 of the plan")
	}
	return []action{on("enter", "rehearse", "Rehearses the plan on simulated copies of the nodes. No real node is touched.", func() tea.Cmd {
		s.since = m.Now
		s.text.Top()
		return playRehearsal(m)
	}).Unless(why)}
}

func (s *rehearsalView) body(f *env, w, h int) string {
	head, lines := f.Rehearsal(s.since, w)
	return strings.Join(append(head, s.text.View(f.Theme, lines, w, h-len(head))...), "\n")
}

// playRehearsal plays a rehearsal while the screens go on.
func playRehearsal(m *Model) tea.Cmd {
	w, play := m.Work, m.app.Rehearse
	return m.behind(func() end {
		_, err := play(w)
		return func() tea.Cmd {
			for _, s := range m.stack {
				if v, ok := s.(*rehearsalView); ok {
					v.since = time.Time{}
				}
			}
			switch r := m.Plan.Rehearsed(); {
			case err != nil:
				m.tellError(err)
			case r != nil:
				m.Tell(false, "%s", m.RehearsedLine(*r))
			}
			return nil
		}
	})
}
