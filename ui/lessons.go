package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// lessons lists what the lab can teach.
type lessons struct {
	page
	widget.List
	loadedLessons
}

// loadedLessons is the answer to the question which lessons there are.
type loadedLessons struct {
	all []practice.Info
	err error
}

func loadLessons(a app.App) tea.Cmd {
	return func() tea.Msg { all, err := a.Lessons(); return loadedLessons{all, err} }
}

func (s *lessons) title(*env) string { return "Lab scenarios" }

// columns are the cells that names and efforts take.
func (s *lessons) columns(f *env) (name, effort int) {
	return draw.Column(len(s.all), 36, func(i int) string { return s.all[i].Name }), draw.Column(len(s.all), 24, func(i int) string { return f.T(s.all[i].Effort()) })
}

func (s *lessons) list(f *env) (*widget.List, widget.Rows) {
	column, effort := s.columns(f)
	return &s.List, widget.Rows{N: len(s.all), Line: func(i int) string {
		return f.Pad(cert.Printable(s.all[i].Name), column) + "  " + f.Pad(f.T(s.all[i].Effort()), effort) + "  " + cert.Printable(f.Say(s.all[i].Title))
	}}
}

func (s *lessons) actions(m *Model) []action {
	i := s.Clamp(len(s.all))
	if i < 0 {
		return nil
	}
	return []action{on("enter", "begin", "Starts the scenario in a new lab session. Nothing outside this machine is touched.", func() tea.Cmd {
		return m.opens(func() (*app.Work, error) { return m.app.Lesson(s.all[i].Name) })
	}), on("d", "details", "Shows the story and the goal of the scenario. Nothing is started.", func() tea.Cmd { return m.push(&detailView{about: m.Pages().Scenario(s.all[i])}) })}
}

func (s *lessons) message(_ *Model, msg tea.Msg) tea.Cmd {
	if l, ok := msg.(loadedLessons); ok {
		s.loadedLessons = l
	}
	return nil
}

func (s *lessons) body(f *env, w, h int) string {
	head := []string{f.Bold.Render(f.Say("Lab scenarios")), ""}
	if s.err != nil {
		return strings.Join(append(head, f.Trouble(plan.TroubleOf(s.err), w)...), "\n")
	}
	_, rows := s.list(f)
	name, effort := s.columns(f)
	whole, most := draw.Below(len(s.all), s.At(), func(i int) string { return cert.Printable(f.Say(s.all[i].Title)) }, w-2-name-2-effort-2, w)
	return strings.Join(slices.Concat(head, s.View(f.Theme, rows, w, h-len(head)-most), whole), "\n")
}
