package steps

import (
	"crypto/x509"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// peersOf returns what the cluster of a node must believe of the other nodes of this change, as the relations say (REL-1,
// REL-2, REL-4, REL-5): a self-signed certificate itself, or the CA certificates above a signed one. It was all read over
// the nodes' own CLI, not taken from the wire.
func peersOf(p *plan.Plan, fqdn string) []*x509.Certificate {
	n, _ := p.Node(fqdn)
	mates := p.Scope().Cluster(n)
	var all []*x509.Certificate
	for _, r := range trust.RelationsOf(p) {
		if !slices.ContainsFunc(mates, func(o vos.Node) bool { return o.FQDN == r.Into.FQDN }) {
			continue
		}
		for _, c := range believable(p, r.From.FQDN, r.Unit) {
			if !certs.HasCert(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}

// believable returns what makes an identity of a node of this change believed: nothing for nodes that are not part of it.
// What is above a signed tomcat-ECDSA is not read by the survey.
func believable(p *plan.Plan, fqdn, unit string) []*x509.Certificate {
	own := certs.IdentityOf(p, fqdn)
	if unit == change.UnitECDSA {
		n, _ := p.Node(fqdn)
		own = certs.ECDSAIdentity(p, n)
	}
	if own == nil {
		return nil
	}
	if cert.Classify(own) == cert.SelfSigned {
		return []*x509.Certificate{own}
	}
	if s := p.Survey(fqdn); s != nil && unit == "" {
		return cert.AllFromPEM(s.Chain)
	}
	return nil
}

func rowExchange(restart string) plan.Step {
	return plan.Step{
		ID: plan.StepExchange, Role: plan.RoleTrust, Title: "Exchange certificates between products", On: func(_ change.Scope, n vos.Node) bool { return n.TakesTrust() },
		Risk: plan.Changes, Look: lookTrust, Act: actTrust, Guard: pins.Guard, Usual: 12 * time.Second,
		Owes:   plan.Owing{Restart: restart, For: plan.ForTrust},
		Why:    "No node trusts a self-signed certificate until that certificate is in its tomcat-trust.",
		Effect: "None until the restart.",
		Undo:   trustUndo,
		Rules:  []string{"SELF-1", "SELF-2", "REL-1", "REL-2", "REL-4", "REL-5"}, Commands: wordsExchange,
	}
}

func rowExchanged(restart string) plan.Step {
	return plan.Step{
		ID: plan.StepExchanged, Role: plan.RoleTrust, Title: "Verify the exchange on the subscriber", On: func(_ change.Scope, n vos.Node) bool { return n.Role == vos.Subscriber },
		Risk: plan.Changes, Look: lookReplicated, Act: actTrust, Guard: pins.Guard, Usual: 10 * time.Second,
		Owes: plan.Owing{Restart: restart, For: plan.ForTrust},
		Why: "Cisco documents disagree on whether tomcat-trust replicates, so the subscriber is checked. What is " +
			"missing is uploaded there.",
		Effect: "None until the restart.",
		Undo:   trustUndo,
		Rules:  []string{"REL-1", "SIG-6"}, Commands: wordsExchange,
	}
}
