package engine_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestOnlyAnAnswer: what is no answer to a question is refused and not written down: another node's name, yes in the place of a name,
// a value that was not offered, and "all keys" without the phrase that confirms it.
func TestOnlyAnAnswer(t *testing.T) {
	const fqdn = "uccx1.example.com"
	options := []plan.Option{{Value: plan.No, Label: msg.T("No")}, {Value: plan.Yes, Label: msg.T("Yes")}, {Value: plan.All, Label: msg.T("All")}}
	task := plan.Task{Step: plan.StepLogin, Node: fqdn}
	for _, c := range []struct {
		q     plan.Question
		bad   []string
		right string
	}{
		{plan.Question{ID: plan.AskLockout, Kind: plan.NodeName}, []string{"", "yes", "uccx2", "uccx", "*", "uccx1.example.org"}, "UCCX1"},
		{plan.Question{ID: plan.AskHostKey, Kind: plan.Choice, Options: options}, []string{"", "maybe", fqdn, plan.All}, plan.Yes},
		{plan.Question{ID: plan.AskHostKey, Kind: plan.Phrase, Phrase: "accept 3"}, []string{"", "accept", "accept 2", plan.Yes}, "accept 3"},
	} {
		p := stepstest.Begun(t)
		r, err := steps.NewRunner(p.Entries, p, world.World{}, func(engine.Event) {})
		if err != nil {
			t.Fatal(err)
		}
		before := len(p.Entries)
		for _, value := range c.bad {
			if err := r.Answer(plan.Asked{Task: task, Question: c.q}, value); err == nil || len(p.Entries) != before {
				t.Errorf("%s: %q is taken", c.q.ID, value)
			}
		}
		if err := r.Answer(plan.Asked{Task: task, Question: c.q}, c.right); err != nil || len(p.Entries) == before {
			t.Errorf("%s: %q is not taken: %v", c.q.ID, c.right, err)
		}
	}
}
