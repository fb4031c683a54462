package pages

import (
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Advice is cause and fix of a symptom.
func (e Env) Advice(a advice.Advice) Part {
	part := Part{Title: e.T(a.Symptom), Lines: []Line{e.line("Cause", e.T(a.Cause)), e.line("Fix", e.T(a.Cure)), e.rules(a.Rules, a.Source)}}
	if a.Link != "" {
		part.Lines = append(part.Lines, e.line("Link", a.Link))
	}
	if title := steps.RowTitle(a.Step); title != "" {
		part.Lines = append(part.Lines, e.line("Step", e.Say(title)))
	}
	return part
}

// NoAdvice says that a text is not known; of a code, also where it is listed.
func (e Env) NoAdvice(text string) string {
	if u, ok := advice.UnknownIn(text); ok {
		return e.Say("%s (%s) is not known here. Look it up at %s", cert.Printable(u.Code), u.From, u.Look)
	}
	return e.Say("No known symptom matches.")
}

// Check is what an advice has seen, in one line.
func (e Env) Check(c advice.Check) string { return cert.Printable(e.T(c.Says())) }
