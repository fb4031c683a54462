package pages

import (
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Lesson is what a scenario of the lab is about, and the hints that were given.
func (e Env) Lesson(l *lab.Lesson, hints []string) Part {
	part := Part{Title: cert.Printable(l.Title), Lines: []Line{{Text: cert.Printable(l.Story)}, e.line("Goal", cert.Printable(l.Goal))}}
	for i, hint := range hints {
		part.Lines = append(part.Lines, Line{e.Say("Hint %d", i+1), cert.Printable(hint)})
	}
	return part
}
