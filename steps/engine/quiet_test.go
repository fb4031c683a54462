package engine_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/steps/world"
)

// TestQuiet: who opens a finished session and looks writes nothing, and the plan says what it said before; once something is
// done, what was held back is written first, in its order.
func TestQuiet(t *testing.T) {
	const node = "uccx1.example.com"
	j := stepstest.Begun(t)
	n := len(j.Entries)
	before := stepstest.Fold(t, j)
	r, err := steps.NewRunner(j.Entries, engine.Quiet(j), world.World{Program: "2"}, func(engine.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Locate(node, plan.Location{Address: "192.0.2.9"}); err != nil {
		t.Fatal(err)
	}
	if err := r.Resume(); err != nil {
		t.Fatal(err)
	}
	if len(j.Entries) != n {
		t.Fatalf("%d entries were written", len(j.Entries)-n)
	}
	if at, _ := r.Plan().Node(node); at.Address != "192.0.2.9" {
		t.Error("the node is not dialled where it is")
	}
	entries, last, sum := r.Plan().Entries()
	if e, l, s := before.Entries(); entries != e || last != l || sum != s {
		t.Errorf("%d entries until %s, want %d until %s", entries, last, e, l)
	}
	if err := r.SetWindow(plan.Window{}); err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, e := range j.Entries[n:] {
		kinds = append(kinds, e.Kind)
	}
	if len(kinds) != 3 || kinds[0] != plan.KindLocated || kinds[1] != plan.KindResumed || kinds[2] != plan.KindWindow {
		t.Errorf("%v", kinds)
	}
}

// TestLastIsOfTheWork: to take a session up, hand it over or dial its nodes elsewhere is no work on it.
func TestLastIsOfTheWork(t *testing.T) {
	j := stepstest.Begun(t)
	j.Add(t, plan.KindDone, plan.StepSurvey, "uccx1.example.com", plan.Seen{})
	_, want, _ := stepstest.Fold(t, j).Entries()
	for _, kind := range []string{plan.KindResumed, plan.KindExported, plan.KindImported, plan.KindTaken} {
		j.Add(t, kind, "", "", plan.Resumed{Program: "1"})
	}
	n, last, _ := stepstest.Fold(t, j).Entries()
	if last != want || n != len(j.Entries) {
		t.Errorf("%d entries until %s, want %d until %s", n, last, len(j.Entries), want)
	}
}
