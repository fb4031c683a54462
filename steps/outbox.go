package steps

import (
	"context"
	"path"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos"
)

// lookOutbox writes one file per CSR, named after its node, and the text for the CA.
func lookOutbox(_ context.Context, j *plan.Job) (bool, error) {
	for _, f := range reply.OutboxFiles(j.Plan) {
		at, err := j.Keep(path.Join(plan.Outbox, f.Name), f.Data)
		if err != nil {
			return false, &vos.Error{Class: vos.ErrRefused, What: "the file for the CA could not be written", Err: err,
				Means: "nothing is changed on any node", Next: "make room or give back the right to write, then Enter tries again"}
		}
		j.Seen.Files = append(j.Seen.Files, at)
	}
	return true, nil
}

func rowOutbox() plan.Step {
	return plan.Step{
		ID: plan.StepOutbox, Role: plan.RoleOutbox, Title: "Write the CSRs for the CA", Look: lookOutbox,
		Why:   "Files with clear names, and a text that tells the CA what it must not change.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-2", "SIG-3", "TRB-2"},
	}
}

// rowHandOver is where the CA begins to work. It may take days.
func rowHandOver() plan.Step {
	return plan.Step{
		ID: plan.StepHandOver, Role: plan.RoleHandOver, Title: "Hand the CSRs to the CA",
		Why:   "The CA signs; this may take days. The program can be ended meanwhile, and resumed here or by somebody else.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-3"},
		Ask: []plan.Question{{ID: "handed", Kind: plan.Choice, Needs: plan.Yes, Rule: "SIG-3", Text: "Have all CSRs been handed to the CA?",
			Means:   "The files and the text for the CA lie in the outbox.",
			Options: []plan.Option{{Value: plan.No, Label: "Not yet"}, {Value: plan.Yes, Label: "Yes, they are with the CA"}}}},
	}
}

func rowReply() plan.Step {
	return plan.Step{
		ID: plan.StepReply, Role: plan.RoleReply, Title: "Take the CA's reply",
		Why:   "Each certificate is matched to its node by its key, and the chain is built, before anything is uploaded.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-3", "SIG-5", "TRB-2", "TRB-3"},
		Ask:   []plan.Question{{ID: plan.AskReply, Kind: plan.Files, Rule: "SIG-3", Text: "Which files did the CA send?"}},
	}
}
