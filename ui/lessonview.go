package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// lessonView is what a lesson of the lab is about: story, goal, and the hints that were given.
type lessonView struct {
	page
	text widget.Page
}

// lessonKeys are what a lesson offers on the plan and on its own screen.
func lessonKeys(m *Model) []action {
	return []action{on("h", "hint", "Shows the next of three hints. Each hint counts in the grade.", func() tea.Cmd { return nextHint(m) }),
		on("o", "outside", "Lists actions outside uccx-tui: in OS Administration, at a console, by phone.", func() tea.Cmd { return m.push(&outsideView{}) }),
		on("m", "grade", "Shows the current grade.", func() tea.Cmd { return showGrade(m) })}
}

func (s *lessonView) title(*env) string    { return "Lesson" }
func (s *lessonView) scroll() *widget.Page { return &s.text }

func (s *lessonView) actions(m *Model) []action {
	return append([]action{on("enter", "plan", "Opens the plan.", m.toPlan)}, lessonKeys(m)...)
}

func (s *lessonView) body(f *env, w, h int) string {
	return strings.Join(s.text.View(f.Theme, f.Lesson(f.hints, w), w, h), "\n")
}

// outsideView offers what can be done outside of this program: the right thing, and others.
type outsideView struct {
	page
	widget.List
	busy bool
}

func (s *outsideView) title(*env) string { return "Outside uccx-tui" }

func (s *outsideView) list(f *env) (*widget.List, widget.Rows) {
	all := f.Work.Lesson().Outside
	return &s.List, widget.Rows{N: len(all), Line: func(i int) string { return cert.Printable(all[i].Title) }}
}

func (s *outsideView) actions(m *Model) []action {
	all, off := m.Work.Lesson().Outside, ""
	i := s.Clamp(len(all))
	switch {
	case i < 0:
		return nil
	case s.busy:
		off = m.Say("it is being done")
	}
	return []action{on("enter", "do it", "Does what is selected, as a person outside would. It counts for the grade.", func() tea.Cmd { return doOutside(m, s, all[i].Title) }).Unless(off)}
}

func (s *outsideView) body(f *env, w, h int) string {
	lines := append([]string{f.Bold.Render(f.Say("Outside uccx-tui")), ""}, layout.Wrap(f.Say("What a person can do elsewhere. Some of these are mistakes."), w)...)
	lines = append(lines, "")
	if s.busy {
		return strings.Join(append(lines, f.Say("It is being done")+f.Dots), "\n")
	}
	_, rows := s.list(f)
	return strings.Join(append(lines, s.View(f.Theme, rows, w, max(h-len(lines), 3))...), "\n")
}

// gradeView is the grade of a lesson.
type gradeView struct {
	page
	view widget.Page
	text string
}

func (s *gradeView) title(*env) string    { return "Grade" }
func (s *gradeView) scroll() *widget.Page { return &s.view }

func (s *gradeView) actions(m *Model) []action {
	return []action{on("esc enter", "back", "Goes back.", m.back)}
}

func (s *gradeView) body(f *env, w, h int) string {
	return strings.Join(s.view.View(f.Theme, f.Markdown(s.text, w), w, h), "\n")
}

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
				m.Tell(true, "%s", cert.Printable(err.Error()))
				return
			case more:
				m.hints = append(m.hints, hint)
			}
			if _, there := m.top().(*lessonView); !there {
				m.push(&lessonView{})
			}
			if !more {
				m.Tell(false, "No more hints.")
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
				m.Tell(true, "%s", cert.Printable(err.Error()))
				return
			}
			m.Tell(false, "Done: %s", cert.Printable(title))
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
				m.Tell(true, "%s", cert.Printable(err.Error()))
				return
			}
			m.push(&gradeView{text: text})
		})
	}
}
