package sim

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// Snapshot is what was seen of another node that a simulated one stands for. What was not seen stays as in any lab.
type Snapshot struct {
	Own      map[string]*x509.Certificate        // unit -> what it holds
	Served   map[int]*x509.Certificate           // port -> what it serves there, where that is not what it holds
	Silent   []int                               // ports that did not answer
	Open     []int                               // ports that answered, also where few nodes serve them
	Requests map[string]*x509.CertificateRequest // unit -> pending request
	Trust    []Entry                             // its trust stores
	Above    []*x509.Certificate                 // CA certificates that were seen anywhere near it
	Services []vos.Service                       // as it lists them; nil: those of its product
	Domain   string                              // that it says it is in; empty: that of its name
	Boot     time.Time                           // when it came up; zero: some weeks ago
	Skew     time.Duration                       // how far its clock is ahead
}

// Entry is one file of a trust store. Cert nil: it was listed, not read.
type Entry struct {
	vos.TrustFile
	Cert *x509.Certificate
}

// fill makes new nodes stand for others.
func (c *Cluster) fill(all map[string]Snapshot) error {
	c.clones = newClones(c)
	for _, f := range all {
		c.clones.knows(f.Above...)
		for _, e := range f.Trust {
			c.clones.knows(e.Cert)
		}
	}
	var seen []*x509.Certificate
	for _, f := range all {
		for _, own := range f.Own {
			seen = append(seen, own)
		}
	}
	seen = append(seen, c.clones.cas...)
	for _, n := range c.nodes {
		f, ok := all[n.fqdn]
		if !ok || n.onDisk {
			continue
		}
		if err := n.impersonate(f, seen); err != nil {
			return fmt.Errorf("lab: %s: %w", n.fqdn, err)
		}
	}
	return nil
}

// impersonate makes a node stand for another one, of which seen certificates may lie in its trust store.
func (n *node) impersonate(f Snapshot, seen []*x509.Certificate) error {
	n.g.filled, n.listed = true, f.Services
	n.ports = slices.DeleteFunc(n.ports, func(p int) bool { return slices.Contains(f.Silent, p) })
	for _, p := range f.Open {
		if slices.Contains(n.mapped, p) && !slices.Contains(n.ports, p) {
			n.ports = append(n.ports, p)
		}
	}
	slices.Sort(n.ports)
	n.skew.Store(int64(f.Skew))
	return n.change(func(d *nodeDisk) error {
		d.Skew, d.Domain = f.Skew, f.Domain
		if !f.Boot.IsZero() {
			d.Boot = f.Boot
		}
		if err := n.trusts(d, f.Trust, seen); err != nil {
			return err
		}
		for unit, own := range f.Own {
			fp, err := n.cloneOf(d, own)
			if err != nil {
				return err
			}
			d.Held[unit] = fp
		}
		if n.target != nil {
			return n.servesChain(d, f)
		}
		if err := n.serveHeld(d, n.ports...); err != nil {
			return err
		}
		return n.serves(d, f)
	})
}

