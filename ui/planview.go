package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// planView is the whole plan: where we are, and the line below which services stop.
type planView struct {
	page
	widget.List
	away bool // the mark was moved away from what is next
}

func (s *planView) title(*env) string { return "" }

// follow lets the mark stand at what is next again.
func (s *planView) follow() { s.away = false }

// moved tells that a person moved the mark.
func (s *planView) moved() { s.away = true }

func (s *planView) list(f *env) (*widget.List, widget.Rows) {
	rows, next := f.Plan.Rows(), f.Plan.Next()
	if !s.away {
		s.Select(next.Row.Number - 1)
	}
	w, _ := f.Room()
	w = f.PlanWidth(w)
	return &s.List, widget.Rows{N: len(rows), Line: f.PlanLines(rows, next, w-2)}
}

func (s *planView) actions(m *Model) []action {
	rows, next := m.Plan.Rows(), m.Plan.Next()
	at := rows[min(s.At(), len(rows)-1)].Step.ID
	label, off := "next", ""
	if next.Finished {
		label, off = "report", m.Say("all steps are done")
	}
	details := on("d", "details", "Shows the selected step.", func() tea.Cmd { return m.push(&stepView{id: at}) })
	all := []action{on("enter", label, "Opens the next step.", m.next), on("R", "run until needed", "Runs step after step until you are needed; it asks first.", func() tea.Cmd { return askToRun(m) }).Unless(off)}
	if s.away && s.At() != next.Row.Number-1 {
		all[0] = on("enter", "open", "Shows the selected step; Enter there goes to what is next.", func() tea.Cmd { return m.push(&stepView{id: at}) })
	}
	var outside []action // what a lesson has besides its story and its hints stands behind what every change has
	if m.Work.Lesson() != nil {
		hint := lessonKeys(m)
		all = append(all, on("l", "lesson", "Shows the scenario and the hints used so far.", func() tea.Cmd { return m.push(&lessonView{}) }), hint[0])
		outside = hint[1:]
	}
	trouble := next.Row.Count(plan.Failed)+next.Row.Count(plan.Unsure) > 0
	if trouble { // what stands first is seen in a narrow window, too
		all = append(all, adviserKey(m, ""))
	}
	all = append(append(all, opens(m, atPlan, plan.Step{})...), details)
	all = append(all, outside...)
	if !trouble {
		all = append(all, adviserKey(m, ""))
	}
	return append(append(all, opens(m, behindPlan, plan.Step{})...), on("esc", "home", "Goes to the home screen. Progress is saved.", m.back))
}

// column draws the rows of the plan in lw cells, with room for the lines between them.
func (s *planView) column(f *env, lw, h int) []string {
	l, rows := s.list(f)
	rows.Above = f.Borders(f.Plan.Rows())
	return l.View(f.Theme, rows, lw, max(h-2, 3))
}

func (s *planView) body(f *env, w, h int) string {
	var below []string
	if r := f.Plan.Rehearsed(); r != nil && !f.Plan.Next().Finished {
		below = []string{"", f.Dim.Render(f.Fit(f.RehearsedLine(*r), f.PlanWidth(w)))}
	}
	lw := f.PlanWidth(w)
	lines := strings.Join(append(s.column(f, lw, h-len(below)), below...), "\n")
	if next := f.Plan.Next(); f.Wide() && !next.Finished { // what comes next is seen without opening it; the mark moves without it
		return draw.Beside(&f.View, lines, (&stepView{id: next.Row.Step.ID}).body(f, draw.RightWidth(&f.View, w), h), lw, h)
	}
	return lines
}

// opened draws what is open beside the plan in a wide window, and alone in others.
func (m *Model) opened(top screen, w, h int) string {
	p, isPlan := m.stack[min(1, len(m.stack)-1)].(*planView)
	if _, leaves := top.(interface{ besidePlan() }); !leaves || !isPlan || !m.Wide() {
		return top.body(&m.env, w, h)
	}
	lw := m.PlanWidth(w)
	plan := strings.Join(p.column(&m.env, lw, h), "\n")
	return draw.Beside(&m.env.View, plan, top.body(&m.env, draw.RightWidth(&m.env.View, w), h), lw, h)
}
