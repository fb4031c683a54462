package draw

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// labelWidth is the column of labels.
const labelWidth = 11

// Column is how wide a column of n names is: as the longest, and at most most cells.
func Column(n, most int, name func(i int) string) int {
	widest := 0
	for i := range n {
		widest = max(widest, layout.Width(cert.Printable(name(i))))
	}
	return min(widest, most)
}

// Facts are lines of a page: labels stand in a column.
func (f *View) Facts(all []pages.Line, w int) []string { return factsIn(f, all, labelsOf(all), w) }

// labelsOf is how many cells the labels of some lines take.
func labelsOf(all []pages.Line) int {
	labels := labelWidth
	for _, l := range all {
		labels = layout.LabelWidth(labels, l.Label)
	}
	return labels
}

func factsIn(f *View, all []pages.Line, labels, w int) []string {
	var lines []string
	for _, l := range all {
		if l.Label == "" {
			lines = append(lines, layout.Wrap(l.Text, w)...)
			continue
		}
		lines = append(lines, f.Labelled(l.Label, l.Text, labels, w)...)
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

// Symptoms is the list of what the adviser found for what was typed, in h lines of w cells.
func Symptoms(f *View, l *widget.List, typed *widget.Field, typing bool, found []advice.Advice, exact bool, w, h int) string {
	field := typed.View(f.Theme, w-2)
	if !typing {
		field, _ = layout.CutCursor(field)
	}
	lines := append(symptomHead(f, w), "", f.Dim.Render("/ ")+field, "") // the mark is that of the list
	if h < lowBody {
		lines = slices.DeleteFunc(lines, empty)
	}
	switch {
	case len(found) == 0:
		return strings.Join(append(lines, layout.Wrap(f.Pages().NoAdvice(typed.Text()), w)...), "\n")
	case strings.TrimSpace(typed.Text()) != "" && !exact:
		lines = append(lines, f.Dim.Render(f.Say("No exact match. Closest:")), "")
	}
	at := max(l.Clamp(len(found)), 0)
	labels := 11
	for _, a := range found {
		labels = layout.LabelWidth(labels, f.Say(msg.Label(a.Group)))
	}
	whole, most := Below(len(found), at, func(i int) string { return f.T(found[i].Symptom) }, w-2-labels, w)
	rows := widget.Rows{N: len(found), Line: func(i int) string {
		return f.Dim.Render(f.Pad(f.Say(msg.Label(found[i].Group)), labels)) + f.T(found[i].Symptom)
	}}
	lines = append(lines, l.View(f.Theme, rows, w, max(h-len(lines)-most, 1))...)
	return strings.Join(append(lines, whole...), "\n")
}

// Below is, below a list of n texts, the text at the mark, where the list has no room for it; room is what the list has. The list leaves
// most lines for it wherever the mark is, so that a move costs little.
func Below(n, at int, text func(i int) string, room, w int) (whole []string, most int) {
	for i := range n {
		if l := text(i); layout.Width(l) > room {
			lines := append([]string{""}, layout.Wrap(l, w)...)
			most = max(most, len(lines))
			if i == at {
				whole = lines
			}
		}
	}
	return whole, most
}

// symptomHead asks for a symptom, and says how it is given: beside the question, or below it in a narrow window.
func symptomHead(f *View, w int) []string {
	title, how := f.Say("What is the symptom?"), f.Say("pick one, paste the message, or type it after /")
	if layout.Width(title)+2+layout.Width(how) <= w {
		return []string{f.Bold.Render(title) + "  " + f.Dim.Render(how)}
	}
	lines := []string{f.Bold.Render(title)}
	for _, l := range layout.Wrap(how, w) {
		lines = append(lines, f.Dim.Render(l))
	}
	return lines
}

// Advice is one advice: cause, fix, rules, and what was seen of it.
func Advice(f *View, one advice.Advice, signs []advice.Check, looking bool, w int) []string {
	a := f.Pages().Advice(one)
	lines := layout.Wrap(a.Title, w)
	for i := range lines {
		lines[i] = f.Bold.Render(lines[i])
	}
	for i, l := range a.Lines {
		if i < 3 {
			lines = append(lines, "")
		}
		lines = append(lines, factsIn(f, []pages.Line{l}, labelsOf(a.Lines), w)...)
	}
	if looking {
		lines = append(lines, "", f.Say("checking")+" "+f.Dots)
	}
	for i, sign := range signs {
		if i == 0 {
			lines = append(lines, "")
		}
		lines = append(lines, f.CheckLines(sign, w)...)
	}
	return lines
}
