package practice_test

import (
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // -update
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestAgents: what agents saw when a question was watched is what is shown with it, and the honest answer follows from it.
func TestAgents(t *testing.T) {
	p := stepstest.Fold(t, stepstest.Begun(t))
	q := plan.Asked{Task: plan.Task{Step: plan.StepFunction}, Question: plan.Question{ID: "VER-1"}}
	for works, want := range map[bool]string{true: plan.Yes, false: plan.No} {
		saw := []msg.Text{msg.T("the chat opens"), msg.T("no agent is alerted")}
		s := &practice.Services{Try: func(*plan.Plan, plan.Asked) ([]msg.Text, bool) { return saw, works }}
		if seen := s.Agents(q); len(seen) > 0 {
			t.Errorf("seen before it was watched: %v", msg.Strings(seen))
		}
		if answer := s.Watch(p, q); answer != want {
			t.Errorf("works %v: the honest answer is %q", works, answer)
		}
		if seen := msg.Strings(s.Agents(q)); !slices.Equal(seen, msg.Strings(saw)) {
			t.Errorf("agents saw %v, shown is %v", msg.Strings(saw), seen)
		}
	}
	var none *practice.Services
	if none.Watch(p, q) != "" || none.Agents(q) != nil || none.Operate(p, q, plan.Yes) != nil {
		t.Error("agents without a lab")
	}
}

// TestSaysPutsTheNodeIntoThePlaceOfTheName: a title that names a node is one sentence for translators, whatever the node is called.
func TestSaysPutsTheNodeIntoThePlaceOfTheName(t *testing.T) {
	for title, want := range map[string]string{
		"Restart ccp now at its console":                                   "Restart %s now at its console",
		"Generate a new CSR for mediasense1 in OS Administration":          "Generate a new CSR for %s in OS Administration",
		"Restart Cisco Finesse Tomcat on uccx1":                            "Restart %s on %s",
		"Have NTP corrected on cuic2":                                      "Have NTP corrected on %s",
		"Have uccx2 switched on, and wait until it is up":                  "Have %s switched on, and wait until it is up",
		"Delete the root with the same name from tomcat-trust of finesse1": "Delete the root with the same name from tomcat-trust of %s",
		"Upload the CA's files unchecked in OS Administration":             "Upload the CA's files unchecked in OS Administration",
		"100 % of it":        "100 %% of it",
		practice.ReportTitle: practice.ReportTitle,
	} {
		if got := practice.Says(title); got.Format != want || got.String() != title {
			t.Errorf("%q: format %q, words %q; want the format %q", title, got.Format, got.String(), want)
		}
	}
}
