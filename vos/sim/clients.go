package sim

import (
	"crypto/x509"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Authorities are the CA certificates of the lab that client PCs were given: roots and issuing CAs, those that there are.
func (a *CA) Authorities() []*x509.Certificate {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []*x509.Certificate
	for _, id := range []identity{a.disk.Root, a.disk.Issuing, a.disk.ECRoot, a.disk.ECIssuing} {
		if c, err := cert.FromDER(id.Cert); err == nil {
			all = append(all, c)
		}
	}
	return all
}

// Trusts reports whether a node of the lab would believe a certificate with what is in its tomcat-trust now; sent are the
// certificates that come with it. An odd critical extension is believed by no one (TRB-1).
func Trusts(c *Cluster, fqdn string, leaf *x509.Certificate, sent []*x509.Certificate, now time.Time) bool {
	n := c.node(fqdn)
	if n == nil || leaf == nil || len(leaf.UnhandledCriticalExtensions) > 0 {
		return false
	}
	n.g.mu.Lock()
	defer n.g.mu.Unlock()
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	for _, t := range n.disk.Trust {
		held, err := cert.FromDER(t.Cert)
		if err != nil || t.Store != "tomcat-trust" {
			continue
		}
		if held.Equal(leaf) {
			return now.Before(leaf.NotAfter)
		}
		roots.AddCert(held)
	}
	for _, ca := range slices.Clone(sent) {
		between.AddCert(ca)
	}
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	return err == nil
}
