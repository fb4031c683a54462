package pages

import (
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Scenario is what a scenario of the lab is about, before it is started.
func (e Env) Scenario(s practice.Info) Page {
	return Page{Title: cert.Printable(s.Name), Parts: []Part{e.Lesson(&practice.Lesson{Title: s.Title, Story: s.Story, Goal: s.Goal}), {Lines: []Line{{Text: e.T(s.Effort())}}}}}
}

// Lesson is what a scenario of the lab is about, and the hints that were given.
func (e Env) Lesson(l *practice.Lesson) Part {
	part := Part{Title: e.words(l.Title), Lines: []Line{{Text: e.words(l.Story)}, e.line("Goal", e.words(l.Goal))}}
	if l.Question != "" {
		part.Lines = append(part.Lines, e.line("Report", e.words(l.Question)))
	}
	for i, hint := range l.Hints {
		part.Lines = append(part.Lines, Line{e.Say("Hint %d", i+1), e.words(hint)})
	}
	return part
}

// words are those of a scenario in the language of the reader.
func (e Env) words(text string) string { return cert.Printable(e.Say(text)) }

// Outside is what stands above the list of what can be done outside of this program, or of what can be said with one of it.
func (e Env) Outside(what *practice.Outside) Part {
	if what != nil {
		return Part{Title: cert.Printable(e.T(practice.Says(what.Title))), Lines: []Line{{Text: e.words(what.Ask)}}}
	}
	return Part{Title: e.Say("Outside uccx-tui"), Lines: []Line{{Text: e.Say("What a person can do outside uccx-tui. Some of these are mistakes.")}}}
}
