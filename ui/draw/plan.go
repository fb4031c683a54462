package draw

import (
	"fmt"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Border is the line above the first step that cannot be undone, and above the first that stops services; "" above others.
func (f *View) Border(i, w int) string {
	rows := f.Plan.Rows()
	first := func(is func(plan.Step) bool) int {
		return slices.IndexFunc(rows, func(r plan.Row) bool { return is(r.Step) })
	}
	text, style := "", f.Red
	switch i {
	case first(func(s plan.Step) bool { return s.Risk == plan.Interrupts }):
		text = f.Say("below this line services stop")
	case first(Final):
		text, style = f.Say("below this line nothing can be undone"), f.Dim
	default:
		return ""
	}
	text = f.Rule + f.Rule + " " + text + " "
	return style.Render(text + strings.Repeat(f.Rule, max(w-layout.Width(text)-2, 0)))
}

// rowTitles is the width of the column of rowTitles; what is on the right tells nodes and results.
func rowTitles(w int) int { return min(38, w/2+4) }

// PlanLine is a row of the plan: number, state, title, and what it has to say.
func (f *View) PlanLine(row plan.Row, current bool, w int) string {
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
	title := f.Fit(f.Say(row.Step.Title), rowTitles(w))
	gap := strings.Repeat(" ", rowTitles(w)-layout.Width(title)) // without a style, which would have to be drawn
	switch {
	case current:
		title = f.Accent.Render(title)
	case !row.Whole():
		title = f.Dim.Render(title)
	}
	return rowNumber(f, row) + sign + " " + title + gap + " " + f.Fit(planRight(f, row, current), w-rowTitles(w)-6)
}

// rowNumber is the number of a row as the plan shows it.
func rowNumber(f *View, row plan.Row) string { return f.Pad(fmt.Sprintf("%2d", row.Number), 3) }

// planRight is what a row has to say: results, or whom it will concern.
func planRight(f *View, row plan.Row, current bool) string {
	next := f.Plan.Next()
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
	return f.Dim.Render(who(f, row))
}

// who names the nodes of a row, in the order in which they are worked on.
func who(f *View, row plan.Row) string {
	if row.Step.On == nil {
		return ""
	}
	var names []string
	for _, t := range row.Tasks {
		name := cert.Printable(layout.Short(t.Task.Node))
		if n, _ := f.Plan.Node(t.Task.Node); row.Step.Role == plan.RoleLogin && n.Connection != "" && n.Connection != vos.ConnectionSSH {
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

// Signs say what the signs before rows and nodes stand for.
func (f *View) Signs() []string {
	return []string{"", f.Bold.Render(f.Say("Signs")), "",
		f.Green.Render(f.Done) + " " + f.Say("verified") + "    " + f.Accent.Render(f.Due) + " " + f.Say("next") + "    " + f.Red.Render(f.Failed) + " " + f.Say("failed, node unchanged"),
		f.Red.Render(f.Unsure) + " " + f.Say("unknown: Enter checks the node, nothing is done twice")}
}
