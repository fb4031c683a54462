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
		{"eku", "", "Result: not passed\n", false}, {"short", "", "Result: passed\n", true}, {"short", lab.ByTechnician, "Result: passed, played by uccx-tui\n", true},
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

// TestDecidedBeforeIsNoAnswerOfTheProgram: what a solution or the lab has decided about a login beforehand, such as old algorithms of
// nodes of 11.5, is no answer that the program gave in place of the trainee.
func TestDecidedBeforeIsNoAnswerOfTheProgram(t *testing.T) {
	for why, want := range map[string]string{"": "all given by a person", "it was decided before the run": "all given by a person", lab.ByTechnician: "uccx-tui gave 1 of"} {
		j := stepstest.Begun(t)
		j.Add(t, plan.KindAnswered, plan.StepLogin, stepstest.ThreeNodes().Solution.Nodes()[0].FQDN, plan.Answer{Question: plan.AskLegacy, Value: plan.Yes, Why: msg.Verbatim(why)})
		stepstest.DoneUntil(t, j, "")
		text, _ := lab.GradeText(stepstest.Fold(t, j), sim.Record{Scenario: &sim.Scenario{Title: "x"}}, "x", stepstest.Day())
		if !strings.Contains(text, want) {
			t.Errorf("%q:\n%s", why, text)
		}
	}
}
