package rehearsal_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/rehearsal"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/steps/timing"
)

// TestRehearsedTimes: rows that interrupt take as long as all their nodes one after the other; what is done is not counted, and
// a window that is too short is trouble.
func TestRehearsedTimes(t *testing.T) {
	p := stepstest.Begun(t)
	stepstest.DoneUntil(t, p, plan.StepRestart)
	p.Add(t, plan.KindWindow, "", "", plan.Window{Until: time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)})
	on := stepstest.Fold(t, p)
	r := rehearsal.Rehearsed(on, on, timing.Durations{plan.StepRestart: {20 * time.Minute}}, time.Date(2026, 11, 26, 5, 30, 0, 0, time.UTC))
	if r.Stops != time.Hour || r.Left < r.Stops || r.Left > r.Stops+time.Minute || r.Hash != on.Hash() {
		t.Errorf("left %v, stops %v", r.Left, r.Stops)
	}
	if !slices.ContainsFunc(r.Trouble, func(f plan.Finding) bool { return strings.Contains(f.What.String(), "30 min of the window is left") }) || r.Fails() {
		t.Errorf("%+v", r.Trouble)
	}
	for _, row := range r.Rows {
		if row.Past != (row.State == "done") || row.Learnt != (row.Step == plan.StepRestart) {
			t.Errorf("%+v", row)
		}
	}
}
