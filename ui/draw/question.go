package draw

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// Question is a question, below the texts of its row; what was found; and the answers.
func (f *View) Question(q pages.Question, texts, answers []string, w int) (above, found, below []string) {
	head := q.Head
	if q.Node != "" {
		head += " " + f.Arrow + " " + q.Node
	}
	lines := []string{f.Bold.Render(head), ""}
	if q.Stops {
		lines = append(append(lines, f.Red.Render(f.Say("SERVICES STOP on this node")), ""), f.ClockLines(w)...)
		lines = append(lines, texts...)
	}
	above, lines = append(lines, layout.Wrap(q.Text, w)...), nil
	for _, l := range q.Found {
		lines := layout.Hanging(l, 3, w-4) // a cause stands three cells in, and so do the words behind an arrow
		for i := range lines {
			if q.Opens {
				lines[i] = f.Link(lines[i])
			}
		}
		found = append(found, layout.Indent(lines)...)
	}
	for i, text := range q.Console {
		if i == 0 {
			lines = append(lines, "")
		}
		for _, l := range layout.Wrap(text, w) {
			lines = append(lines, f.Bold.Render(l))
		}
	}
	if q.Means != "" {
		lines = append(lines, "")
		for _, l := range layout.Wrap(q.Means, w) {
			lines = append(lines, f.Dim.Render(l))
		}
	}
	lines = append(append(lines, ""), answers...)
	if q.Rule != "" && texts != nil && !q.Stops {
		text := f.Say("rule %s", q.Rule)
		if strings.Contains(q.Rule, " ") { // a document
			text = f.Say("source: %s", q.Rule)
		}
		lines = append(lines, "", f.Dim.Render(text))
	}
	return above, found, lines
}

// Asked is a question in h lines of w cells, with as much of the texts of its row as has room. What must be seen is the question and
// its answers, and of a restart its effect and the way back. view scrolls what was found.
func Asked(f *View, q pages.Question, row plan.Row, answers []string, view *widget.Page, w, h int) string {
	shapes := [][]string{f.Texts(row, w), f.Brief(row, w), nil}
	if q.Stops {
		q.Means = "" // its effect says it
		order := append(f.Labelled(f.Say("Order"), f.Order(row), rowLabels(f), w), "")
		shapes = [][]string{append(f.Texts(row, w), order...), append(f.Brief(row, w), order...), append(f.Brief(row, w), ""), f.Brief(row, w)}
	}
	var lines []string
	for i, texts := range shapes {
		above, found, below := f.Question(q, texts, answers, w)
		if q.Stops && i == len(shapes)-1 {
			above, below = slices.DeleteFunc(above, empty), slices.DeleteFunc(below, empty)
		}
		room := max(h-len(above)-len(below), min(len(found), 3))
		if lines = slices.Concat(above, view.View(f.Theme, found, w, room), below); len(above)+len(found)+len(below) <= h {
			break
		}
	}
	return strings.Join(lines, "\n")
}

// lowBody is how many lines a body has at least for blanks between its parts.
const lowBody = 15

func empty(line string) bool { return line == "" }
