package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/ui/draw"
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
	return []action{on("h", "hint", "Shows the next of three hints. The grade names how many were used.", func() tea.Cmd { return nextHint(m) }),
		on("o", "outside", "Lists the actions outside uccx-tui: in OS Administration, at a console, by phone.", func() tea.Cmd { return m.push(&outsideView{}) }),
		on("m", "grade", "Shows the current grade.", func() tea.Cmd { return showGrade(m) })}
}

func (s *lessonView) title(*env) string    { return "Lesson" }
func (s *lessonView) scroll() *widget.Page { return &s.text }

func (s *lessonView) actions(m *Model) []action {
	return append([]action{on("enter", "plan", "Opens the plan.", m.toPlan)}, lessonKeys(m)...)
}

func (s *lessonView) body(f *env, w, h int) string {
	return strings.Join(s.text.View(f.Theme, draw.Lesson(&f.View, w), w, h), "\n")
}

// outsideView offers what can be done outside of this program, the right thing and others, or what is said with one of them.
type outsideView struct {
	page
	widget.List
	what *practice.Outside // what was chosen and needs a reason; nil: nothing yet
	busy bool
	last bool // it is asked at the end of the plan: the grade comes after it
}

func (s *outsideView) title(*env) string { return "Outside uccx-tui" }

func (s *outsideView) list(f *env) (*widget.List, widget.Rows) {
	all := f.Work.Lesson().Lines(s.what)
	return &s.List, widget.Rows{N: len(all), Line: func(i int) string { return cert.Printable(f.T(practice.Says(all[i]))) }}
}

func (s *outsideView) actions(m *Model) []action {
	l, off := m.Work.Lesson(), map[bool]string{true: m.Say("the action is still in progress")}[s.busy]
	i := s.Clamp(len(l.Lines(s.what)))
	switch {
	case i < 0:
		return nil
	case s.what != nil:
		return []action{on("enter", "give this reason", "Does it, and gives the selected reason. It counts for the grade.", func() tea.Cmd { return doOutside(m, s, s.what.Title, s.what.Reasons[i]) }).Unless(off)}
	case len(l.Outside[i].Reasons) > 0:
		return []action{on("enter", "choose", "Shows the reasons that you can give.", func() tea.Cmd { return m.push(&outsideView{what: &l.Outside[i]}) })}
	}
	return []action{on("enter", "do it", "Performs the selected action, as a person outside uccx-tui would. It counts for the grade.", func() tea.Cmd { return doOutside(m, s, l.Outside[i].Title, "") }).Unless(off)}
}

func (s *outsideView) body(f *env, w, h int) string {
	lines := draw.Outside(&f.View, f.Pages().Outside(s.what), s.busy, w)
	if _, rows := s.list(f); !s.busy {
		whole := s.whole(rows, w)
		lines = append(append(lines, s.View(f.Theme, rows, w, max(h-len(lines)-len(whole), 3))...), whole...)
	}
	return strings.Join(lines, "\n")
}

// whole is the selected line with all its words, where the list has no room for them; it stands below the list.
func (s *outsideView) whole(rows widget.Rows, w int) []string {
	i := s.Clamp(rows.N)
	if i < 0 || layout.Width(rows.Line(i)) <= w-4 {
		return nil
	}
	return append([]string{""}, layout.Wrap(rows.Line(i), w)...)
}

// newGrade is the grade of a lesson, in Markdown.
func newGrade(text string) *textView {
	return &textView{name: "Grade", titled: true, lines: func(f *env, w int) []string { return f.Markdown(text, w) }}
}

// outsideUpdate does something outside of Update, and goes on with it where the session is still the same.
func outsideUpdate(m *Model, do func() error, then func(m *Model)) tea.Cmd {
	work := m.Work
	return func() tea.Msg {
		err := do()
		return told(func(m *Model) {
			if err != nil {
				m.tellError(err)
			} else if work == m.Work {
				then(m)
			}
		})
	}
}

// askPerson opens a question. In the lab what agents see of it comes a moment later.
func askPerson(m *Model, q plan.Asked) tea.Cmd {
	w, opened := m.Work, m.push(newQuestion(&m.env, q))
	if w.Lab == nil {
		return opened
	}
	return tea.Batch(opened, outsideUpdate(m, func() error { w.Lab.Watch(w.Runner.Plan(), q); return nil }, func(*Model) {}))
}

// nextHint gives the next hint of the lesson.
func nextHint(m *Model) tea.Cmd {
	l, hint, more := m.Work.Lesson(), "", false
	return outsideUpdate(m, func() (err error) { hint, more, err = l.Hint(); return err }, func(m *Model) {
		if more {
			l.Hints = append(l.Hints, hint)
		}
		if _, there := m.top().(*lessonView); !there {
			m.push(&lessonView{})
		}
		if !more {
			m.Tell(false, "No more hints.")
		}
	})
}

// doOutside does what a person can do outside of this program, with a reason where it needs one.
func doOutside(m *Model, s *outsideView, title, reason string) tea.Cmd {
	l, said, grade, failed := m.Work.Lesson(), "", "", error(nil)
	s.busy = true
	return outsideUpdate(m, func() (err error) {
		if said, failed = l.Do(title, reason); failed == nil && s.last {
			grade, _, err = l.Grade()
		}
		return err
	}, func(m *Model) {
		s.busy = false
		for _, there := m.top().(*outsideView); there; _, there = m.top().(*outsideView) {
			m.pop()
		}
		if failed != nil {
			said = m.Error(failed)
		}
		if grade != "" {
			m.push(newGrade(grade))
		}
		if said == "" {
			m.Tell(false, "Done: %s", cert.Printable(m.T(practice.Says(title))))
			return
		}
		m.Tell(failed != nil, "%s", cert.Printable(m.Say(said)))
	})
}

// concludeLesson asks at the end of a plan for what the lesson wants reported, as long as it was not, and then shows the grade; nothing
// where there is no lesson.
func concludeLesson(m *Model) tea.Cmd {
	l, owed := m.Work.Lesson(), false
	if l == nil {
		return nil
	}
	o, asks := l.Report()
	if !asks || l.Question == "" {
		return showGrade(m)
	}
	grade := ""
	return outsideUpdate(m, func() (err error) {
		if owed = !l.Reported(); !owed {
			grade, _, err = l.Grade()
		}
		return err
	}, func(m *Model) {
		if owed {
			m.push(&outsideView{what: &o, last: true})
			return
		}
		m.push(newGrade(grade))
	})
}

// showGrade asks the lab for the grade; nothing where there is no lesson.
func showGrade(m *Model) tea.Cmd {
	l, text := m.Work.Lesson(), ""
	if l == nil {
		return nil
	}
	return outsideUpdate(m, func() (err error) { text, _, err = l.Grade(); return err }, func(m *Model) { m.push(newGrade(text)) })
}
