package steps

import (
	"context"
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/health"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/precheck"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookPreflight holds the survey against what the change needs. It types nothing but what it takes to see whom the node
// trusts: the survey of all nodes has read the rest.
func lookPreflight(ctx context.Context, j *plan.Job) (bool, error) {
	s := j.Plan.Survey(j.Node.FQDN)
	if s == nil || s.About == nil {
		return false, j.Refuse("", msg.T("The node has not been read"), msg.T("read the node again"), "not read yet")
	}
	if err := precheck.Shared(j); err != nil {
		return false, err
	}
	if err := precheck.Second(j); err != nil {
		return false, err
	}
	if err := lookRelations(ctx, j); err != nil {
		return false, err
	}
	found := append(slices.Clone(s.Findings), j.Seen.Findings...)
	checks := append(precheck.For(j.Plan.Change().Path), checkTrust)
	if j.Plan.Change().Path != change.PathFirst { // nodes that were just installed have nothing to lose yet
		checks = append(checks, health.CheckBackup)
	}
	for _, check := range checks {
		found = append(found, check(ctx, j, s)...)
	}
	return precheck.Decide(j, found, "Findings on %s", msg.T("Nothing has been changed. Fix the findings and check again, or accept them and continue."))
}

func rowPreflight() plan.Step {
	return plan.Step{
		ID: plan.StepPreflight, Role: plan.RolePreflight, Title: "Check prerequisites", On: Every, Look: lookPreflight,
		Why:   "Finds problems before anything is changed.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-2", "PRE-3", "PRE-4", "PRE-6", "PRE-7", "TRB-1"},
	}
}
