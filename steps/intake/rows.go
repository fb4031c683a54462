package intake

import (
	"context"
	"path"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookOutbox writes one file per CSR, named after its node, and the text for the CA.
func lookOutbox(_ context.Context, j *plan.Job) (bool, error) {
	for _, f := range reply.OutboxFiles(j.Plan, j.World.Words) {
		at, err := j.Keep(path.Join(plan.Outbox, f.Name), f.Data)
		if err != nil {
			return false, &vos.Error{Class: vos.ErrRefused, What: msg.T("The files for the CA could not be written"), Err: err,
				Means: msg.T("Nothing was changed on any node."), Next: msg.T("Free disk space or restore write permission, then press Enter.")}
		}
		j.Seen.Files = append(j.Seen.Files, at)
	}
	return true, nil
}

// RowOutbox writes the CSRs and the letter to the CA (SIG-2, SIG-3).
func RowOutbox() plan.Step {
	return plan.Step{
		ID: plan.StepOutbox, Role: plan.RoleOutbox, Title: "Prepare the CSRs for the CA", Look: lookOutbox,
		Why:   "Writes one file per CSR and a letter that tells the CA what it must keep.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-2", "SIG-3", "TRB-2"},
	}
}

// RowHandOver is where the CA begins to work. It may take days.
func RowHandOver() plan.Step {
	return plan.Step{
		ID: plan.StepHandOver, Role: plan.RoleHandOver, Title: "Send the CSRs to the CA",
		Why:   "Signing may take days. You can quit meanwhile; resume later, or export the session for a colleague.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-3"},
		Ask: []plan.Question{{ID: plan.AskHanded, Kind: plan.Choice, Needs: plan.Yes, Rule: "SIG-3", Text: msg.T("Have you sent all CSRs to the CA?"),
			Means:   msg.T("The CSRs and the letter to the CA are in the outbox folder."),
			Options: []plan.Option{{Value: plan.No, Label: msg.T("Not yet")}, {Value: plan.Yes, Label: msg.T("Yes, all of them")}}}},
	}
}

// lookReply: the reply was taken, and a person has decided about its warnings. Files that come later are a new question.
func lookReply(_ context.Context, j *plan.Job) (bool, error) {
	found := reply.Warnings(j.Plan)
	switch {
	case len(found) == 0 || j.Answered(plan.AskWarnings) == plan.Yes:
		return true, nil
	case j.Answered(plan.AskWarnings) == plan.Back:
		if _, err := j.Keep(path.Join(plan.Outbox, "back-to-the-ca.txt"), []byte(reply.BackLetter(j.Plan, j.World.Words))); err != nil {
			return false, err
		}
		return false, &plan.Ask{Question: reply.AskAgain()}
	}
	return false, &plan.Ask{Question: reply.AskWarnings(found)}
}

// RowReply takes the CA's reply, and asks about its warnings (SIG-3).
func RowReply() plan.Step {
	return plan.Step{
		ID: plan.StepReply, Role: plan.RoleReply, Title: "Load the CA's reply", Look: lookReply,
		Why: "Matches each certificate to its node by its public key and checks the chain before anything is " +
			"uploaded.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-3", "SIG-5", "TRB-2", "TRB-3"},
		Ask:   []plan.Question{{ID: plan.AskReply, Kind: plan.Files, Rule: "SIG-3", Text: msg.T("Load the CA's reply")}},
	}
}

// lookRest: nothing is at the CA any more. What the CA sent later was judged, and its warnings decided, before it was taken.
func lookRest(_ context.Context, j *plan.Job) (bool, error) {
	if len(j.Plan.Scope().Late) == 0 {
		return true, nil
	}
	return false, &plan.Ask{Question: reply.AskRest(j.Plan)}
}

// RowRest takes what the CA sent later than the rest, where a part was installed before. It is on no plan else.
func RowRest() plan.Step {
	return plan.Step{
		ID: plan.StepRest, Role: plan.RoleRest, Since: 4, Title: "Load the rest of the CA's reply", Look: lookRest,
		Why: "Some certificates were installed while others were still at the CA. When the rest arrives, the remaining " +
			"nodes get their certificates and are restarted and verified.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-3", "SIG-5"},
	}
}
