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

// The answers of the lab to the wishes of a lesson.
type (
	hinted struct {
		work *Work
		hint string
		more bool
		err  error
	}
	outsideDone struct {
		title string
		err   error
	}
	graded struct {
		text string
		err  error
	}
)

// grantLesson does what the screens of a lesson wish.
func (m *Model) grantLesson(w wish) tea.Cmd {
	l := m.work.lesson()
	if l == nil {
		return nil
	}
	switch w := w.(type) {
	case showLesson:
		m.push(&lessonView{})
	case showOutside:
		m.push(&outsideView{})
	case showGrade:
		return m.gradeNow()
	case nextHint:
		work := m.work
		return func() tea.Msg {
			hint, more, err := l.Hint()
			return hinted{work, hint, more, err}
		}
	case doOutside:
		return func() tea.Msg { return outsideDone{w.title, l.Do(w.title)} }
	}
	return nil
}

// gradeNow asks the lab for the grade; nothing where there is no lesson.
func (m *Model) gradeNow() tea.Cmd {
	l := m.work.lesson()
	if l == nil {
		return nil
	}
	return func() tea.Msg {
		text, _, err := l.Grade()
		return graded{text, err}
	}
}

// taught takes what the lab answered.
func (m *Model) taught(msg tea.Msg) {
	switch msg := msg.(type) {
	case hinted:
		switch {
		case msg.work != m.work:
			return
		case msg.err != nil:
			m.tell(true, "%s", cert.Printable(msg.err.Error()))
			return
		case msg.more:
			m.hints = append(m.hints, msg.hint)
		}
		if _, there := m.top().(*lessonView); !there {
			m.push(&lessonView{})
		}
		if !msg.more {
			m.tell(false, "No more hints.")
		}
	case outsideDone:
		if v, there := m.top().(*outsideView); there {
			v.busy = false
			m.pop()
		}
		if msg.err != nil {
			m.tell(true, "%s", cert.Printable(msg.err.Error()))
			return
		}
		m.tell(false, "Done: %s", cert.Printable(msg.title))
	case graded:
		if msg.err != nil {
			m.tell(true, "%s", cert.Printable(msg.err.Error()))
			return
		}
		m.push(&gradeView{text: msg.text})
	}
}
