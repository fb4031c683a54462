package draw

import (
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
)

// labelWidth is the column of labels.
const labelWidth = 11

// Facts are lines of a page: labels stand in a column.
func (f *View) Facts(all []pages.Line, w int) []string {
	var lines []string
	for _, l := range all {
		if l.Label == "" {
			lines = append(lines, layout.Wrap(l.Text, w)...)
			continue
		}
		lines = append(lines, f.Labelled(l.Label, l.Text, labelWidth, w)...)
	}
	return lines
}

// CheckLines are what an advice has seen: what speaks for it in red, what speaks against it in green.
func (f *View) CheckLines(s advice.Check, w int) []string {
	mark := f.Dim.Render("-")
	switch s.State {
	case advice.Supports:
		mark = f.Red.Render(f.Failed)
	case advice.Contradicts:
		mark = f.Green.Render(f.Done)
	}
	var lines []string
	for i, l := range layout.Wrap(f.Pages().Check(s), w-2) {
		if i > 0 {
			mark = " "
		}
		lines = append(lines, mark+" "+l)
	}
	return lines
}
