package steps

import (
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Questions about the certificate of a node's API. They are asked as those about its host key are.
const (
	askCert        = "certificate"
	askChangedCert = "certificate-changed"
)

// CertKey is the type of a HostKey that is no SSH key, but the certificate that a node's API serves.
const CertKey = "x509"

// knownCert holds the certificate that a node's API serves against the one that was accepted before. What was read as the
// node's own on a line that had proved itself is known too, and so is what the CA sent for it: a node serves the one until
// its restart, and the other after it.
func (r *Runner) knownCert(n vos.Node) func(*x509.Certificate) error {
	return func(shown *x509.Certificate) error {
		pin, k := r.plan.certPin(n.FQDN), vos.HostKey{Type: CertKey, Fingerprint: cert.Fingerprint(shown)}
		leaf := Leaf(r.plan, n.FQDN)
		switch {
		case pin != nil && *pin == k, leaf != nil && leaf.Equal(shown), r.plan.held(n.FQDN, string(cert.PEM(shown))):
			return nil
		case pin == nil:
			return &Ask{Question{ID: askCert, Kind: Choice, Key: &k, Args: []string{n.FQDN, cert.Name(shown), k.Fingerprint},
				Text:    "The API of %s shows this certificate for the first time: %s, %s",
				Means:   "Compare its SHA-256 fingerprint with what OS Administration shows, from a place that you trust. A wrong one means that somebody else answers.",
				Options: []Option{{no, "No, stop"}, {yes, "Yes, this is the node's certificate"}}}}
		}
		return &Ask{Question{ID: askChangedCert, Kind: NodeName, Key: &k, Args: []string{n.FQDN, pin.Fingerprint, k.Fingerprint},
			Text:  "STOP: the certificate of the API of %s has changed from %s to %s",
			Means: "It was replaced by somebody else, or somebody else answers. No password was sent. Only when you know why: type the node's name."}}
	}
}

// certPin returns the certificate of a node's API that was accepted, or nil.
func (p *Plan) certPin(fqdn string) *vos.HostKey {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if n := p.nodes[fqdn]; n != nil {
		return n.cert
	}
	return nil
}

// held reports whether a task has seen the node hold this certificate (PEM) as its own.
func (p *Plan) held(fqdn, pem string) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for t, k := range p.tasks {
		if t.Node == fqdn && (k.seen != nil && k.seen.Identity == pem || k.before != nil && k.before.Identity == pem) {
			return true
		}
	}
	return false
}
