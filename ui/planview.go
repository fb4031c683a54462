package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
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
	rows, current := f.plan.Rows(), f.plan.Next().Row.Number-1
	if !s.away {
		s.Select(current)
	}
	w, _ := f.room()
	return &s.List, widget.Rows{N: len(rows), Line: func(i int) string { return f.planLine(rows[i], i == current, w-2) }}
}

func (s *planView) actions(m *Model) []action {
	rows, next := m.plan.Rows(), m.plan.Next()
	at := rows[min(s.At(), len(rows)-1)].Step.ID
	label, off := "next", ""
	if next.Finished {
		label, off = "report", m.Say("all steps are done")
	}
	details := on("d", "details", "Shows the selected step.", func() tea.Cmd { return m.push(&stepView{id: at}) })
	all := []action{on("enter", label, "Opens the next step.", m.next), on("R", "run until needed", "Runs step after step until you are needed; it asks first.", func() tea.Cmd { return askToRun(m) }).unless(off)}
	if s.away && s.At() != next.Row.Number-1 {
		all[0] = on("enter", "details", "Shows the selected step; Enter there goes to what is next.", func() tea.Cmd { return m.push(&stepView{id: at}) })
	}
	var outside []action // what a lesson has besides its story and its hints stands behind what every change has
	if m.work.Lesson() != nil {
		hint := lessonKeys(m)
		all = append(all, on("l", "lesson", "Shows the scenario and the hints used so far.", func() tea.Cmd { return m.push(&lessonView{}) }), hint[0])
		outside = hint[1:]
	}
	trouble := next.Row.Count(plan.Failed)+next.Row.Count(plan.Unsure) > 0
	if trouble { // what stands first is seen in a narrow window, too
		all = append(all, adviserKey(m, ""))
	}
	all = append(all, on("t", "trust", "Shows the trust relations, and which ones this change breaks.", func() tea.Cmd { return m.push(newTrust(m.plan)) }),
		on("r", "report", "Shows the current report.", func() tea.Cmd { return m.push(newReport(m.plan)) }), details)
	all = append(all, outside...)
	if !trouble {
		all = append(all, adviserKey(m, ""))
	}
	return append(all, planKeys(m)...)
}

// planKeys are what the plan offers besides its steps.
func planKeys(m *Model) []action {
	return []action{portsKey(m), connectionsKey(m),
		on("w", "window", "Sets the end of the change window.", func() tea.Cmd { return m.push(newWindow(&m.env)) }),
		on("e", "rehearse", "Rehearses this plan on simulated copies of the nodes. No real node is touched.", func() tea.Cmd { return m.push(&rehearsalView{}) }),
		restartsKey(m, ""), on("esc", "home", "Goes to the home screen. Progress is saved.", m.back)}
}

// portsKey shows the port checks.
func portsKey(m *Model) action {
	return on("p", "ports", "Shows every port of every node: what it presented before, and what it presents now.", func() tea.Cmd { return m.push(&proveView{}) })
}

// connectionsKey shows how each node is reached.
func connectionsKey(m *Model) action {
	return on("v", "connections", "Shows how each node is reached (SSH, REST, by hand), and takes another connection.", func() tea.Cmd { return m.push(&waysView{}) })
}

// restartsKey shows what is restarted by a row, or by all.
func restartsKey(m *Model, row string) action {
	return on("s", "restarts", "Shows what is restarted, in which order, the effect, and the source.", func() tea.Cmd {
		return m.push(&detailView{about: m.pages().Restarts(row)})
	})
}

func (s *planView) body(f *env, w, h int) string {
	l, rows := s.list(f)
	var below []string
	if r := f.plan.Rehearsed(); r != nil && !f.plan.Next().Finished {
		below = []string{"", " " + f.Dim.Render(f.rehearsedLine(*r))}
	}
	rows.Above = func(i int) string { return f.border(i, w) }
	lines := l.View(f.Theme, rows, w, max(h-2-len(below), 3))
	return strings.Join(append(lines, below...), "\n")
}

