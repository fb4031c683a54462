package standing_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestDebts: an install owes a restart; only proof pays it (SIG-8).
func TestDebts(t *testing.T) {
	p := stepstest.Begun(t)
	stepstest.DoneUntil(t, p, plan.StepRestart)
	pl := stepstest.Fold(t, p)
	if got := len(debts.Of(pl)); got != 3 {
		t.Fatalf("%d debts, want 3", got)
	}
	if standing.OutcomeOf(pl) != standing.Owed {
		t.Errorf("outcome %s", standing.OutcomeOf(pl))
	}
	stepstest.DoneUntil(t, p, plan.StepProve)
	if got := len(debts.Of(stepstest.Fold(t, p))); got != 3 {
		t.Errorf("%d debts after the restarts alone, want 3: a restart is no proof", got)
	}
	p.Add(t, plan.KindDone, plan.StepProve, "uccx1.example.com", plan.Seen{})
	debts := debts.Of(stepstest.Fold(t, p))
	if len(debts) != 2 || debts[0].Node != "uccx2.example.com" {
		t.Errorf("debts %+v", debts)
	}
}

// TestOutcome: the gravest thing decides.
func TestOutcome(t *testing.T) {
	p := stepstest.Begun(t)
	check := func(want standing.Outcome) {
		t.Helper()
		if got := standing.OutcomeOf(stepstest.Fold(t, p)); got != want {
			t.Errorf("outcome %s, want %s", got, want)
		}
	}
	check(standing.Open)
	p.Add(t, plan.KindFailed, plan.StepLogin, "uccx1.example.com", plan.Trouble{})
	check(standing.Refused)
	stepstest.DoneUntil(t, p, plan.StepReply)
	check(standing.Waiting)
	stepstest.DoneUntil(t, p, plan.StepFunction)
	check(standing.Open)
	for _, q := range stepstest.Fold(t, p).Step(plan.StepFunction).Ask {
		p.Add(t, plan.KindAnswered, plan.StepFunction, "", plan.Answer{Question: q.ID, Value: "later"})
	}
	p.Add(t, plan.KindDone, plan.StepFunction, "", plan.Seen{})
	p.Add(t, plan.KindDone, plan.StepReport, "", plan.Seen{})
	check(standing.Owed)
	if pl := stepstest.Fold(t, p); !slices.ContainsFunc(standing.Of(pl).Lines(pl), func(l msg.Text) bool { return strings.Contains(stepstest.Veiled{}.T(l), `"ж"`) }) {
		t.Error("the answer \"later\" is not said in the language of the person")
	}
	for _, q := range stepstest.Fold(t, p).Step(plan.StepFunction).Ask {
		p.Add(t, plan.KindAnswered, plan.StepFunction, "", plan.Answer{Question: q.ID, Value: plan.Yes})
	}
	check(standing.Proven)
}
