// Package uploads turns a verdict into the list of what goes where, in which order, and what stays behind.
package uploads

import (
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Upload is one certificate that goes to nodes.
type Upload struct {
	Number int // in the order of the uploads, from 1 (SIG-4, SIG-5, SIG-7)
	Store  string
	Kind   cert.Kind
	Cert   *x509.Certificate
	Source string   // the file in which it was found; empty: it is in a trust store already
	Nodes  []string // for which it goes up; empty: not known. A trust certificate goes to the publisher or primary (SIG-6)
	Held   []string // nodes whose trust store has it already, or a newer one that stands for it
	Shared bool     // one certificate for several nodes: it is uploaded once, on the publisher (PRE-6)
}

// Behind is something that was sent and is not uploaded.
type Behind struct {
	Source string
	What   msg.Text // printable
	Why    msg.Text
}

// Plan is what to do with a reply.
type Plan struct {
	Uploads []Upload
	There   []Upload // what all nodes that need it have already: it is not uploaded, and has no number
	Behind  []Behind
}

// Of makes the plan of a sound verdict. requests may be empty: then the names of the certificates stand for the nodes.
func Of(v cert.Verdict, requests []cert.Request, files []cert.File, now time.Time) Plan {
	var p Plan
	for _, ca := range slices.Concat(v.Roots, v.Intermediates) {
		u := Upload{Store: "tomcat-trust", Kind: cert.Classify(ca), Cert: ca, Source: sourceOf(files, ca), Nodes: needing(v, requests, ca), Held: holding(v, requests, ca, now)}
		if len(u.Nodes) > 0 && !slices.ContainsFunc(u.Nodes, func(n string) bool { return !slices.Contains(u.Held, n) }) {
			p.There = append(p.There, u)
			continue
		}
		p.add(u)
	}
	for _, id := range ids(v, requests) {
		leaf := v.Chains[id].Leaf
		u := Upload{Store: "tomcat", Kind: cert.Application, Cert: leaf, Source: sourceOf(files, leaf)}
		for _, r := range requests {
			if r.ID() == id {
				u.Nodes, u.Shared = []string{r.Node}, len(r.Peers) > 0 && names(leaf, r.Peers)
				if r.Unit != "" {
					u.Store = r.Unit
				}
			}
		}
		if len(requests) == 0 && len(leaf.DNSNames) > 0 {
			u.Nodes = printable(leaf.DNSNames)
		}
		p.add(u)
	}
	p.behind(files)
	return p
}

func (p *Plan) add(u Upload) {
	u.Number = len(p.Uploads) + 1
	p.Uploads = append(p.Uploads, u)
}

// ids are the chains in the order of the requests, or by name.
func ids(v cert.Verdict, requests []cert.Request) []string {
	var all []string
	for _, r := range requests {
		if _, ok := v.Chains[r.ID()]; ok && !slices.Contains(all, r.ID()) {
			all = append(all, r.ID())
		}
	}
	if len(requests) > 0 {
		return all
	}
	for id := range v.Chains {
		all = append(all, id)
	}
	slices.Sort(all)
	return all
}

// names reports whether a certificate bears the name of one of some nodes.
func names(c *x509.Certificate, nodes []string) bool {
	return slices.ContainsFunc(c.DNSNames, func(n string) bool {
		return slices.ContainsFunc(nodes, func(o string) bool { return strings.EqualFold(n, o) })
	})
}

func sourceOf(files []cert.File, c *x509.Certificate) string {
	for _, f := range files {
		for _, it := range f.Items {
			if it.Cert != nil && it.Cert.Equal(c) {
				return cert.Printable(it.Source)
			}
		}
	}
	return ""
}

// needing are the nodes whose chains hold a CA.
func needing(v cert.Verdict, requests []cert.Request, ca *x509.Certificate) []string {
	var nodes []string
	for _, r := range requests {
		if slices.ContainsFunc(v.Chains[r.ID()].CAs, ca.Equal) && !slices.Contains(nodes, r.Node) {
			nodes = append(nodes, r.Node)
		}
	}
	return nodes
}

// holding are the nodes whose trust store has a CA, or a newer one that stands for it by what the store holds or gets.
func holding(v cert.Verdict, requests []cert.Request, ca *x509.Certificate, now time.Time) []string {
	var nodes []string
	for _, r := range requests {
		others := slices.Concat(r.Held, v.Roots, v.Intermediates)
		has := slices.ContainsFunc(r.Held, func(h *x509.Certificate) bool { return h.Equal(ca) || cert.StandsFor(h, ca, others, now) })
		if has && !slices.Contains(nodes, r.Node) {
			nodes = append(nodes, r.Node)
		}
	}
	return nodes
}

// behind lists what was sent and does not go up.
func (p *Plan) behind(files []cert.File) {
	said := map[string]bool{}
	for _, f := range files {
		if len(f.Items) == 0 {
			why := msg.T("it contains nothing for a node")
			if f.Err != nil {
				why = msg.Of(f.Err).Mapped(cert.Printable)
			}
			p.Behind = append(p.Behind, Behind{cert.Printable(f.Name), msg.Text{}, why})
		}
		for _, it := range f.Items {
			switch {
			case it.Kind == cert.Key:
				p.Behind = append(p.Behind, Behind{cert.Printable(it.Source), msg.T("private key"), msg.T("the key of a node never leaves the node: delete this one")})
			case it.Kind == cert.CSR:
				p.Behind = append(p.Behind, Behind{cert.Printable(it.Source), msg.T("CSR"), msg.T("it goes to the CA")})
			case it.Cert != nil && !p.has(it.Cert) && !said[string(it.Cert.Raw)]:
				said[string(it.Cert.Raw)] = true
				p.Behind = append(p.Behind, Behind{cert.Printable(it.Source), msg.T("%s %s, serial %s, issued by %s", it.Kind, cert.Name(it.Cert), cert.Serial(it.Cert), cert.IssuerOf(it.Cert)), p.why(it)})
			}
		}
	}
}

func (p *Plan) has(c *x509.Certificate) bool {
	return slices.ContainsFunc(slices.Concat(p.Uploads, p.There), func(u Upload) bool { return u.Cert.Equal(c) })
}

func (p *Plan) why(it cert.Item) msg.Text {
	for _, u := range p.Uploads {
		if u.Cert.Subject.CommonName == it.Cert.Subject.CommonName && it.Cert.Subject.CommonName != "" {
			return msg.T("upload %d has the same name, and tomcat-trust keeps one certificate per name", u.Number)
		}
	}
	if it.Kind == cert.Root || it.Kind == cert.Intermediate {
		return msg.T("no chain needs it")
	}
	return msg.T("it matches no CSR")
}

func printable(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = cert.Printable(s)
	}
	return out
}

// maxName bounds the part of a file name that a certificate gives, in bytes.
const maxName = 64

// FileName is a clear file name for an upload, which any file system takes: number, store, kind and name.
func (u Upload) FileName() string {
	parts := []string{fmt.Sprintf("%02d", u.Number), u.Store}
	if u.Kind != cert.Application {
		parts = append(parts, u.Kind.String())
	}
	name := cert.Name(u.Cert)
	if u.Kind == cert.Application && len(u.Nodes) > 0 {
		name = u.Nodes[0]
	}
	return strings.Join(append(parts, safe(name)), "_") + ".pem"
}

// safe keeps letters, digits, dots and dashes of a name.
func safe(name string) string {
	out := strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, name)
	for strings.Contains(out, "--") {
		out = strings.ReplaceAll(out, "--", "-")
	}
	if out = strings.Trim(out[:min(len(out), maxName)], ".-"); out == "" {
		return "certificate"
	}
	return out
}
