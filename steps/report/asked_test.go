package report_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
)

// TestDecisionsAsAsked: the report has each question as it was asked about its node: one node is not called several.
func TestDecisionsAsAsked(t *testing.T) {
	t.Parallel()
	j := &stepstest.Journal{}
	c := stepstest.ThreeNodes()
	c.Plan = plan.Version
	j.Add(t, plan.KindOpened, "", "", c)
	j.Add(t, plan.KindAnswered, plan.StepFunction, "uccx1.example.com", plan.Answer{Question: "VER-4", Value: plan.Yes})
	r := report.Of(stepstest.Fold(t, j))
	if len(r.Answers) != 1 || strings.Contains(r.Answers[0].Text.String(), "each of these") || !strings.Contains(r.Answers[0].Text.String(), "AppAdmin") {
		t.Errorf("%+v", r.Answers)
	}
}
