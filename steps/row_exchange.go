package steps

import (
	"crypto/x509"
	"slices"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// peersOf returns what the cluster of a node must believe of the other nodes of this change, as the relations say (REL-1,
// REL-2, REL-4, REL-5): a self-signed certificate itself, or the CA certificates above a signed one. It was all read over
// the nodes' own CLI, not taken from the wire.
func peersOf(p *Plan, fqdn string) []*x509.Certificate {
	n, _ := p.Node(fqdn)
	mates := p.Scope().cluster(n)
	var all []*x509.Certificate
	for _, r := range p.Relations() {
		if !slices.ContainsFunc(mates, func(o vos.Node) bool { return o.FQDN == r.Into.FQDN }) {
			continue
		}
		for _, c := range believable(p, r.From.FQDN, r.Unit) {
			if !hasCert(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}

// believable returns what makes an identity of a node of this change believed: nothing for nodes that are not part of it.
// What is above a signed tomcat-ECDSA is not read by the survey.
func believable(p *Plan, fqdn, unit string) []*x509.Certificate {
	own := identityOf(p, fqdn)
	if unit == unitSecond {
		n, _ := p.Node(fqdn)
		own = secondIdentity(p, n)
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

// identityOf returns the certificate that a node is to serve after its next restart: the CA's once there is one, else the
// one that was regenerated, else the one that it held before; nil where it was not read.
func identityOf(p *Plan, fqdn string) *x509.Certificate {
	if leaf := Leaf(p, fqdn); leaf != nil {
		return leaf
	}
	if t, ok := p.Task(Task{stepRegenerate, fqdn}); ok && t.State == Done {
		return cert.FromPEM(t.Seen.Identity)
	}
	if s := p.Survey(fqdn); s != nil {
		return cert.FromPEM(s.Identity)
	}
	return nil
}

// secondIdentity returns the tomcat-ECDSA that a node is to serve, where it has one; nil where it has none, or is not to show it.
func secondIdentity(p *Plan, n vos.Node) *x509.Certificate {
	if leaf := leafOf(p, n.FQDN, unitSecond); leaf != nil {
		return leaf
	}
	s := p.Survey(n.FQDN)
	if s == nil || p.Scope().secondOf(n) == copSecond {
		return nil
	}
	return cert.FromPEM(s.Second)
}
