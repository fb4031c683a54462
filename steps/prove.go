package steps

import (
	"context"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/ports"
	"github.com/uccx-tui/uccx-tui/steps/precheck"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookProve: every client address of the node serves the new certificate with its whole chain (CLI-1 to CLI-8). Only this
// pays a restart debt. Where the chain alone is missing, looking again may never help: a person may go on knowing it.
func lookProve(ctx context.Context, j *plan.Job) (bool, error) {
	j.Say("checking every port")
	j.Seen.Served = ports.Probe(ctx, j)
	open := ports.Unproven(j, j.Seen.Served)
	if len(open) == 0 {
		if bare := ports.Unchained(j, j.Seen.Served); len(bare) > 0 {
			if j.Seen.Findings = append(j.Seen.Findings, bare...); j.Answered(plan.AskUnchained) != plan.Yes {
				return false, askUnchained(j.Node, bare)
			}
		}
		return true, lookBroken(ctx, j)
	}
	return false, &vos.Error{Class: vos.ErrRefused, Code: codes.NotServed, About: ports.Open(j, j.Seen.Served), Node: j.Node.FQDN, What: msg.T("not verified: %s", msg.Joined(open, "; ")),
		Means: msg.T("Clients of these ports do not get the new certificate yet."),
		Next: msg.T("If a service is still starting, press Enter to check again. If a port still presents the old " +
			"certificate, restart the node.")}
}

// lookBroken looks once more at both ends of every trust that ends in this node and is not known to stand. What is broken
// is a finding: the addresses are proven all the same.
func lookBroken(ctx context.Context, j *plan.Job) error {
	stands := true
	for _, e := range trust.StatesInto(j.Plan, j.Node.FQDN) {
		stands = stands && e.Now == trust.HoldYes
	}
	if stands {
		return nil
	}
	if err := lookRelations(ctx, j); err != nil {
		return err
	}
	j.Seen.Findings = append(j.Seen.Findings, checkTrust(ctx, j, j.Seen)...)
	return nil
}

func askUnchained(n vos.Node, bare []plan.Finding) error {
	return &plan.Ask{Question: plan.Question{ID: plan.AskUnchained, Kind: plan.Choice, Rule: "SIG-5", Lines: precheck.Lines(bare), Findings: bare,
		Text: msg.T("%s presents the new certificate without its chain.", n.FQDN),
		Means: msg.T("Clients that have only the root refuse it. The intermediate is missing from the trust store, or the " +
			"service started before it was uploaded. Some nodes never send it."),
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Check every port again")}, {Value: plan.Yes, Label: msg.T("Continue: the intermediates will be distributed to clients")}}}}
}

func wordsSurvey(p *plan.Plan, n vos.Node) []string {
	var words []string
	for _, d := range vos.DialoguesSurvey(p.Change().Main()) {
		words = append(words, d.Line)
	}
	if f := release.FactsOf(p, n); f.ECDSA.Value == vos.ECDSAChoice {
		words = append(words, vos.DialogueCertType().Line)
	}
	return words
}

func rowProve() plan.Step {
	return prove(plan.StepProve, plan.StepRestart, "The change is done only if clients get the new certificate with its full chain on every port.")
}

func rowBackProve() plan.Step {
	return prove(plan.StepBackProve, plan.StepBack, "Service is restored only if clients get a valid certificate on every port.")
}

func prove(id, pays, why string) plan.Step {
	return plan.Step{
		ID: id, Role: plan.RoleProve, Title: "Verify every port", On: believes, Look: lookProve, Pays: pays,
		Why:   why,
		Undo:  "Nothing is changed.",
		Rules: []string{"CLI-1", "CLI-2", "CLI-3", "CLI-4", "CLI-5", "CLI-6", "CLI-7", "CLI-8"},
	}
}
