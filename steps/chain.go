package steps

import (
	"context"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// lookFetch takes what each server that scripts call sends in a handshake.
func lookFetch(ctx context.Context, j *plan.Job) (bool, error) {
	targets := j.Plan.Targets()
	if len(targets) == 0 {
		return false, j.Refused("REL-3", "there is nothing to trust", "begin a new change, and name the server that scripts call", "no server is named in the solution")
	}
	for _, t := range targets {
		j.Say("looking at %s", t.Host)
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
		q := plan.Question{ID: plan.AskChain, Kind: plan.Files, Rule: "REL-3", Text: "Which files hold the missing CA certificates?",
			Means: "The server did not send them. Its administrators have them, or the CA's web page."}
		for _, f := range v.Findings {
			q.Lines = append(q.Lines, f.Node+": "+f.What)
		}
		return false, &plan.Ask{Question: q}
	}
	cas := append(v.Roots, v.Intermediates...)
	if j.Answered(plan.AskChainOK) != plan.Yes {
		return false, &plan.Ask{Question: plan.Question{ID: plan.AskChainOK, Kind: plan.Choice, Rule: "REL-3", Needs: plan.Yes, Lines: reply.ChainLines(cas),
			Text:    "Are these the CA certificates of the servers?",
			Means:   "Compare the fingerprints with what the administrators of the server or the CA publish. UCCX will believe whatever these sign.",
			Options: []plan.Option{{Value: plan.No, Label: "No, or not compared yet"}, {Value: plan.Yes, Label: "Yes, upload them"}}}}
	}
	for _, ca := range cas {
		j.Seen.Chain = append(j.Seen.Chain, string(cert.PEM(ca)))
	}
	return true, nil
}

func scriptsRun(_ plan.Scope, n vos.Node) bool { return n.Product == vos.UCCX }

func rowFetch() plan.Step {
	return plan.Step{
		ID: plan.StepFetch, Role: plan.RolePeers, Title: "Fetch the chain of each server", Look: lookFetch,
		Why:   "What the server sends in a TLS handshake is taken as it is; nothing is believed yet.",
		Undo:  "Nothing is changed.",
		Rules: []string{"REL-3"},
	}
}

func rowChain() plan.Step {
	return plan.Step{
		ID: plan.StepChain, Role: plan.RoleAccept, Title: "Complete and accept the chain", Look: lookChain,
		Why:   "Servers rarely send their root, and whoever sits on the line could send any: a person compares the fingerprints.",
		Undo:  "Nothing is changed.",
		Rules: []string{"REL-3"},
	}
}
