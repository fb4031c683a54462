package sim

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

func setPagination(s *session, args []string) error {
	if len(args) != 1 {
		return refuse("incomplete", nil)
	}
	word := strings.ToLower(args[0])
	if word != "on" && word != "off" {
		return refuse("unknown", nil)
	}
	if s.n.paged {
		return refuse("no-right", nil)
	}
	s.tty.pager = word == "on"
	s.say("set_cli_pagination.txt", transcripts.Values{"State": word})
	return nil
}

// setCSR makes a request; the one before, and its key, are gone without a word (docs/nodes.md 1.5).
func setCSR(s *session, args []string) error {
	if len(args) != 1 {
		return refuse("incomplete", nil)
	}
	unit, err := s.n.unit(args[0], "")
	if err != nil {
		return err
	}
	ou := true
	if s.n.askOU {
		if ou, err = s.yesNo("set_csr_gen_ou.txt", "set_csr_gen_ou.txt", nil); err != nil {
			return err
		}
	}
	if err := s.work(5 * time.Second); err != nil {
		return err
	}
	p, err := s.n.request(Form{Unit: unit, OU: ou})
	if err != nil {
		return err
	}
	err = s.n.change(func(d *nodeDisk) error {
		d.CSRs[unit] = p
		d.Counts.CSRs++
		return nil
	})
	if err == nil {
		s.say("set_csr_gen.txt", transcripts.Values{"Unit": unit})
	}
	return err
}

func setCertImport(s *session, args []string) error {
	if len(args) < 2 || len(args) > 3 {
		return refuse("incomplete", nil)
	}
	kind := strings.ToLower(args[0])
	if kind != "own" && kind != "trust" {
		return refuse("unknown", nil)
	}
	unit, err := s.n.unit(args[1], "")
	if err != nil {
		return err
	}
	s.say("set_cert_import_ask.txt", nil)
	text, err := s.pasted()
	if err != nil {
		return err
	}
	if err := s.work(10 * time.Second); err != nil {
		return err
	}
	c, err := pastedCertificate(text)
	if err != nil {
		return err
	}
	if kind == "own" {
		err = s.n.importByCLI(unit, c)
	} else {
		err = s.n.importTrust(unit, c)
	}
	if err == nil {
		s.say("set_cert_import.txt", transcripts.Values{"Unit": unit})
	}
	return err
}

// pastedCertificate reads one certificate in PEM.
func pastedCertificate(text []byte) (*x509.Certificate, error) {
	block, rest := pem.Decode(text)
	switch {
	case block == nil || block.Type != "CERTIFICATE":
		return nil, refuse("not-pem", nil)
	case bytes.Contains(rest, []byte("-----BEGIN ")):
		return nil, refuse("several", nil)
	}
	c, err := cert.FromDER(block.Bytes)
	if err != nil {
		return nil, refuse("unreadable", nil)
	}
	if key, ok := c.PublicKey.(*rsa.PublicKey); ok && key.N.BitLen() > 4096 {
		return nil, refuse("big", nil)
	}
	return c, nil
}

// importTrust takes a certificate into the trust store of a unit (SIG-4, SIG-5), and into that of the subscriber (SIG-6).
func (n *node) importTrust(unit string, c *x509.Certificate) error {
	n.g.mu.Lock()
	defer n.g.mu.Unlock()
	if err := n.g.prepare(); err != nil {
		return err
	}
	if n.now().After(c.NotAfter) {
		return refuse("expired", nil)
	}
	err := n.changeLocked(func(d *nodeDisk) error {
		d.trust(trustStore(unit), c, n.serials, false)
		d.Counts.TrustUploads[fingerprint(c.Raw)]++
		return nil
	})
	if err != nil || n != n.g.nodes[0] {
		return err
	}
	return n.g.replicate()
}

// trustStore is where the trust of a unit lies: tomcat and tomcat-ECDSA have one store (EC-2).
func trustStore(unit string) string {
	return strings.TrimSuffix(unit, "-ECDSA") + "-trust"
}

// importOwn takes an application certificate (SIG-7): the request is used up, and the node holds the new identity, which
// it serves after a restart.
func (n *node) importOwn(unit string, c *x509.Certificate) error {
	n.g.mu.Lock()
	defer n.g.mu.Unlock()
	if err := n.g.prepare(); err != nil {
		return err
	}
	p, ok := n.disk.CSRs[unit]
	if !ok {
		return refuse("no-csr", transcripts.Values{"Unit": unit})
	}
	if err := n.examine(unit, p, c); err != nil {
		return err
	}
	err := n.changeLocked(func(d *nodeDisk) error {
		delete(d.CSRs, unit)
		d.Counts.OwnUploads++
		return n.hold(d, unit, identity{c.Raw, p.Key})
	})
	if err == nil && p.Multi {
		err = n.g.distribute(n, unit, identity{c.Raw, p.Key})
	}
	return errors.Join(err, n.g.introduce())
}

