package cert

import (
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Request is a CSR that went to the CA.
type Request struct {
	Node string // FQDN
	Unit string
	CSR  *x509.CertificateRequest
}

// Reply is what the CA sent, sorted and judged.
type Reply struct {
	Chains        map[string]Chain    // FQDN -> application certificate and the CAs above it
	Roots         []*x509.Certificate // of all chains, once each
	Intermediates []*x509.Certificate // of all chains, once each, nearest to the root first
	Missing       []Request           // requests without a usable certificate
	Findings      []Finding
}

// OK reports whether every request is answered and nothing is at fault.
func (r Reply) OK() bool {
	for _, f := range r.Findings {
		if f.Severity == Fault {
			return false
		}
	}
	return len(r.Missing) == 0 && len(r.Chains) > 0
}

// bench is the table at which a reply is judged.
type bench struct {
	Reply
	now    time.Time
	leaves []Item
	keyed  map[string][]int // indexes of leaves, by public key
	seen   map[string]bool  // application certificates, by content
	pool   *library
	used   map[*x509.Certificate]bool
	kept   map[string]bool // CAs of the chains, by content
}

func newBench(files []File, now time.Time) *bench {
	b := &bench{now: now, pool: newLibrary(nil), keyed: map[string][]int{}, seen: map[string]bool{}, used: map[*x509.Certificate]bool{}, kept: map[string]bool{}}
	b.Chains = map[string]Chain{}
	b.sort(files)
	return b
}

// Judge sorts what the CA sent and pairs it with the requests by public key, never by file name (SIG-3 to SIG-7).
// trusted are CA certificates known from elsewhere that may complete a chain; they are uploaded like the others.
func Judge(requests []Request, files []File, trusted []*x509.Certificate, now time.Time) Reply {
	b := newBench(files, now)
	for _, c := range trusted {
		b.pool.add(c)
	}
	for _, req := range requests {
		b.answer(req)
	}
	b.strangers(requests)
	b.nothing(files)
	return b.Reply
}

// sort lays out what is in the files: certificates once each, and a word about what does not belong there.
func (b *bench) sort(files []File) {
	for _, f := range files {
		if f.Err != nil && len(f.Items) > 0 {
			b.find(Finding{Code: "partly", Severity: Warning, File: f.Name, What: "not everything in it could be read: " + f.Err.Error(), Cure: "copy the whole file anew if something is missing"})
		}
		for _, it := range f.Items {
			switch it.Kind {
			case Root, Intermediate:
				b.pool.add(it.Cert)
			case Application, SelfSigned:
				if !b.seen[string(it.Cert.Raw)] {
					b.seen[string(it.Cert.Raw)] = true
					id := KeyID(it.Cert.PublicKey)
					b.keyed[id] = append(b.keyed[id], len(b.leaves))
					b.leaves = append(b.leaves, it)
				}
			case Key:
				b.find(Finding{Code: "key", Severity: Warning, File: it.Source, What: "it holds a private key", Rule: "SIG-1",
					Cause: "somebody made a key outside of the node", Cure: "delete it and tell the CA: the key of a node never leaves the node; it was not read"})
			}
		}
	}
}

func (b *bench) find(f Finding) {
	f.File = Printable(f.File)
	b.Findings = append(b.Findings, f)
}

// answer finds the certificate for one request. Of several, the one that begins last is taken.
func (b *bench) answer(req Request) {
	var best *Item
	for _, i := range b.keyed[KeyID(req.CSR.PublicKey)] {
		it := b.leaves[i]
		b.used[it.Cert] = true
		if best == nil || it.Cert.NotBefore.After(best.Cert.NotBefore) {
			if best != nil {
				b.find(Finding{Code: "several", Severity: Note, File: it.Source, Node: req.Node, What: "several certificates answer the same request; the one that begins last is taken"})
			}
			best = &b.leaves[i]
		}
	}
	if best == nil {
		b.Missing = append(b.Missing, req)
		return
	}
	b.weigh(req, *best, req.Node)
}

// Look judges what can be judged without the requests: each application certificate, its chain, and whether it is for
// the node, where one is named.
func Look(node string, files []File, now time.Time) Reply {
	b := newBench(files, now)
	for _, it := range b.leaves {
		b.weigh(Request{Node: node}, it, Name(it.Cert))
	}
	if node != "" && len(b.leaves) == 0 {
		b.find(Finding{Code: "missing", Severity: Fault, Node: node, Rule: "SIG-3", What: "there is no application certificate", Cure: "choose its file too, or ask the CA for it"})
	}
	b.nothing(files)
	return b.Reply
}

// weigh builds the chain of one certificate and asks every check about it.
func (b *bench) weigh(req Request, it Item, name string) {
	chain, err := b.pool.build(it.Cert)
	if err != nil {
		b.gap(req, it, err)
	}
	for _, c := range checks() {
		if what := c.look(pair{req, it.Cert, chain, b.now}); what != "" {
			b.find(Finding{Code: c.code, Severity: c.severity, File: it.Source, Node: req.Node, What: what, Cause: c.cause, Cure: c.cure, Says: c.says, Rule: c.rule})
		}
	}
	b.Chains[name] = chain
	b.keep(chain)
}

func (b *bench) gap(req Request, it Item, err error) {
	var m *Missing
	if !errors.As(err, &m) {
		return
	}
	f := Finding{Code: "chain", Severity: Fault, File: it.Source, Node: req.Node, Says: saysCA, Rule: "SIG-5",
		What: "its chain is not whole: " + m.Error(), Cause: "the CA did not send every CA certificate up to the root",
		Cure: "ask the CA for the certificate of " + m.Issuer}
	if len(m.AIA) > 0 {
		f.Cure += ", or fetch it from " + strings.Join(m.AIA, " or ")
	}
	b.find(f)
}

// keep adds the CAs of a chain to what is uploaded: roots first, then from the root downwards.
func (b *bench) keep(chain Chain) {
	for i := len(chain.CAs) - 1; i >= 0; i-- {
		ca := chain.CAs[i]
		if b.kept[string(ca.Raw)] {
			continue
		}
		b.kept[string(ca.Raw)] = true
		if b.pool.kind(ca) == Root {
			b.Roots = append(b.Roots, ca)
		} else {
			b.Intermediates = append(b.Intermediates, ca)
		}
	}
}

// strangers are application certificates that fit no request. One that bears the name of a node that still misses its
// certificate was made for another CSR: the most frequent mistake of all.
func (b *bench) strangers(requests []Request) {
	for _, it := range b.leaves {
		if b.used[it.Cert] {
			continue
		}
		f := Finding{Code: "stranger", Severity: Warning, File: it.Source, What: "it answers none of the requests: " + Name(it.Cert), Cure: "leave it out"}
		for _, req := range b.Missing {
			if it.Cert.VerifyHostname(req.Node) == nil || strings.EqualFold(it.Cert.Subject.CommonName, req.Node) {
				f = Finding{Code: "key-mismatch", Severity: Fault, File: it.Source, Node: req.Node, Says: saysKey, Rule: "SIG-1",
					What:  "it bears the name of " + req.Node + ", but was made for another CSR",
					Cause: "the CA signed an older request, or the CSR was made again since",
					Cure:  "have the CA sign the CSR that lies in the outbox"}
			}
		}
		b.find(f)
	}
	for _, req := range b.Missing {
		b.find(Finding{Code: "missing", Severity: Fault, Node: req.Node, Rule: "SIG-3",
			What: fmt.Sprintf("the certificate for %s is missing", req.Node), Cure: "choose its file too, or ask the CA for it"})
	}
}

// nothing says why files that hold no certificate at all were of no use, where nothing else was found.
func (b *bench) nothing(files []File) {
	if len(b.leaves)+len(b.pool.known) > 0 {
		return
	}
	if len(files) == 0 {
		b.find(Finding{Code: "empty", Severity: Fault, What: "there are no files", Cure: "choose the files that the CA sent"})
	}
	for _, f := range files {
		if f.Err != nil {
			b.find(Finding{Code: "unreadable", Severity: Fault, File: f.Name, What: f.Err.Error(), Says: saysForm, Cure: "choose the files that the CA sent"})
		} else if len(f.Items) > 0 && f.Items[0].Kind == CSR {
			b.find(Finding{Code: "csr", Severity: Fault, File: f.Name, What: "it is a CSR, not a certificate", Cure: "this goes to the CA; choose what the CA sent back"})
		}
	}
}
