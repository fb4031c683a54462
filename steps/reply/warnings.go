package reply

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Warnings are those of the verdict on the reply that was taken: a person decides about them before anything is uploaded.
func Warnings(p *plan.Plan) []plan.Finding {
	r := p.Reply()
	if r == nil {
		return nil
	}
	return WarningsIn(*r)
}

// WarningsIn are the warnings among the notes of a reply.
func WarningsIn(r plan.Reply) []plan.Finding {
	return slices.DeleteFunc(slices.Clone(r.Notes), func(f plan.Finding) bool { return f.Severity != plan.Warning })
}

// AskWarnings is the question whether the reply is installed despite its warnings. The careful answer sends it back.
func AskWarnings(found []plan.Finding) plan.Question {
	return plan.Question{ID: plan.AskWarnings, Kind: plan.Choice, Rule: "SIG-3", Findings: found, Lines: lines(found),
		Text: msg.T("The CA's reply has warnings. Install it?"),
		Means: msg.T("Nothing has been uploaded. The nodes accept these certificates, so this is the last moment to send them " +
			"back. Your decision is recorded with your name and appears in the report."),
		Options: []plan.Option{{Value: plan.Back, Label: msg.T("No: send the reply back to the CA and load another one")},
			{Value: plan.Yes, Label: msg.T("Yes: accept the warnings and install it")}}}
}

// AskAgain asks for the CA's files once more.
func AskAgain() plan.Question {
	return plan.Question{ID: plan.AskReply, Kind: plan.Files, Rule: "SIG-3", Text: msg.T("Load the CA's next reply"),
		Means: msg.T("The letter to the CA is in the outbox folder: back-to-the-ca.txt.")}
}

func lines(found []plan.Finding) []msg.Text {
	var all []msg.Text
	for _, f := range found {
		all = append(all, msg.T("%s: %s", f.Severity, f.What))
	}
	return all
}