// cloneOf puts the clone of an identity and its key on the disk.
func (n *node) cloneOf(d *nodeDisk, of *x509.Certificate) (string, error) {
	clone, err := n.c.clones.get(of)
	if err != nil {
		return "", err
	}
	key, err := n.c.clones.key(of)
	if err != nil {
		return "", err
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	fp := fingerprint(clone.Raw)
	d.Identities[fp] = identity{clone.Raw, pkcs8}
	return fp, err
}

// servesChain lets a target send what was seen to be sent, and its owner have all of its chain.
func (n *node) servesChain(d *nodeDisk, f Snapshot) error {
	one := served{Identity: d.Held["tomcat"]}
	if one.Identity == "" {
		return nil
	}
	for _, ca := range f.Above {
		clone, err := n.c.clones.get(ca)
		if err != nil {
			return err
		}
		one.Chain = append(one.Chain, clone.Raw)
	}
	for _, port := range n.ports {
		d.Served[servedAt("tomcat", port)] = one
	}
	leaf, err := cert.FromDER(d.Identities[one.Identity].Cert)
	if err != nil {
		return err
	}
	files := map[string]*x509.Certificate{}
	for i, ca := range n.c.clones.chain(leaf) {
		files[fmt.Sprintf("%d.pem", i+1)] = ca
	}
	return n.publish(files)
}

// serves sets the ports that serve another certificate than the node holds, and the pending requests.
func (n *node) serves(d *nodeDisk, f Snapshot) error {
	for port, leaf := range f.Served {
		fp, err := n.cloneOf(d, leaf)
		if err != nil {
			return err
		}
		clone, err := n.c.clones.get(leaf)
		if err != nil {
			return err
		}
		chain, _ := d.chain("tomcat-trust", clone)
		d.Served[servedAt("tomcat", port)] = served{fp, chain}
	}
	for unit, csr := range f.Requests {
		p, err := n.c.clones.request(csr)
		if err != nil {
			return err
		}
		d.CSRs[unit] = p
	}
	return nil
}

// trusts fills the trust stores. A file that was not read is what its name tells: a certificate that was seen elsewhere,
// else one that is made up, and older than any that may come.
func (n *node) trusts(d *nodeDisk, all []Entry, seen []*x509.Certificate) error {
	for _, e := range all {
		was := e.Cert
		if was == nil {
			if i := slices.IndexFunc(seen, func(c *x509.Certificate) bool { return named(e.File, c) }); i >= 0 {
				was = seen[i]
			}
		}
		var c *x509.Certificate
		err := error(nil)
		if was != nil {
			c, err = n.c.clones.get(was)
		} else {
			c, err = n.unseen(e.File)
		}
		if err != nil {
			return err
		}
		d.Trust = append(d.Trust, trusted{e.Store, e.File, e.About, c.Raw})
	}
	return nil
}

// serialPart is the serial number at the end of the name of a trust file of newer releases.
var serialPart = lazyregexp.MustCompile(`_[0-9a-fA-F]{8,40}$`)

// Namesakes are the files of the trust store that were not read and have the name that a certificate would get: it is unknown
// whether the node would take that one (docs/nodes.md 6.8).
func (f Snapshot) Namesakes(of *x509.Certificate) []string {
	var all []string
	for _, e := range f.Trust {
		if e.Cert == nil && named(e.File, of) {
			all = append(all, e.Store+"/"+e.File)
		}
	}
	return all
}

// named reports whether a trust file is called as a certificate would be.
func named(file string, c *x509.Certificate) bool {
	base := strings.TrimSuffix(file, ".pem")
	cn := fileWord.ReplaceAllString(c.Subject.CommonName, "_")
	return cn != "" && (base == cn || base == fmt.Sprintf("%s_%x", cn, c.SerialNumber))
}

// unseen makes a certificate up of which the name of a file alone is known.
func (n *node) unseen(file string) (*x509.Certificate, error) {
	cn := serialPart.ReplaceAllString(strings.TrimSuffix(file, ".pem"), "")
	subject, err := asn1Name(cn)
	if err != nil {
		return nil, err
	}
	now := n.c.now().Truncate(time.Hour)
	c, _, err := n.c.clones.invent(subject, now.AddDate(-20, 0, 0), now.AddDate(10, 0, 0))
	return c, err
}

// asServices are the services that a node lists, each with the ports behind which the lab knows it to stand.
func asServices(listed []vos.Service, known []service) []service {
	var all []service
	for _, l := range listed {
		one := service{name: l.Name}
		if l.State != "STARTED" {
			one.off, one.still = l.Reason, true
		}
		if i := slices.IndexFunc(known, func(k service) bool { return strings.EqualFold(k.name, l.Name) }); i >= 0 {
			one.ports = known[i].ports
		}
		all = append(all, one)
	}
	return all
}

func asn1Name(cn string) ([]byte, error) {
	if cn == "" {
		return nil, errors.New("a trust file without a name")
	}
	return asn1.Marshal(pkix.Name{CommonName: cn}.ToRDNSequence())
}
