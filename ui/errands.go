package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/engine"
)

// visit keeps the errands that wait, and shows the next one where somebody looks at the row that waits for it.
func (m *Model) visit(e engine.ManualTask) {
	for i, old := range m.errands {
		if old.ID == e.ID {
			m.errands = append(m.errands[:i:i], m.errands[i+1:]...)
			break
		}
	}
	if !e.Over {
		m.errands = append(m.errands, e)
	}
	m.turnTo()
}

// turnTo replaces an errand that is over by the next, and lets one come up where the row is on the screen.
func (m *Model) turnTo() {
	switch s := m.top().(type) {
	case *errandView:
		if _, waits := s.errand(&m.face); waits {
			return
		}
		m.stack = m.stack[:len(m.stack)-1]
		m.turnTo()
	case *stepView:
		if len(m.errands) > 0 && m.running == s.id && !m.help {
			m.push(newErrand(&m.face, m.errands[0].ID))
		}
	}
}

// wayChosen tells that another way is on disk, or why not; the entry itself comes as all entries do.
type wayChosen struct{ err error }

// grantErrand does what the screen of an errand wishes.
func (m *Model) grantErrand(w wish) tea.Cmd {
	if m.work == nil {
		return nil
	}
	runner := m.work.Runner
	switch w := w.(type) {
	case showErrand:
		if len(m.errands) > 0 {
			m.push(newErrand(&m.face, m.errands[0].ID))
		}
	case handIn:
		return func() tea.Msg { runner.HandIn(w.id, w.given); return nil }
	case notDone:
		return func() tea.Msg { runner.NotDone(w.errand); return nil }
	case chooseConnection:
		return func() tea.Msg { return wayChosen{runner.Choose(w.node, w.way)} }
	case stopRow:
		if m.cancel != nil {
			m.cancel()
		}
	default:
		return m.grantLesson(w)
	}
	return nil
}
