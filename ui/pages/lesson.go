package pages

import (
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Lesson is what a scenario of the lab is about, and the hints that were given.
func (e Env) Lesson(l *practice.Lesson) Part {
	part := Part{Title: cert.Printable(l.Title), Lines: []Line{{Text: cert.Printable(l.Story)}, e.line("Goal", cert.Printable(l.Goal))}}
	if l.Question != "" {
		part.Lines = append(part.Lines, e.line("Report", cert.Printable(l.Question)))
	}
	for i, hint := range l.Hints {
		part.Lines = append(part.Lines, Line{e.Say("Hint %d", i+1), cert.Printable(hint)})
	}
	return part
}

// Outside is what stands above the list of what can be done outside of this program, or of what can be said with one of it.
func (e Env) Outside(what *practice.Outside) Part {
	if what != nil {
		return Part{Title: cert.Printable(what.Title), Lines: []Line{{Text: cert.Printable(what.Ask)}}}
	}
	return Part{Title: e.Say("Outside uccx-tui"), Lines: []Line{{Text: e.Say("What a person can do outside uccx-tui. Some of these are mistakes.")}}}
}
