package ui

import "github.com/uccx-tui/uccx-tui/steps/engine"

// visit keeps the errands that wait, and shows the next one where somebody looks at the row that waits for it.
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
		if _, waits := s.errand(&m.env); waits {
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
