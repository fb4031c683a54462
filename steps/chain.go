package steps

import (
	"context"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookFetch takes what each server that scripts call sends in a handshake.
func lookFetch(ctx context.Context, j *plan.Job) (bool, error) {
	targets := j.Plan.Surveyed().Targets
	if len(targets) == 0 {
		return false, j.Refuse("REL-3", msg.T("There is nothing to upload."), msg.T("Start a new change and name the script server."), "The solution names no script server")
	}
	for _, t := range targets {
		j.Say("checking %s", t.Host)
		got, err := j.World.Probe(ctx, t.Node(), t.At())
		if err != nil {
			return false, err
		}
		p := plan.Peer{FQDN: t.Host, Port: t.At(), PEM: string(cert.PEM(got.Leaf))}
		for _, c := range got.Chain {
			p.Chain = append(p.Chain, string(cert.PEM(c)))
		}
		j.Seen.Peers = append(j.Seen.Peers, p)
	}
	return true, nil
}

// lookChain: every server's chain leads to a root, and a person has accepted it.
func lookChain(_ context.Context, j *plan.Job) (bool, error) {
	v := reply.ChainVerdict(j.Plan, nil)
	if !v.OK() {
		q := plan.Question{ID: plan.AskChain, Kind: plan.Files, Rule: "REL-3", Text: msg.T("Which files contain the missing CA certificates?"),
			Means: msg.T("The server did not send them. Get them from its administrators or from the CA's web page."), Lines: reply.FindingLines(v)}
		return false, &plan.Ask{Question: q}
	}
	cas := append(v.Roots, v.Intermediates...)
	if j.Answered(plan.AskChainOK) != plan.Yes {
		return false, &plan.Ask{Question: plan.Question{ID: plan.AskChainOK, Kind: plan.Choice, Rule: "REL-3", Needs: plan.Yes, Lines: reply.ChainLines(cas),
			Text: msg.T("Are these the CA certificates of the script servers?"),
			Means: msg.T("Compare the fingerprints with those that the server's administrators or the CA publish. UCCX will " +
				"trust every certificate that these CAs sign."),
			Options: []plan.Option{{Value: plan.No, Label: msg.T("No, or not compared yet")}, {Value: plan.Yes, Label: msg.T("Yes, upload them")}}}}
	}
	for _, ca := range cas {
		j.Seen.Chain = append(j.Seen.Chain, string(cert.PEM(ca)))
	}
	return true, nil
}

func scriptsRun(_ change.Scope, n vos.Node) bool { return n.Product.Traits().Scripts }

func rowFetch() plan.Step {
	return plan.Step{
		ID: plan.StepFetch, Role: plan.RolePeers, Title: "Fetch the chain of each script server", Look: lookFetch,
		Why:   "Reads the chain that each server presents. Nothing is trusted yet.",
		Undo:  "Nothing is changed.",
		Rules: []string{"REL-3"},
	}
}

func rowChain() plan.Step {
	return plan.Step{
		ID: plan.StepChain, Role: plan.RoleAccept, Title: "Complete and approve the chain", Look: lookChain,
		Why: "Servers rarely send their root, and a man in the middle could send any certificate. Compare the " +
			"fingerprints.",
		Undo:  "Nothing is changed.",
		Rules: []string{"REL-3"},
	}
}
