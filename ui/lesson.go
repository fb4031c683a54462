package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// nextHint gives the next hint of the lesson.
func nextHint(m *Model) tea.Cmd {
	l, work := m.Work.Lesson(), m.Work
	return func() tea.Msg {
		hint, more, err := l.Hint()
		return told(func(m *Model) {
			switch {
			case work != m.Work:
				return
			case err != nil:
				m.tell(true, "%s", cert.Printable(err.Error()))
				return
			case more:
				m.hints = append(m.hints, hint)
			}
			if _, there := m.top().(*lessonView); !there {
				m.push(&lessonView{})
			}
			if !more {
				m.tell(false, "No more hints.")
			}
		})
	}
}

// doOutside does what a person can do outside of this program.
func doOutside(m *Model, s *outsideView, title string) tea.Cmd {
	l := m.Work.Lesson()
	s.busy = true
	return func() tea.Msg {
		err := l.Do(title)
		return told(func(m *Model) {
			s.busy = false
			if v, there := m.top().(*outsideView); there && v == s {
				m.pop()
			}
			if err != nil {
				m.tell(true, "%s", cert.Printable(err.Error()))
				return
			}
			m.tell(false, "Done: %s", cert.Printable(title))
		})
	}
}

// showGrade asks the lab for the grade; nothing where there is no lesson.
func showGrade(m *Model) tea.Cmd {
	l := m.Work.Lesson()
	if l == nil {
		return nil
	}
	return func() tea.Msg {
		text, _, err := l.Grade()
		return told(func(m *Model) {
			if err != nil {
				m.tell(true, "%s", cert.Printable(err.Error()))
				return
			}
			m.push(&gradeView{text: text})
		})
	}
}
