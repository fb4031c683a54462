package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Lesson is what a session in a scenario of the lab is about, and what can be done about it outside of this program. Its
// functions may block.
type Lesson struct {
	Title, Story, Goal string
	Untouched          bool              // it is right to stop before anything is changed
	HandOver           string            // row at which the session goes to a colleague; empty: none
	Answers            map[string]string // what the careful say to a question, by its id, where that is not what they say elsewhere
	Outside            []Outside
	Hints              []string                                     // that were given before the session was opened
	Hint               func() (hint string, more bool, err error)   // gives the next one, and logs it; more false: there is none
	Do                 func(title string) error                     // does one of Outside, and logs it
	Grade              func() (text string, passed bool, err error) // as it stands now, in Markdown
}

// lesson is what a session is to teach; nil: nothing, or there is no session.
func (w *Work) lesson() *Lesson {
	if w == nil || w.Lab == nil {
		return nil
	}
	return w.Lab.Lesson
}

// Outside is something that a person can do outside of this program: in OS Administration, at a console, on the telephone.
type Outside struct {
	Title   string
	At      string // row at which whoever plays the lesson unattended does it
	Mistake bool   // it is what the lesson warns of
}

// hint gives the next hint of the lesson.
func (m *Model) hint() tea.Cmd {
	l, work := m.work.lesson(), m.work
	return func() tea.Msg {
		hint, more, err := l.Hint()
		return told(func(m *Model) {
			switch {
			case work != m.work:
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

// outside does what a person can do outside of this program.
func (m *Model) outside(s *outsideView, title string) tea.Cmd {
	l := m.work.lesson()
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

// gradeNow asks the lab for the grade; nothing where there is no lesson.
func (m *Model) gradeNow() tea.Cmd {
	l := m.work.lesson()
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
