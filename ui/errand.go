package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/ui/dialog"
)

// errandView is a manual task that waits for a person.
type errandView struct {
	planDialog
	*dialog.Errand
}

func newErrand(m *Model, id int) screen {
	d := dialog.NewErrand(&m.env.View, id, dialog.ByHand{Task: m.Task, Plain: func(text string) tea.Cmd { return showBare(m, text) }, Copy: func(text string) tea.Cmd { return copyText(m, text) },
		HandIn: func(id int, text string) tea.Cmd {
			runner := m.runner()
			return func() tea.Msg { runner.HandIn(id, text); return nil }
		},
		NotDone: func(e engine.ManualTask) tea.Cmd {
			runner := m.runner()
			return func() tea.Msg { runner.NotDone(e); return nil }
		},
		Stop: func() func() { return m.cancel }})
	return errandView{planDialog{dialogView{d}}, d}
}

// pastes: a text that is typed key by key has its own line ends.
func (errandView) pastes() bool { return true }

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
	case errandView:
		if _, waits := m.Task(s.ID); waits {
			return
		}
		m.stack = m.stack[:len(m.stack)-1]
		m.turnTo()
	case *stepView:
		if len(m.Tasks) > 0 && m.Running == s.id && !m.help {
			m.push(newErrand(m, m.Tasks[0].ID))
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
