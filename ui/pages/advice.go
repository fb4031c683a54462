package pages

import (
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
)

// Advice is cause and fix of a symptom.
func (e Env) Advice(a advice.Advice) Part {
	part := Part{Title: e.Say(a.Symptom), Lines: []Line{e.line("Cause", e.Say(a.Cause)), e.line("Fix", e.Say(a.Cure)), e.rules(a.Rules, a.Source)}}
	if title := steps.RowTitle(a.Step); title != "" {
		part.Lines = append(part.Lines, e.line("Step", e.Say(title)))
	}
	return part
}

// Check is what an advice has seen, in one line.
func (e Env) Check(c advice.Check) string { return e.Say(c.State) + ": " + c.What }
