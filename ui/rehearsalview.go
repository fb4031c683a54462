package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/rehearsal"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
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
	}
	return []action{on("enter", "rehearse", "Rehearses the plan on simulated copies of the nodes. No real node is touched.", func() tea.Cmd {
		s.since = m.Now
		s.text.Top()
		return playRehearsal(m)
	}).unless(why)}
}

func (s *rehearsalView) body(f *env, w, h int) string {
	head := []string{f.Bold.Render(f.Say("Rehearsal")), ""}
	var lines []string
	switch r := f.Plan.Rehearsed(); {
	case !s.since.IsZero():
		lines = layout.Wrap(f.Say("Rehearsing since %s. This takes some seconds, or about a minute for many nodes. No real node is touched.", s.since.Format("15:04:05")), w)
	case r == nil:
		lines = layout.Wrap(f.Say("Press Enter to rehearse the plan on simulated copies of the nodes. You see how long it takes, what will be asked, and what would fail. No real node is touched."), w)
		if len(rehearsal.Unread(f.Plan)) > 0 {
			lines = append(append(lines, ""), layout.Wrap(f.Say("Read the nodes first: steps 1 and 2 of the plan. They change nothing."), w)...)
		}
	default:
		head[0] = f.Bold.Render(f.RehearsedLine(*r))
		for _, l := range pages.RehearsalLines(f.Tongue, f.Plan, *r) {
			lines = append(lines, indented(l, w)...)
		}
	}
	return strings.Join(append(head, s.text.View(f.Theme, lines, w, h-len(head))...), "\n")
}

// indented wraps a line, and lets what follows begin where its text began.
func indented(l string, w int) []string {
	text := strings.TrimLeft(l, " ")
	by := len(l) - len(text)
	if layout.Width(l) <= w {
		return []string{l}
	}
	var lines []string
	for _, one := range layout.Wrap(text, w-by) {
		lines = append(lines, strings.Repeat(" ", by)+one)
	}
	return lines
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
				m.tell(true, "%s", cert.Printable(err.Error()))
			case r != nil:
				m.tell(false, "%s", m.RehearsedLine(*r))
			}
			return nil
		}
	})
}
