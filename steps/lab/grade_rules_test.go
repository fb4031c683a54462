package lab_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// A lesson whose reply must go back is not passed by installing it, no matter who accepts its warning; and a grade says when the
// program answered in the place of a person.
func TestAcceptedWarningAndPlayedByItself(t *testing.T) {
	for _, c := range []struct {
		code, why, want string
		passed          bool
	}{
		{"eku", "", "Result: failed\n", false}, {"short", "", "Result: passed\n", true}, {"short", lab.ByTechnician, "Result: passed, played by uccx-tui\n", true},
	} {
		j := stepstest.Begun(t)
		taken := plan.Reply{Leaves: map[string]string{}, Notes: []plan.Finding{{Code: c.code, Severity: plan.Warning, What: msg.T("a warning")}}}
		stepstest.DoneUntil(t, j, plan.StepReply)
		j.Add(t, plan.KindAnswered, plan.StepReply, "", plan.Answer{Question: plan.AskReply, Value: "taken", Reply: &taken})
		j.Add(t, plan.KindAnswered, plan.StepReply, "", plan.Answer{Question: plan.AskWarnings, Value: plan.Yes, Why: msg.Verbatim(c.why)})
		stepstest.DoneUntil(t, j, "")
		text, passed := lab.GradeText(stepstest.Fold(t, j), sim.Record{Scenario: &sim.Scenario{Title: "x", Refuse: []string{"eku"}}}, "x", stepstest.Day())
		if passed != c.passed || !strings.Contains(text, c.want) {
			t.Errorf("%s: passed %v\n%s", c.code, passed, text)
		}
	}
}