// border is the line above the first step that cannot be undone, and above the first that stops services; "" above others.
func (f *env) border(i, w int) string {
	rows := f.plan.Rows()
	first := func(is func(plan.Step) bool) int {
		return slices.IndexFunc(rows, func(r plan.Row) bool { return is(r.Step) })
	}
	text, style := "", f.Red
	switch i {
	case first(func(s plan.Step) bool { return s.Risk == plan.Interrupts }):
		text = f.Say("below this line services stop")
	case first(final):
		text, style = f.Say("below this line nothing can be undone"), f.Dim
	default:
		return ""
	}
	text = f.Rule + f.Rule + " " + text + " "
	return style.Render(text + strings.Repeat(f.Rule, max(w-layout.Width(text)-2, 0)))
}

// titles is the width of the column of titles; what is on the right tells nodes and results.
func titles(w int) int { return min(38, w/2+4) }

func (f *env) planLine(row plan.Row, current bool, w int) string {
	sign := " "
	switch {
	case row.Whole() && len(standing.PutOffIn(row)) > 0:
		sign = f.Red.Render(f.Unsure)
	case row.Whole():
		sign = f.Green.Render(f.Done)
	case row.Count(plan.Unsure) > 0:
		sign = f.Red.Render(f.Unsure)
	case row.Count(plan.Failed) > 0:
		sign = f.Red.Render(f.Failed)
	case current:
		sign = f.Accent.Render(f.Due)
	}
	title := f.Fit(f.Say(row.Step.Title), titles(w))
	gap := strings.Repeat(" ", titles(w)-layout.Width(title)) // without a style, which would have to be drawn
	switch {
	case current:
		title = f.Accent.Render(title)
	case !row.Whole():
		title = f.Dim.Render(title)
	}
	return f.rowNumber(row) + sign + " " + title + gap + " " + f.Fit(f.planRight(row, current), w-titles(w)-6)
}

// rowNumber is the number of a row as the plan shows it.
func (f *env) rowNumber(row plan.Row) string { return f.Pad(fmt.Sprintf("%2d", row.Number), 3) }

// planRight is what a row has to say: results, or whom it will concern.
func (f *env) planRight(row plan.Row, current bool) string {
	next := f.plan.Next()
	switch {
	case row.Count(plan.Unsure) > 0:
		return f.Red.Render(f.Say("%d unknown: Enter checks", row.Count(plan.Unsure)))
	case row.Count(plan.Failed) > 0:
		return f.Red.Render(f.Say("%d of %d failed", row.Count(plan.Failed), len(row.Tasks)))
	case row.Whole() && len(standing.PutOffIn(row)) > 0:
		return f.Red.Render(pages.PutOffLine(f.Say, standing.PutOffIn(row)))
	case row.Whole() && row.Step.On != nil:
		return f.Dim.Render(f.Say("%d of %d", row.Done(), len(row.Tasks)))
	case row.Whole():
		return f.Dim.Render(f.Say("done"))
	case current && next.Question != nil && !next.Question.Since.IsZero():
		return f.Say("waiting since %s", next.Question.Since.Local().Format("Mon 15:04"))
	case current && row.Step.On != nil && row.Done() > 0:
		return f.Say("%d of %d", row.Done(), len(row.Tasks))
	}
	return f.Dim.Render(f.who(row))
}

// who names the nodes of a row, in the order in which they are worked on.
func (f *env) who(row plan.Row) string {
	if row.Step.On == nil {
		return ""
	}
	var names []string
	for _, t := range row.Tasks {
		name := cert.Printable(layout.Short(t.Task.Node))
		if n, _ := f.plan.Node(t.Task.Node); row.Step.Role == plan.RoleLogin && n.Connection != "" && n.Connection != vos.ConnectionSSH {
			name += " (" + string(n.Connection) + ")"
		}
		names = append(names, name)
	}
	if len(names) > 6 {
		return f.Say("%d nodes", len(names))
	}
	if row.Step.Risk == plan.Interrupts {
		return strings.Join(names, f.Say(", then "))
	}
	return strings.Join(names, ", ")
}
