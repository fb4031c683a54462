package engine

import (
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// knownCert holds the certificate that a node's API serves against the one that was accepted before. What was read as the
// node's own on a line that had proved itself is known too, and so is what the CA sent for it: a node serves the one until
// its restart, and the other after it.
func (e entrance) knownCert(shown *x509.Certificate) error {
	r, job, n := e.r, e.job, e.to
	pin, k := r.plan.CertPin(n.FQDN), vos.HostKey{Type: plan.CertKey, Fingerprint: cert.Fingerprint(shown)}
	pem := string(cert.PEM(shown))
	o, handed := plan.Proposed(r.plan, n.FQDN)
	switch {
	case pin != nil && *pin == k, sentHere(r, n.FQDN, pem), plan.HeldHere(r.plan, n.FQDN, pem):
		return nil
	case pin == nil && given(r, n, k.Fingerprint):
		return r.Append(plan.KindAnswered, job.Task, plan.Answer{Question: plan.AskCert, Value: plan.Yes, Key: &k, Why: msg.T("fingerprint given on the command line")})
	case pin == nil && handed:
		return handedCert(n, o, cert.Name(shown), k)
	case pin == nil:
		if held := lastHeld(r.plan, n.FQDN); held != nil {
			return changedCert(n.FQDN, cert.Fingerprint(held), k)
		}
		return &plan.Ask{Question: plan.Question{ID: plan.AskCert, Kind: plan.Choice, Key: &k,
			Text: msg.T("First connection to the certificate API of %s. Its certificate is %s, %s", n.FQDN, cert.Name(shown), k.Fingerprint),
			Means: msg.T("Compare the SHA-256 fingerprint with OS Administration (Security > Certificate Management), opened from a trusted machine, or with show cert own tomcat on the console. If it " +
				"differs, you are talking to another machine."),
			Options: []plan.Option{{Value: plan.No, Label: msg.T("No, stop")}, {Value: plan.Yes, Label: msg.T("Yes, the fingerprints match")}}}}
	}
	return changedCert(n.FQDN, pin.Fingerprint, k)
}

// lastHeld returns the certificate that a node was last seen to hold as its own, on a line that proved itself here; nil: none.
func lastHeld(p *plan.Plan, fqdn string) *x509.Certificate {
	all := []*x509.Certificate{certs.Leaf(p, fqdn), cert.FromPEM(certs.Regenerated(p, fqdn, p.Change().Main()))}
	if s := p.Survey(fqdn); s != nil {
		all = append(all, cert.FromPEM(s.Identity))
	}
	for _, c := range all {
		if c != nil && plan.HeldHere(p, fqdn, string(cert.PEM(c))) {
			return c
		}
	}
	return nil
}

// changedCert asks about a certificate that is not the one that is known of a node.
func changedCert(fqdn, was string, k vos.HostKey) error {
	return &plan.Ask{Question: plan.Question{ID: plan.AskChangedCert, Kind: plan.NodeName, Key: &k,
		Text: msg.T("STOP: the certificate of the API of %s changed from %s to %s", fqdn, was, k.Fingerprint),
		Means: msg.T("The certificate was replaced, or another machine is answering. No password was sent. Continue only " +
			"if you know why: type the node's name.")}}
}
