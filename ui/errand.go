package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// errandView shows one dialogue that a person does on a node, and takes what the node said, or the path of a file.
type errandView struct {
	page
	id    int
	given widget.Paste
	sure  bool // Enter was pressed once on nothing
	sent  bool // it was given, and is being read
}

func newErrand(f *env, id int) *errandView {
	s := &errandView{id: id}
	s.given.Begin("", f.Now)
	return s
}

func (s *errandView) title(*env) string { return "By hand" }
func (s *errandView) writes() bool      { return true }

// pastes: a text that is typed key by key has its own line ends.
func (s *errandView) pastes() bool { return true }

func (s *errandView) actions(m *Model) []action {
	e, ok := m.Task(s.id)
	if !ok || s.sent {
		return nil
	}
	runner := m.runner()
	give := func(id int, text string) tea.Cmd { return func() tea.Msg { runner.HandIn(id, text); return nil } }
	enter := on("enter", "submit", "Submits the pasted or typed output.", nil)
	enter.Do = func(k tea.KeyPressMsg) tea.Cmd {
		if s.given.Key(k, m.Now) {
			if text, ok := s.give(&m.env, e); ok {
				return give(e.ID, text)
			}
		}
		return nil
	}
	no := on("ctrl+n", "no output", "The node printed nothing, or you cannot see its output.", func() tea.Cmd { return func() tea.Msg { runner.NotDone(e); return nil } })
	if e.Dialogue.Changes {
		no.SetHelp("ctrl+n", "not done")
		no.Explain = "You did not do this. The node is unchanged."
	}
	write := types("or paste", "Writes the path of a file, or what the node printed.", nil)
	write.Do = func(k tea.KeyPressMsg) tea.Cmd {
		s.given.Key(k, m.Now)
		return nil
	}
	nothing, idle := "", ""
	if s.given.Text() == "" {
		nothing = m.Say("nothing has been entered yet")
	}
	if m.cancel == nil {
		idle = m.Say("no step is running")
	}
	return []action{enter, on("tab", "plain view", "Shows the commands without a frame, so that you can select them with the mouse.", func() tea.Cmd { return showBare(m, pages.Typed(e.Dialogue)) }),
		on("ctrl+y", "copy", "Copies the commands to the clipboard of your own machine (OSC 52; not supported by every terminal).", func() tea.Cmd { return copyText(m, pages.Typed(e.Dialogue)) }), no,
		on("ctrl+u", "clear", "Discards the pasted text.", func() tea.Cmd {
			s.given.Begin("", m.Now)
			return nil
		}).Unless(nothing), on("ctrl+x", "stop", "Stops this step. Checks will be asked again. A change that you may have made is marked unknown and checked first.", func() tea.Cmd {
			if m.cancel != nil {
				m.cancel()
			}
			return nil
		}).Unless(idle), write, on("esc", "back", "Goes back; the task waits.", m.back)}
}

func (s *errandView) message(_ *Model, msg tea.Msg) tea.Cmd {
	if p, ok := msg.(tea.PasteMsg); ok && !s.sent {
		s.given.Add(p.Content)
	}
	return nil
}

// give returns what was given; ok is false where there is something to be said first.
func (s *errandView) give(f *env, e engine.ManualTask) (text string, ok bool) {
	text = s.given.Text()
	switch empty := strings.TrimSpace(text) == ""; {
	case empty && e.Dialogue.Changes && !s.sure:
		s.sure = true
		f.Tell(true, "Press Enter again if you did it and it printed nothing. The node is then checked. Not done: ctrl+n.")
		return "", false
	case empty && !e.Dialogue.Changes && e.Wrong.IsZero():
		f.Tell(false, "Paste the node's output, or type the path of a file")
		return "", false
	}
	s.given.Begin("", f.Now)
	s.sent = true
	return text, true
}

func (s *errandView) besidePlan() {}

func (s *errandView) body(f *env, w, h int) string {
	e, ok := f.Task(s.id)
	if !ok {
		return ""
	}
	return f.Manual(e, s.given.Text() == "", draw.Given(&f.View, s.given.Text(), s.given.Lines(), s.sent, w-2), w, h)
}

// visit keeps the errands that wait, and shows the next one where a person looks at the row that waits for it.
func (m *Model) visit(e engine.ManualTask) {
	for i, old := range m.Tasks {
		if old.ID == e.ID {
			m.Tasks = append(m.Tasks[:i:i], m.Tasks[i+1:]...)
			break
		}
	}
	if !e.Over {
		m.Tasks = append(m.Tasks, e)
	}
	m.turnTo()
}

// turnTo replaces an errand that is over by the next, and lets one come up where the row is on the screen.
func (m *Model) turnTo() {
	switch s := m.top().(type) {
	case *errandView:
		if _, waits := m.Task(s.id); waits {
			return
		}
		m.stack = m.stack[:len(m.stack)-1]
		m.turnTo()
	case *stepView:
		if len(m.Tasks) > 0 && m.Running == s.id && !m.help {
			m.push(newErrand(&m.env, m.Tasks[0].ID))
		}
	}
}

// runner is the engine of the session that is open; nil without one.
func (m *Model) runner() *engine.Runner {
	if m.Work == nil {
		return nil
	}
	return m.Work.Runner
}
