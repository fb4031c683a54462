package sim

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

// Page is OS Administration of one node, for someone who sits before it: what the CLI cannot is done here. Its errors are
// what the page says.
type Page struct{ n *node }

// Form is the page Generate Certificate Signing Request. Its zero value is what the CLI makes: the FQDN alone, 2048 bits,
// no Parent Domain (PRE-8).
type Form struct {
	Unit   string   // Certificate Purpose, "tomcat" where empty
	Multi  bool     // Distribution is Multi-server(SAN) (PRE-6)
	Parent string   // Parent Domain
	Names  []string // Other Domains; no IP addresses
	Bits   int      // Key Length of an RSA key, 2048 where zero
	OU     bool     // Include OU in CSR
}

// Page opens OS Administration of a node. It fails where the page would not load.
func (c *Cluster) Page(fqdn string) (*Page, error) {
	n := c.node(fqdn)
	if n == nil || n.target != nil || n.at() != ready {
		return nil, fmt.Errorf("https://%s:8443/cmplatform cannot be reached", fqdn)
	}
	return &Page{n}, nil
}

// GenerateCSR makes a request; the one before, and its key, are gone without a word. A multi-server request is made for
// all nodes of the cluster, and exported to them.
func (p *Page) GenerateCSR(f Form) error {
	return p.said(p.generate(f))
}

func (p *Page) generate(f Form) error {
	unit, err := p.n.unit(orTomcat(f.Unit), "")
	if err != nil {
		return err
	}
	if err := p.n.examineForm(f); err != nil {
		return err
	}
	f.Unit = unit
	made, err := p.n.request(f)
	if err != nil {
		return err
	}
	nodes := []*node{p.n}
	if f.Multi {
		nodes = p.n.g.nodes
	}
	for _, n := range nodes {
		err = errors.Join(err, n.change(func(d *nodeDisk) error {
			d.CSRs[unit] = made
			if n == p.n {
				d.Counts.CSRs++
			}
			return nil
		}))
	}
	return err
}

func orTomcat(unit string) string {
	if unit == "" {
		return "tomcat"
	}
	return unit
}

// examineForm refuses what the page refuses (docs/nodes.md 3). Guess [I]: its words.
func (n *node) examineForm(f Form) error {
	facts, _ := vos.Lookup(n.product, vos.Release(n.version))
	if f.Multi && (!facts.MultiServer.Value || n != n.g.nodes[0] || len(n.g.nodes) < 2) {
		return refuse("no-multi", nil)
	}
	if f.Bits != 0 && !slices.Contains([]int{1024, 2048, 3072, 4096}, f.Bits) {
		return refuse("bits", nil)
	}
	for _, name := range f.Names {
		if net.ParseIP(name) != nil || !targetWord.MatchString(strings.ToLower(name)) {
			return refuse("other-domains", transcripts.Values{"Name": name})
		}
	}
	return nil
}

// DownloadCSR returns the pending request of a unit in DER.
func (p *Page) DownloadCSR(unit string) ([]byte, error) {
	one, ok := p.n.look().CSRs[orTomcat(unit)]
	if !ok {
		return nil, p.said(refuse("no-csr", transcripts.Values{"Unit": orTomcat(unit)}))
	}
	return one.CSR, nil
}

// UploadOwn uploads the application certificate of a unit (SIG-7); the platform gives a multi-server one to all nodes.
func (p *Page) UploadOwn(unit string, leaf *x509.Certificate) error {
	return p.said(p.n.importOwn(orTomcat(unit), leaf))
}

// UploadTrust uploads one certificate into the trust store of a unit (SIG-4, SIG-5).
func (p *Page) UploadTrust(unit string, c *x509.Certificate) error {
	return p.said(p.n.importTrust(orTomcat(unit), c))
}

// Regenerate makes a new self-signed identity (SELF-3).
func (p *Page) Regenerate(unit string) error { return p.said(p.n.regenerate(orTomcat(unit))) }

// Delete removes a file from the trust store of a unit.
func (p *Page) Delete(unit, file string) error {
	p.n.g.mu.Lock()
	defer p.n.g.mu.Unlock()
	return p.said(p.n.g.distrust(p.n, trustStore(orTomcat(unit)), file))
}

// said puts a refusal into the words of the page: the long ones, without the line that the CLI adds.
func (p *Page) said(err error) error {
	var no *refusal
	if !errors.As(err, &no) {
		return err
	}
	text, err := no.text(p.n.c, true)
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(text, "\n")
	return errors.New(first)
}
