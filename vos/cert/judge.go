package cert

import (
	"crypto/x509"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Verdict is what the CA sent, sorted and judged.
type Verdict struct {
	Chains        map[string]Chain    // Request.ID -> application certificate and the CAs above it
	Roots         []*x509.Certificate // of all chains, once each
	Intermediates []*x509.Certificate // of all chains, once each, nearest to the root first
	Missing       []Request           // requests without a usable certificate
	Gaps          []Missing           // issuers that chains lack
	Findings      []Finding
}

// OK reports whether every request is answered and nothing is at fault.
func (r Verdict) OK() bool {
	for _, f := range r.Findings {
		if f.Severity == Fault {
			return false
		}
	}
	return len(r.Missing) == 0 && len(r.Chains) > 0
}

// judging is the state of judging one reply.
type judging struct {
	Verdict
	now    time.Time
	checks []check
	asked  []Request
	leaves []Item
	keyed  map[string][]int // indexes of leaves, by public key
	cas    map[string]Item  // CA certificates, by public key
	seen   map[string]bool  // application certificates, by content
	pool   *certPool
	used   map[*x509.Certificate]bool
	kept   map[string]bool     // CAs of the chains, by content
	stores map[store]*certPool // the pool with a trust store
}

// store is a trust store by its list, not by its certificates: stores share them.
type store struct {
	first **x509.Certificate
	n     int
}

func newBench(files []File, now time.Time) *judging {
	b := &judging{now: now, checks: checks(), pool: newLibrary(nil), keyed: map[string][]int{}, cas: map[string]Item{}, seen: map[string]bool{}, used: map[*x509.Certificate]bool{}, kept: map[string]bool{}, stores: map[store]*certPool{}}
	b.Chains = map[string]Chain{}
	b.sort(files)
	return b
}

// Judge sorts what the CA sent and pairs it with the requests by public key, never by file name (SIG-3 to SIG-7).
// trusted are CA certificates known from elsewhere that may complete a chain; they are uploaded like the others.
func Judge(requests []Request, files []File, trusted []*x509.Certificate, now time.Time) Verdict {
	b := newBench(files, now)
	b.asked = requests
	for _, c := range trusted {
		b.pool.add(c)
	}
	for _, req := range requests {
		b.answer(req)
	}
	b.unmatched(files)
	b.warnSameName()
	b.leaveDuplicates(files)
	b.converted(files)
	b.unread(files)
	return b.Verdict
}

// sort lays out what is in the files: certificates once each, and a word about what does not belong there.
func (b *judging) sort(files []File) {
	for _, f := range files {
		for _, it := range f.Items {
			switch it.Kind {
			case Root, Intermediate:
				b.pool.add(it.Cert)
				b.cas[KeyID(it.Cert.PublicKey)] = it
			case Application, SelfSigned:
				if !b.seen[string(it.Cert.Raw)] {
					b.seen[string(it.Cert.Raw)] = true
					id := KeyID(it.Cert.PublicKey)
					b.keyed[id] = append(b.keyed[id], len(b.leaves))
					b.leaves = append(b.leaves, it)
				}
			case Key:
				b.say("key", Finding{File: it.Source, What: msg.T("the file contains a private key")})
			}
		}
	}
}

// say adds a finding; what stands fixed about it comes from the table.
func (b *judging) say(code string, f Finding) {
	for _, e := range remarks() {
		if e.code == code {
			b.Findings = append(b.Findings, e.fill(f))
		}
	}
}

// answer finds the certificate for one request. Of several, the one that begins last is taken.
func (b *judging) answer(req Request) {
	id := ""
	if req.CSR != nil {
		id = KeyID(req.CSR.PublicKey)
	}
	if id == "" { // an unknown key: nothing matches it
		b.Missing = append(b.Missing, req)
		return
	}
	var best *Item
	for _, i := range b.keyed[id] {
		it := b.leaves[i]
		b.used[it.Cert] = true
		if best == nil || it.Cert.NotBefore.After(best.Cert.NotBefore) {
			best = &b.leaves[i]
		}
	}
	if best == nil {
		b.Missing = append(b.Missing, req)
		if ca, ok := b.cas[id]; ok {
			b.say("as-ca", Finding{File: ca.Source, Node: req.Node, What: msg.T("it matches the CSR of %s but is a CA certificate", req.Node)})
		}
		return
	}
	if len(b.keyed[id]) > 1 {
		b.say("several", Finding{File: best.Source, Node: req.Node, What: msg.T("several certificates match the same CSR; the one with the latest start date is used")})
	}
	b.judgeOne(req, *best, req.ID())
}

// Look judges what can be judged without the requests: each application certificate, its chain, and whether it is for
// the node, as far as something of it is known.
func Look(of Request, files []File, now time.Time) Verdict {
	b := newBench(files, now)
	for _, it := range b.leaves {
		b.judgeOne(of, it, Name(it.Cert))
	}
	if of.Node != "" && len(b.leaves) == 0 {
		b.say("missing", b.whyMissing(files, Finding{Node: of.Node, What: msg.T("no application certificate found")}))
	}
	b.warnSameName()
	b.leaveDuplicates(files)
	b.converted(files)
	b.unread(files)
	return b.Verdict
}

// judgeOne builds the chain of one certificate and asks every check about it.
func (b *judging) judgeOne(req Request, it Item, name string) {
	pool := b.withHeld(req.Held)
	chain, err := b.pool.build(it.Cert, soundAt(b.now))
	if err != nil && len(req.Held) > 0 {
		if whole, e := pool.build(it.Cert, soundAt(b.now)); e == nil {
			chain, err = whole, nil
			b.completed(req, it, chain)
		}
	}
	if err != nil {
		b.gap(req, it, err)
	}
	p := pair{req: req, cert: it.Cert, chain: chain, now: b.now, all: b.asked, pool: pool}
	p.alt, p.dns = p.names()
	p.read = true
	for _, c := range b.checks {
		if what := c.look(p); !what.IsZero() {
			f := Finding{File: it.Source, Node: req.Node, What: what}
			if c.why != nil {
				c.why(p, &f)
			}
			b.Findings = append(b.Findings, c.fill(f))
		}
	}
	b.Chains[name] = chain
	b.keep(chain)
}

// withHeld is the pool with what a node's trust store holds; each store is sorted in once.
func (b *judging) withHeld(held []*x509.Certificate) *certPool {
	if len(held) == 0 {
		return b.pool
	}
	key := store{&held[0], len(held)}
	l := b.stores[key]
	if l == nil {
		l = b.pool.with(held)
		b.stores[key] = l
	}
	return l
}

// completed says which part of a chain the node holds already (SIG-5: a store that works is accepted).
func (b *judging) completed(req Request, it Item, chain Chain) {
	var names []string
	for _, ca := range chain.CAs {
		if !b.pool.known[string(ca.Raw)] {
			names = append(names, Name(ca))
		}
	}
	b.say("from-store", Finding{File: it.Source, Node: req.Node, What: msg.T("tomcat-trust already contains the rest of its chain: %s", List(names))})
}

// gap says why a chain does not reach a root.
func (b *judging) gap(req Request, it Item, err error) {
	var m *Missing
	if !errors.As(err, &m) {
		return
	}
	b.Gaps = append(b.Gaps, *m)
	for _, other := range b.leaves { // a CA that does not say that it is one
		if c := other.Cert; rfc5280.SameName(c.RawSubject, m.Of.RawIssuer) && c != m.Of && signedBy(m.Of, c) {
			b.used[c] = true
			b.say("not-ca", Finding{File: other.Source, Node: req.Node, What: msg.T("%s signed %s but is not a CA certificate", Name(c), Name(m.Of))})
			return
		}
	}
	if len(m.Loop) > 0 {
		b.say("chain", Finding{File: it.Source, Node: req.Node, What: msg.T("the chain is incomplete: %s", m.Text()),
			Cause: msg.T("Each of these CAs is cross-signed by another one. Nodes need a chain that ends in a self-signed root."),
			Cure:  msg.T("Ask the CA for the self-signed root certificate of one of them, and select it too.")})
		return
	}
	f := Finding{File: it.Source, Node: req.Node, What: msg.T("the chain is incomplete: %s", m.Text()), Cure: msg.T("Ask the CA for the certificate of %s.", m.Issuer)}
	switch {
	case m.Alike:
		f.Cause = msg.T("The CA renewed its key and sent the certificate of the old key.")
	case m.Renamed != "":
		f.Cause = msg.T("The CA has changed its name and kept its key. A chain needs the certificate with the name that the issuer has in %s.", Name(m.Of))
	}
	if len(m.AIA) > 0 {
		f.Cure = msg.T("Ask the CA for the certificate of %s, or download it from %s.", m.Issuer, strings.Join(m.AIA, " or "))
	}
	if root, ok := facts.RootNamed(m.Of.Issuer.CommonName); ok {
		f.Cause = msg.T("CAs do not send their public root: browsers have it, nodes do not.")
		f.Cure = msg.T("Download it from the CA: %s.", root.From)
		if root.SHA256 != "" {
			f.Cure = msg.T("%s Its SHA-256 is %s.", f.Cure, root.SHA256)
		}
		f.Fact = facts.RootsSource + " (" + facts.RootsDate + ")"
	} else if Classify(m.Of) == Intermediate && !m.Alike && m.Renamed == "" {
		f.Cause = msg.T("The CA did not send every CA certificate up to the root. ACME leaves out the root.")
	}
	for _, other := range b.asked {
		if other.Node != req.Node && len(other.Held) > 0 && len(newLibrary(other.Held).issuers(m.Of, nil)) > 0 {
			f.Cure = msg.T("%s The tomcat-trust of %s contains it: download it there.", f.Cure, other.Node)
			break
		}
	}
	b.say("chain", f)
}

// warnSameName warns of CAs that go into the same trust store under the same name.
func (b *judging) warnSameName() {
	first := map[string]*x509.Certificate{}
	for _, ca := range append(append([]*x509.Certificate{}, b.Roots...), b.Intermediates...) {
		cn := ca.Subject.CommonName
		if old := first[cn]; old != nil && cn != "" {
			b.say("same-cn", Finding{What: msg.T("two CA certificates have the name %s: serial %s and serial %s", Name(ca), Serial(old), Serial(ca))})
			continue
		}
		first[cn] = ca
	}
}

// leaveDuplicates names the CAs that were sent and bear the name of one that goes up: they stay behind.
func (b *judging) leaveDuplicates(files []File) {
	up := map[string]*x509.Certificate{}
	for _, ca := range slices.Concat(b.Roots, b.Intermediates) {
		up[ca.Subject.CommonName] = ca
	}
	said := map[string]bool{}
	for _, f := range files {
		for _, it := range f.Items {
			if it.Kind != Root && it.Kind != Intermediate || b.kept[string(it.Cert.Raw)] || said[string(it.Cert.Raw)] {
				continue
			}
			if other := up[it.Cert.Subject.CommonName]; other != nil && it.Cert.Subject.CommonName != "" {
				said[string(it.Cert.Raw)] = true
				b.say("left-out", Finding{File: it.Source, What: msg.T("two certificates have the name %s: serial %s (issued by %s) is uploaded, serial %s (issued by %s) is left out",
					Name(other), Serial(other), IssuerOf(other), Serial(it.Cert), IssuerOf(it.Cert))})
			}
		}
	}
}

// converted tells which files nodes would not take as they are.
func (b *judging) converted(files []File) {
	var changed []msg.Text
	for _, f := range files {
		if len(f.Forms) > 0 && len(f.Items) > 0 {
			var forms []msg.Text
			for _, form := range f.Forms {
				forms = append(forms, msg.English(form))
			}
			changed = append(changed, msg.T("%s (%s)", Shown(f.Name), msg.Joined(forms, ", ")))
		}
	}
	if len(changed) > 0 && len(b.Chains) > 0 {
		b.say("converted", Finding{What: msg.T("converted for the upload: %s", listed(changed))})
	}
}

// keep adds the CAs of a chain to what is uploaded: roots first, then from the root downwards.
func (b *judging) keep(chain Chain) {
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

// unmatched are application certificates that fit no request. One that bears the name of a node that still misses its
// certificate was made for another CSR: the most frequent mistake of all.
func (b *judging) unmatched(files []File) {
	for _, it := range b.leaves {
		if b.used[it.Cert] {
			continue
		}
		if node := b.bears(it.Cert); node != "" {
			b.say("key-mismatch", Finding{File: it.Source, Node: node, What: msg.T("the name is %s, but the key matches a different CSR", node)})
		} else {
			b.say("stranger", Finding{File: it.Source, What: msg.T("matches no CSR: %s", Name(it.Cert))})
		}
	}
	for _, req := range b.Missing {
		b.say("missing", b.whyMissing(files, Finding{Node: req.Node, What: msg.T("the certificate for %s is missing", req.ID())}))
	}
}

// bears returns the node without a certificate whose name a certificate bears.
func (b *judging) bears(c *x509.Certificate) string {
	for _, req := range b.Missing {
		if c.VerifyHostname(req.Node) == nil || strings.EqualFold(c.Subject.CommonName, req.Node) {
			return req.Node
		}
	}
	return ""
}

// Fetched is what the verdict says of CAs that were fetched from where a certificate says that its issuer is: their key
// signed it, and no more is known of them.
func Fetched(file File, of *x509.Certificate) []Finding {
	var all []Finding
	for _, it := range file.Items {
		b := &judging{}
		b.say("fetched", Finding{File: file.Name, What: msg.T("%s was downloaded as the issuer of %s. Its SHA-256 is %s", Name(it.Cert), Name(of), Fingerprint(it.Cert))})
		all = append(all, b.Findings...)
	}
	return all
}