// distribute gives a multi-server identity to the other nodes, which serve it after a restart. The caller holds the lock.
func (g *group) distribute(from *node, unit string, id identity) error {
	var all error
	for _, n := range g.nodes {
		if n != from && !n.disk.Off {
			all = errors.Join(all, n.changeLocked(func(d *nodeDisk) error {
				delete(d.CSRs, unit)
				return n.hold(d, unit, id)
			}))
		}
	}
	return all
}

// importByCLI is importOwn with what the CLI alone refuses: multi-server certificates from 14SU2 on (docs/nodes.md 1.5).
func (n *node) importByCLI(unit string, c *x509.Certificate) error {
	if n.look().CSRs[unit].Multi && !vos.Release(n.version).Before("14.0") {
		return refuse("multi", nil)
	}
	return n.importOwn(unit, c)
}

// examine compares a certificate with the pending request, in the order of what a node finds first. Guess [I]: the order.
func (n *node) examine(unit string, p pending, c *x509.Certificate) error {
	csr, err := cert.RequestFromDER(p.CSR)
	if err != nil {
		return err
	}
	key, ok := csr.PublicKey.(interface{ Equal(crypto.PublicKey) bool })
	switch {
	case !ok || !key.Equal(c.PublicKey):
		return refuse("key", nil)
	case slices.ContainsFunc(c.DNSNames, func(s string) bool { return strings.HasPrefix(s, "*.") }):
		return refuse("wildcard", nil)
	case !slices.Equal(names(csr.DNSNames, csr.IPAddresses, csr.EmailAddresses), names(c.DNSNames, c.IPAddresses, c.EmailAddresses)):
		return refuse("san", nil)
	case n.now().After(c.NotAfter):
		return refuse("expired", nil)
	case n.now().Before(c.NotBefore):
		return refuse("early", nil)
	}
	if _, whole := n.disk.chain(trustStore(unit), c); !whole || issued(c, c) {
		return refuse("no-ca", nil)
	}
	return nil
}

// setCertRegen makes a new self-signed identity in place of whatever was there.
func setCertRegen(s *session, args []string) error {
	if len(args) != 1 {
		return refuse("incomplete", nil)
	}
	unit, err := s.n.unit(args[0], "")
	if err != nil {
		return err
	}
	if err := s.confirm("set_cert_regen_ask.txt", "set_cert_regen_again.txt", transcripts.Values{"Unit": unit}); err != nil {
		return err
	}
	if err := s.n.regenerate(unit); err != nil {
		return err
	}
	s.say("set_cert_regen.txt", transcripts.Values{"Unit": unit})
	return nil
}

func (n *node) regenerate(unit string) error {
	return introduced(n, func(d *nodeDisk) error {
		d.Counts.Regenerated++
		return n.renew(d, unit, n.now())
	})
}

// introduced changes the certificates of a node, and shows them to its cluster.
func introduced(n *node, change func(*nodeDisk) error) error {
	n.g.mu.Lock()
	defer n.g.mu.Unlock()
	if err := n.g.prepare(); err != nil {
		return err
	}
	if err := n.changeLocked(change); err != nil {
		return err
	}
	return n.g.introduce()
}

// setCertDelete removes a file from a trust store; identities cannot be deleted (docs/nodes.md 1.5).
func setCertDelete(s *session, args []string) error {
	if len(args) != 2 {
		return refuse("incomplete", nil)
	}
	unit, err := s.n.unit(strings.TrimSuffix(args[0], "-trust"), "")
	if err != nil {
		return err
	}
	if strings.EqualFold(args[1], unit+".pem") {
		return refuse("own-file", transcripts.Values{"Path": unit + "/" + args[1]})
	}
	if _, err := s.n.prepared(); err != nil {
		return err
	}
	s.n.g.mu.Lock()
	err = s.n.g.distrust(s.n, trustStore(unit), args[1])
	s.n.g.mu.Unlock()
	if err == nil {
		s.say("set_cert_delete.txt", transcripts.Values{"Store": trustStore(unit), "File": args[1]})
	}
	return err
}
