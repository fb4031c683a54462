package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
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

func (s *lessonView) lines(f *env, w int) []string {
	l := f.Pages().Lesson(f.Work.Lesson(), f.hints)
	lines := []string{f.Bold.Render(f.Fit(l.Title, w))}
	for i, one := range l.Lines {
		if i < 3 {
			lines = append(lines, "")
		}
		lines = append(lines, f.Facts([]pages.Line{one}, w)...)
	}
	if len(f.hints) == 0 {
		lines = append(append(lines, ""), layout.Wrap(f.Dim.Render(f.Say("No hints used. Press h for the first of three. Each hint counts in the grade.")), w)...)
	}
	lines = append(lines, "")
	text := f.Say("How you get there is graded too: checks, restarts, CSRs, refused uploads, agent downtime. Actions outside uccx-tui (OS Administration, console, phone) are under o.")
	for _, one := range layout.Wrap(text, w) {
		lines = append(lines, f.Dim.Render(one))
	}
	return lines
}

func (s *lessonView) body(f *env, w, h int) string {
	return strings.Join(s.text.View(f.Theme, s.lines(f, w), w, h), "\n")
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
	return []action{on("enter", "do it", "Does what is selected, as if somebody did it there. It is written down for the grade.", func() tea.Cmd { return doOutside(m, s, all[i].Title) }).unless(off)}
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
