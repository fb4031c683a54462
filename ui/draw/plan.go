package draw

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
)

// Borders are the lines above the first step that cannot be undone, and above the first that stops services: border returns the
// one above the row at an index, "" above others. They are as long as what they say: a sign of a rule is three bytes, and a plan is
// drawn on slow lines.
func (f *View) Borders(rows []plan.Row) (border func(i int) string) {
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
		rule := f.Rule + f.Rule
		return style.Render(rule + " " + text + " " + rule)
	}
}

// The cells of a row of the plan besides its title and what it says: number, sign, and the blanks between them.
const rowSigns = 6

// PlanLines draws rows of the plan in w cells: number, state, title, and what each has to say. next is what the plan says is next. All
// rows are measured once, when the first is drawn: what is said begins at one column.
func (f *View) PlanLines(rows []plan.Row, next plan.Next, w int) (line func(i int) string) {
	column, about := -1, f.Pages()
	return func(i int) string {
		if column < 0 {
			titles, says := 0, 0
			for _, row := range rows {
				titles = max(titles, layout.Width(f.Say(row.Step.Title)))
				says = max(says, layout.Width(about.Row(row, next).Says))
			}
			column = titleColumn(titles+1, says, w)
		}
		return planLine(f, rows[i], next, column, w)
	}
}

// titleColumn is how many of the w cells of the plan the titles take, where the longest of them has so many cells with a blank, and the longest text
// at their right so many: as many as look well, and less where the texts need the blanks behind them.
func titleColumn(titles, says, w int) int {
	usual := max(min(38, w/2+4), min(36, w-22))
	room := w - rowSigns - says
	if room >= usual {
		return max(usual, min(titles, room))
	}
	return max(room, min(titles, usual))
}

// planLine is a row of the plan. Where its title or its text is wider than its column and the other one leaves blanks, it takes these.
func planLine(f *View, row plan.Row, next plan.Next, column, w int) string {
	how := f.Pages().Row(row, next)
	sign, style := " ", f.Dim
	switch how.State {
	case pages.RowPending:
		sign, style = f.Yellow.Render(f.Pending), f.Yellow
	case pages.RowUnknown:
		sign, style = f.Red.Render(f.Unsure), f.Red
	case pages.RowFailed:
		sign, style = f.Red.Render(f.Failed), f.Red
	case pages.RowDone:
		sign = f.Green.Render(f.Done)
	case pages.RowNext:
		sign, style = f.Accent.Render(f.Due), lipgloss.NewStyle()
	}
	title, says := f.Say(row.Step.Title), how.Says
	wide, room := layout.Width(title), w-rowSigns
	if how.Short != "" && layout.Width(says) > room-min(wide+1, column) {
		says = how.Short
	}
	if need := layout.Width(says); need > room-column {
		column = max(room-need, min(wide+1, column))
	} else if wide > column {
		column = min(wide+1, room-need)
	}
	title = f.Fit(title, column)
	gap := strings.Repeat(" ", column-layout.Width(title)) // without a style, which would have to be drawn
	switch {
	case row.Number == next.Row.Number:
		title = f.Accent.Render(title)
	case !row.Whole():
		title = f.Dim.Render(title)
	}
	return rowNumber(f, row) + sign + " " + title + gap + " " + style.Render(f.Fit(says, room-column))
}

// rowNumber is the number of a row as the plan shows it.
func rowNumber(f *View, row plan.Row) string { return f.Pad(fmt.Sprintf("%2d", row.Number), 3) }

// Signs say what the signs before rows and nodes stand for.
func (f *View) Signs() []string {
	return []string{"", f.Bold.Render(f.Say("Signs")), "",
		f.Green.Render(f.Done) + " " + f.Say("verified") + "    " + f.Accent.Render(f.Due) + " " + f.Say("next") + "    " + f.Yellow.Render(f.Pending) + " " + f.Say("pending") + "    " + f.Red.Render(f.Failed) + " " + f.Say("failed, node unchanged"),
		f.Red.Render(f.Unsure) + " " + f.Say("unknown: Enter checks the node, nothing is done twice")}
}
