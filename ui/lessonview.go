package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

type (
	showLesson  struct{} // the wish to see what the lesson is about
	showOutside struct{} // what can be done outside of this program
	showGrade   struct{} // the grade as it stands now
	nextHint    struct{} // the next hint
	doOutside   struct{ title string }
)

// lessonView is what a lesson of the lab is about: story, goal, and the hints that were given.
type lessonView struct{ list }

func lessonKeys() []binding {
	return []binding{{"h", "hint", "Shows the next of three hints. Each hint counts in the grade.", ""},
		{"o", "outside", "Lists actions outside uccx-tui: in OS Administration, at a console, by phone.", ""},
		{"m", "grade", "Shows the current grade.", ""}}
}

func (s *lessonView) keys(*face) []binding {
	return append(append([]binding{{"enter", "plan", "Opens the plan.", ""}}, lessonKeys()...),
		binding{"?", "help", "Explains this screen.", ""}, binding{"esc", "back", "Goes back.", ""})
}

// lessonWish is what a key of a lesson stands for, on the plan and on its own screen; nil: nothing.
func (f *face) lessonWish(k string) wish {
	if f.work.lesson() == nil {
		return nil
	}
	switch k {
	case "h":
		return nextHint{}
	case "o":
		return showOutside{}
	case "m":
		return showGrade{}
	case "l":
		return showLesson{}
	}
	return nil
}

func (s *lessonView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	k := key(msg)
	if k == "enter" {
		return showPlan{}, nil
	}
	if w := f.lessonWish(k); w != nil && k != "l" {
		return w, nil
	}
	w, h := f.room()
	s.move(k, max(len(s.lines(f, w))-h+2, 1), h-1)
	return nil, nil
}

func (s *lessonView) lines(f *face, w int) []string {
	l := f.work.lesson()
	lines := []string{f.Bold.Render(f.Fit(cert.Printable(l.Title), w)), ""}
	lines = append(lines, layout.Wrap(cert.Printable(l.Story), w)...)
	lines = append(append(lines, ""), f.Labelled(f.Say("Goal"), cert.Printable(l.Goal), 8, w)...)
	lines = append(lines, "")
	for i, hint := range f.hints {
		lines = append(lines, f.Labelled(f.Say("Hint %d", i+1), cert.Printable(hint), 8, w)...)
	}
	if len(f.hints) == 0 {
		lines = append(lines, layout.Wrap(f.Dim.Render(f.Say("No hints used. Press h for the first of three. Each hint counts in the grade.")), w)...)
	}
	lines = append(lines, "")
	text := f.Say("How you get there is graded too: checks, restarts, CSRs, refused uploads, agent downtime. Actions " +
		"outside uccx-tui (OS Administration, console, phone) are under o.")
	for _, one := range layout.Wrap(text, w) {
		lines = append(lines, f.Dim.Render(one))
	}
	return lines
}

func (s *lessonView) view(f *face, w, h int) string {
	return strings.Join(f.part(s.lines(f, w), &s.at, h), "\n")
}

// outsideView offers what can be done outside of this program: the right thing, and others.
type outsideView struct {
	list
	busy bool
}

func (s *outsideView) keys(*face) []binding {
	return []binding{{"enter", "do it", "Performs the selected action on the lab. It is recorded for the grade.", ""},
		{"up/down", "choose", "Moves the selection.", ""}, {"?", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back. Nothing is done.", ""}}
}

func (s *outsideView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	k, all := key(msg), f.work.lesson().Outside
	if k == "enter" && s.at < len(all) && !s.busy {
		s.busy = true
		return doOutside{all[s.at].Title}, nil
	}
	s.move(k, len(all), 8)
	return nil, nil
}

func (s *outsideView) view(f *face, w, h int) string {
	lines := append([]string{f.Bold.Render(f.Say("Outside uccx-tui")), ""},
		layout.Wrap(f.Say("Actions outside uccx-tui. Some of them are mistakes."), w)...)
	lines = append(lines, "")
	var table []string
	for i, o := range f.work.lesson().Outside {
		mark := "  "
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		table = append(table, mark+f.Fit(cert.Printable(o.Title), w-2))
	}
	if s.busy {
		return strings.Join(append(lines, f.Say("In progress")+f.Dots), "\n")
	}
	return strings.Join(append(lines, window(table, s.at, max(h-len(lines), 3))...), "\n")
}

// gradeView is the grade of a lesson.
type gradeView struct {
	list
	text string
}

func (s *gradeView) keys(*face) []binding {
	return []binding{{"enter", "back", "Goes back.", ""}, {"up/down", "scroll", "Scrolls the grade.", ""}, {"?", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back.", ""}}
}

func (s *gradeView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	k := key(msg)
	if k == "enter" {
		return back{}, nil
	}
	w, h := f.room()
	s.move(k, max(len(f.Markdown(s.text, w))-h+2, 1), h-1)
	return nil, nil
}

func (s *gradeView) view(f *face, w, h int) string {
	return strings.Join(f.part(f.Markdown(s.text, w), &s.at, h), "\n")
}
