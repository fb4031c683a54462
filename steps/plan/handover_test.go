package plan_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
)

// TestPassing: what had begun is unsure for the person who takes a session up, and a session that was handed over is away until
// a person takes it up again.
func TestPassing(t *testing.T) {
	for _, kind := range []string{plan.KindResumed, plan.KindTaken, plan.KindExported, plan.KindImported} {
		p, err := steps.Preview(stepstest.OneNode())
		if err != nil {
			t.Fatal(err)
		}
		apply := func(kind string, task plan.Task, data any) error {
			raw, err := json.Marshal(data)
			if err != nil {
				t.Fatal(err)
			}
			return p.Apply(session.Entry{Kind: kind, Step: task.Step, Node: task.Node, Who: "yvonne@jump", Data: raw})
		}
		csr := plan.Task{Step: plan.StepCSR, Node: "a.b"}
		if err := errors.Join(apply(plan.KindBegan, csr, plan.Seen{}), apply(kind, plan.Task{}, plan.Imported{Program: "7", Lab: "other"})); err != nil {
			t.Fatal(err)
		}
		if v, _ := p.Task(csr); v.State != plan.Unsure {
			t.Errorf("%s: %s, want unsure", kind, v.State)
		}
		who, _, away := p.HandedOver()
		if away != (kind == plan.KindExported) || away && who != "yvonne@jump" {
			t.Errorf("%s: away %v, by %q", kind, away, who)
		}
		if lab := p.Change().Lab.Folder; (lab == "other") != (kind == plan.KindImported || kind == plan.KindTaken) {
			t.Errorf("%s: the lab lies in %q", kind, lab)
		}
		if err := apply(plan.KindResumed, plan.Task{}, plan.Resumed{Program: "8"}); err != nil {
			t.Fatal(err)
		}
		if _, _, away := p.HandedOver(); away {
			t.Errorf("%s: still away after it was taken up", kind)
		}
		var newer *plan.NewerEntry
		if err := apply("unheard-of", csr, nil); !errors.As(err, &newer) || !strings.Contains(err.Error(), "newer uccx-tui (version 8)") {
			t.Errorf("a newer entry: %v", err)
		}
	}
}
