package steps

import (
	"cmp"
	"crypto/x509"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Hold is what a trust store holds of a certificate that it should believe.
type Hold string

// HoldUnknown: it was not looked at, or the certificate is not known yet. HoldYes: the certificate itself, or every CA
// above it. HoldOld: another certificate of that name, or of that issuer. HoldNo: nothing of it.
const (
	HoldUnknown Hold = "not known"
	HoldYes     Hold = "holds"
	HoldOld     Hold = "holds an old one"
	HoldNo      Hold = "missing"
)

// Edge is a relation and how it stands, as the journal tells.
type Edge struct {
	Relation
	Now   Hold   // what Into holds of the certificate that From serves
	Then  Hold   // what Into holds of the certificate that From will serve after its restart; Now where it gets no other
	New   bool   // this change gives From another certificate, which it does not serve yet
	Needs string // what is to be uploaded, in words; empty where nothing is
	Act   string // who must do something, in words; empty where nobody must
}

// Breaks reports whether this change breaks the trust unless something is uploaded: From gets another certificate, which
// Into does not hold.
func (e Edge) Breaks() bool { return e.New && e.Then != HoldYes }

// Wrong reports whether the trust is broken already.
func (e Edge) Wrong() bool { return e.Now == HoldNo || e.Now == HoldOld }

// Edges returns who must trust whom and how each trust stands. It looks at nothing: it is the fold of what was seen.
func (p *Plan) Edges() []Edge {
	return edges(p.evidence(), p.Relations())
}

// EdgesInto returns the same of one node: whom it must trust.
func (p *Plan) EdgesInto(fqdn string) []Edge {
	into := p.RelationsInto(fqdn)
	return edges(newEvidence(p, p.sightingsOf(ends(into, fqdn))), into)
}

func edges(e evidence, relations []Relation) []Edge {
	all := make([]Edge, 0, len(relations))
	for _, r := range relations {
		all = append(all, e.edge(r))
	}
	return all
}

// Broken returns the trusts that this change has broken and nothing has mended: the new certificate is in, and the other
// node is known not to hold it; and those in a neighbour that it found broken and left. They stay owed. A guessed relation is
// shown, and not counted.
func (p *Plan) Broken() []Edge {
	var broken []Edge
	for _, e := range p.Edges() {
		_, done := p.replacingUnit(e.From.FQDN, e.Unit)
		if done && !e.Guess && (e.Then == HoldNo || e.Then == HoldOld) || p.nearOwed(e) {
			broken = append(broken, e)
		}
	}
	return broken
}

// replacing reports whether this change gives a node another certificate, and whether the node holds it already.
func (p *Plan) replacing(fqdn string) (is, done bool) { return p.replacingUnit(fqdn, "") }

// replacingUnit is replacing for one identity of the node; empty: that of the change.
func (p *Plan) replacingUnit(fqdn, unit string) (is, done bool) {
	for _, row := range p.Steps() {
		if row.Owes.For != ForIdentity || row.Unit != unit {
			continue
		}
		if t, ok := p.Task(Task{row.ID, fqdn}); ok {
			is, done = true, t.State == Done
		}
	}
	return is, done
}

// evidence is what was seen so far, on every node, in the order of time.
type evidence struct {
	plan   *Plan
	seen   map[string][]sighting // node -> what was seen on it, or of it from elsewhere
	stores map[string]store      // node -> what is known of its trust store, once that was asked
}

// store is what was read of a trust store, and the files that were listed last.
type store struct {
	read   map[string]*x509.Certificate
	listed []vos.TrustFile
}

// newEvidence files sightings, oldest first, under the nodes that they tell of.
func newEvidence(p *Plan, all []sighting) evidence {
	e := evidence{p, map[string][]sighting{}, map[string]store{}}
	for _, s := range all {
		e.seen[s.task.Node] = append(e.seen[s.task.Node], s)
		for i, peer := range s.seen.Peers {
			known := peer.FQDN == s.task.Node || slices.ContainsFunc(s.seen.Peers[:i], func(o Peer) bool { return o.FQDN == peer.FQDN })
			if !known {
				e.seen[peer.FQDN] = append(e.seen[peer.FQDN], s)
			}
		}
	}
	return e
}

// evidence is what all tasks saw.
func (p *Plan) evidence() evidence { return newEvidence(p, p.sightingsOf(nil)) }

// storeOf is what is known of the trust store of one node.
func (p *Plan) storeOf(fqdn string) (read map[string]*x509.Certificate, listed []vos.TrustFile) {
	return newEvidence(p, p.sightingsOf([]string{fqdn})).store(fqdn)
}

// ends are the nodes at either end of relations that end in one node.
func ends(into []Relation, fqdn string) []string {
	these := []string{fqdn}
	for _, r := range into {
		these = append(these, r.From.FQDN)
	}
	slices.Sort(these)
	return slices.Compact(these)
}

type sighting struct {
	task Task
	at   time.Time
	seen *Seen
}

// sightingsOf are what was seen on some nodes, or of them from elsewhere, oldest first; nil: on all. A task that needs two
// nodes of a thousand must not go through all.
func (p *Plan) sightingsOf(names []string) []sighting {
	p.mu.RLock()
	defer p.mu.RUnlock()
	var all []sighting
	add := func(t Task) {
		if k := p.tasks[t]; k != nil && k.seen != nil {
			all = append(all, sighting{t, k.since, k.seen})
		}
	}
	from := names
	if names == nil {
		from = append([]string{""}, p.order...)
	}
	for _, row := range p.rows {
		for _, fqdn := range from {
			add(Task{row.ID, fqdn})
		}
	}
	for t := range p.tellers {
		k := p.tasks[t]
		if k != nil && k.seen != nil && names != nil && !slices.Contains(names, t.Node) &&
			slices.ContainsFunc(k.seen.Peers, func(peer Peer) bool { return slices.Contains(names, peer.FQDN) }) {
			add(t)
		}
	}
	slices.SortStableFunc(all, func(a, b sighting) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	return all
}

func (e evidence) edge(r Relation) Edge {
	now, chain := e.served(r)
	edge := Edge{Relation: r, Now: e.holds(r.Into.FQDN, now)}
	edge.Then = edge.Now
	if replaced, _ := e.plan.replacingUnit(r.From.FQDN, r.Unit); replaced && !e.proven(r.From.FQDN) {
		next := e.next(r.From.FQDN, r.Unit)
		if edge.New = next == nil || now == nil || !next.Equal(now); edge.New {
			edge.Then, chain, now = e.holds(r.Into.FQDN, next), e.chain(next), next
		}
	}
	if edge.Then == HoldYes || edge.Then == HoldUnknown && !edge.New {
		return edge
	}
	edge.Needs = needs(now, chain)
	edge.Act = "the administrators of " + r.Into.FQDN
	if _, into := e.plan.Node(r.Into.FQDN); into {
		edge.Act = "this change"
	}
	return edge
}

// needs says what has to be in the store, in words.
func needs(leaf *x509.Certificate, chain []*x509.Certificate) string {
	switch {
	case leaf == nil:
		return "its certificate, or every CA certificate above it"
	case cert.Classify(leaf) == cert.SelfSigned || cert.Classify(leaf) == cert.Root:
		return "its certificate: " + cert.Name(leaf) + ", serial " + cert.Serial(leaf)
	}
	text := "every CA certificate above it, up to the root, beginning with " + cert.IssuerOf(leaf)
	if len(chain) == 0 {
		text += "; it does not send them"
	}
	return text
}

// served is the certificate that From serves, as it was seen last, and what it sends after it.
func (e evidence) served(r Relation) (leaf *x509.Certificate, chain []*x509.Certificate) {
	if r.Unit == unitSecond { // which of the two an address presents depends on who asks: what the node holds
		return e.identity(r.From.FQDN, r.Unit), nil
	}
	var last string
	var sent []string
	for _, s := range e.seen[r.From.FQDN] {
		for _, peer := range s.seen.Peers {
			if peer.FQDN == r.From.FQDN && peer.Port == r.Port && peer.PEM != "" {
				last, sent = peer.PEM, peer.Chain
			}
		}
		for _, port := range s.seen.Served {
			if s.task.Node == r.From.FQDN && port.Port == r.Port && port.PEM != "" {
				last = port.PEM
			}
		}
	}
	if leaf = cert.FromPEM(last); leaf == nil { // it serves no certificate there that could be seen: what it holds
		leaf = e.identity(r.From.FQDN, "")
	}
	return leaf, cert.AllFromPEM(sent)
}

// identity is the certificate that a node holds for a unit, as it was seen last; empty: the unit of the change.
func (e evidence) identity(fqdn, unit string) *x509.Certificate {
	var last string
	for _, s := range e.seen[fqdn] {
		if own := s.seen.Own(unit); s.task.Node == fqdn && own != "" {
			last = own
		}
	}
	return cert.FromPEM(last)
}

// Own is the PEM that was seen of a unit; empty: the unit of the change.
func (s *Seen) Own(unit string) string {
	if unit == unitSecond {
		return s.Second
	}
	return s.Identity
}

// next is the certificate that a node of this change will serve, nil as long as nobody knows it: the CA's, else one that
// the node has come to hold since the survey.
func (e evidence) next(fqdn, unit string) *x509.Certificate {
	if leaf := leafOf(e.plan, fqdn, cmp.Or(unit, e.plan.Change().Unit)); leaf != nil {
		return leaf
	}
	own, before := e.identity(fqdn, unit), e.plan.Survey(fqdn)
	if own == nil || before == nil || string(cert.PEM(own)) == before.Own(unit) {
		return nil
	}
	return own
}

// chain is what of the CA's reply, and of what was read anywhere, leads up from a certificate.
func (e evidence) chain(leaf *x509.Certificate) []*x509.Certificate {
	if leaf == nil {
		return nil
	}
	c, _ := cert.Build(leaf, append(replyRoots(e.plan), replyIntermediates(e.plan)...))
	return c.CAs
}

// proven reports whether the new certificate of a node was seen on every address: nothing of it is still to come.
func (e evidence) proven(fqdn string) bool {
	t, ok := e.plan.Task(Task{e.plan.lastRow(RoleProve), fqdn})
	return ok && t.State == Done
}

// store is what is known of the trust store of a node: what was read of it, and the files that were listed last.
func (e evidence) store(fqdn string) (read map[string]*x509.Certificate, listed []vos.TrustFile) {
	known, ok := e.stores[fqdn]
	if !ok {
		known = e.fold(fqdn)
		e.stores[fqdn] = known
	}
	return known.read, known.listed
}

func (e evidence) fold(fqdn string) store {
	k := store{read: map[string]*x509.Certificate{}}
	for _, s := range e.seen[fqdn] {
		if s.task.Node != fqdn {
			continue
		}
		if s.seen.Trust != nil {
			k.listed = s.seen.Trust
			for file := range k.read {
				if !slices.ContainsFunc(k.listed, func(f vos.TrustFile) bool { return f.File == file }) {
					delete(k.read, file)
				}
			}
		}
		for _, file := range s.seen.Store {
			if c := cert.FromPEM(file.PEM); c != nil {
				k.read[file.File] = c
			}
		}
	}
	return k
}

// holds judges what a store holds of a certificate.
func (e evidence) holds(fqdn string, leaf *x509.Certificate) Hold {
	read, listed := e.store(fqdn)
	if leaf == nil || listed == nil && e.plan.Survey(fqdn) == nil {
		return HoldUnknown
	}
	var pool []*x509.Certificate
	old := false
	for _, c := range read {
		if c.Equal(leaf) {
			return HoldYes
		}
		pool = append(pool, c)
		old = old || c.Subject.CommonName != "" && (c.Subject.CommonName == leaf.Subject.CommonName || string(c.RawSubject) == string(leaf.RawIssuer))
	}
	if c, err := cert.Build(leaf, pool); err == nil && len(c.CAs) > 0 {
		return HoldYes
	}
	for _, f := range listed {
		if read[f.File] == nil && (mayBe(f, leaf) || mayBe(f, &x509.Certificate{Subject: leaf.Issuer})) {
			return HoldUnknown // a file of that name, which was not read
		}
	}
	if old {
		return HoldOld
	}
	return HoldNo
}
