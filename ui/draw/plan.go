package draw

import (
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
)

// Borders are the lines above the first step that cannot be undone, and above the first that stops services: border returns the
// one above the row at an index, "" above others.
func (f *View) Borders(rows []plan.Row, w int) (border func(i int) string) {
	borders := f.Pages().Borders(rows)
	return func(i int) string {
		text, stops := borders(i)
		if text == "" {
			return ""
		}
		style := f.Dim
		if stops {
			style = f.Red
		}
		text = f.Rule + f.Rule + " " + text + " "
		return style.Render(text + strings.Repeat(f.Rule, max(w-layout.Width(text)-2, 0)))
	}
}

// rowTitles is the width of the column of rowTitles; what is on the right tells nodes and results.
func rowTitles(w int) int { return max(min(38, w/2+4), min(36, w-22)) }

// PlanLine is a row of the plan: number, state, title, and what it has to say. next is what the plan says is next.
func (f *View) PlanLine(row plan.Row, next plan.Next, w int) string {
	how := f.Pages().Row(row, next)
	sign, says := " ", f.Dim.Render(how.Says)
	switch how.State {
	case pages.RowPending:
		sign, says = f.Yellow.Render(f.Pending), f.Yellow.Render(how.Says)
	case pages.RowUnknown:
		sign, says = f.Red.Render(f.Unsure), f.Red.Render(how.Says)
	case pages.RowFailed:
		sign, says = f.Red.Render(f.Failed), f.Red.Render(how.Says)
	case pages.RowDone:
		sign = f.Green.Render(f.Done)
	case pages.RowNext:
		sign, says = f.Accent.Render(f.Due), how.Says
	}
	title := f.Fit(f.Say(row.Step.Title), rowTitles(w))
	gap := strings.Repeat(" ", rowTitles(w)-layout.Width(title)) // without a style, which would have to be drawn
	switch {
	case row.Number == next.Row.Number:
		title = f.Accent.Render(title)
	case !row.Whole():
		title = f.Dim.Render(title)
	}
	return rowNumber(f, row) + sign + " " + title + gap + " " + f.Fit(says, w-rowTitles(w)-6)
}

// rowNumber is the number of a row as the plan shows it.
func rowNumber(f *View, row plan.Row) string { return f.Pad(fmt.Sprintf("%2d", row.Number), 3) }

// Signs say what the signs before rows and nodes stand for.
func (f *View) Signs() []string {
	return []string{"", f.Bold.Render(f.Say("Signs")), "",
		f.Green.Render(f.Done) + " " + f.Say("verified") + "    " + f.Accent.Render(f.Due) + " " + f.Say("next") + "    " + f.Yellow.Render(f.Pending) + " " + f.Say("pending") + "    " + f.Red.Render(f.Failed) + " " + f.Say("failed, node unchanged"),
		f.Red.Render(f.Unsure) + " " + f.Say("unknown: Enter checks the node, nothing is done twice")}
}
