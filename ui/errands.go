package ui

import "github.com/uccx-tui/uccx-tui/steps/engine"

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
		if _, waits := s.errand(&m.env); waits {
			return
		}
		m.stack = m.stack[:len(m.stack)-1]
		m.turnTo()
	case *stepView:
		if len(m.errands) > 0 && m.running == s.id && !m.help {
			m.push(newErrand(&m.env, m.errands[0].ID))
		}
	}
}

// runner is the engine of the session that is open; nil without one.
func (m *Model) runner() *engine.Runner {
	if m.work == nil {
		return nil
	}
	return m.work.Runner
}
