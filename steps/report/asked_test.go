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

// TestReportWithoutPeople: a session in which no one has answered anything names no one, and no sentence ends in "by".
func TestReportWithoutPeople(t *testing.T) {
	t.Parallel()
	r := report.Of(stepstest.Fold(t, stepstest.Begun(t)))
	r.People = nil
	for _, text := range []string{string(r.Markdown()), string(r.HTML())} {
		for _, bad := range []string{", by\n", ", by \n", "<dt>By"} {
			if strings.Contains(text, bad) {
				t.Errorf("the report names people who are not there: %q", bad)
			}
		}
	}
}
