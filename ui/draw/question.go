package draw

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
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
		lines := layout.Wrap(l, w-4)
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
			lines = append(lines, f.Accent.Render(l))
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
