package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// LessonInfo is one line of the list of lessons.
type LessonInfo struct{ Name, Title string }

type (
	showLessons struct{}              // the wish to see which lessons the lab has
	beginLesson struct{ name string } // a new lab session with a lesson
)

// lessons lists what the lab can teach.
type lessons struct {
	list
	all []LessonInfo
	err error
}

// loadedLessons is the answer to the question which lessons there are.
type loadedLessons struct {
	all []LessonInfo
	err error
}

func loadLessons(app App) tea.Cmd {
	return func() tea.Msg {
		all, err := app.Lessons()
		return loadedLessons{all, err}
	}
}

func (s *lessons) keys(*face) []binding {
	return []binding{{"enter", "begin", "Starts the scenario in a new lab session. Nothing outside this machine is touched.", ""},
		{"up/down", "choose", "Moves the selection.", ""}, {"?", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back.", ""}}
}

func (s *lessons) update(_ *face, msg tea.Msg) (wish, tea.Cmd) {
	if m, ok := msg.(loadedLessons); ok {
		s.all, s.err = m.all, m.err
		return nil, nil
	}
	k := key(msg)
	if k == "enter" && len(s.all) > 0 {
		return beginLesson{s.all[s.at].Name}, nil
	}
	s.move(k, len(s.all), 10)
	return nil, nil
}

func (s *lessons) view(f *face, w, h int) string {
	title := f.Say("Lab scenarios")
	if s.err != nil {
		return strings.Join(append([]string{f.Bold.Render(title), ""}, f.trouble(plan.Trouble{What: s.err.Error()}, w)...), "\n")
	}
	var table []string
	for i, l := range s.all {
		mark := "  "
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		table = append(table, mark+f.Pad(cert.Printable(l.Name), 22)+" "+f.Fit(cert.Printable(l.Title), w-25))
	}
	return strings.Join(f.headed(title, table, s.at, w, h), "\n")
}

// practise answers the words of the menu that concern lessons; known is false for all others.
func (l *line) practise(text string) (w *Work, known bool, err error) {
	word, name, _ := strings.Cut(text, " ")
	switch {
	case strings.EqualFold(word, "lessons"):
		all, err := l.app.Lessons()
		for _, one := range all {
			l.print("  %s", cert.Printable(one.Name+"  "+one.Title))
		}
		return nil, true, err
	case strings.EqualFold(word, "l") && name != "":
		w, err = l.app.Lesson(strings.TrimSpace(name))
		return w, true, err
	}
	return nil, false, nil
}
