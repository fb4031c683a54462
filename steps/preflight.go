package steps

import (
	"context"
	"slices"

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
	if err := lookRelations(ctx, j); err != nil {
		return false, err
	}
	found := append(slices.Clone(s.Findings), j.Seen.Findings...)
	for _, check := range append(precheck.All(), health.CheckBackup, checkTrust) {
		found = append(found, check(ctx, j, s)...)
	}
	found = precheck.Explained(found)
	j.Seen.Findings = found
	if plan.Worst(found) == plan.Note || j.Answered(plan.AskFindings) == plan.Yes {
		return true, nil
	}
	return false, &plan.Ask{Question: plan.Question{ID: plan.AskFindings, Kind: plan.Choice, Args: []string{j.Node.FQDN}, Lines: findingLines(found), Findings: graver(found),
		Text:    "Findings on %s",
		Means:   msg.T("Nothing has been changed. Fix the findings and check again, or accept them and continue."),
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Check again")}, {Value: plan.Yes, Label: msg.T("Accept the findings and continue")}}}}
}

// graver are the findings that are no notes.
func graver(all []plan.Finding) []plan.Finding {
	return slices.DeleteFunc(slices.Clone(all), func(f plan.Finding) bool { return f.Severity == plan.Note })
}

func findingLines(all []plan.Finding) []string {
	var lines []string
	for _, f := range all {
		if f.Severity != plan.Note {
			lines = append(lines, f.Severity+": "+f.What.String())
		}
	}
	return lines
}

func rowPreflight() plan.Step {
	return plan.Step{
		ID: plan.StepPreflight, Role: plan.RolePreflight, Title: "Check prerequisites", On: Every, Look: lookPreflight,
		Why:   "Finds problems before anything is changed.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-2", "PRE-3", "PRE-4", "PRE-6", "PRE-7", "TRB-1"},
	}
}
