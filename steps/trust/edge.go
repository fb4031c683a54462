package trust

import (
	"cmp"
	"crypto/x509"
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Holding is what a trust store holds of a certificate that it should believe.
type Holding string

// HoldUnknown: it was not looked at, or the certificate is not known yet. HoldYes: the certificate itself, or every CA
// above it. HoldOld: another certificate of that name, or of that issuer. HoldNo: nothing of it.
const (
	HoldUnknown Holding = "unknown"
	HoldYes     Holding = "holds"
	HoldOld     Holding = "holds an older one"
	HoldNo      Holding = "missing"
)

// State is a relation and how it stands, as the journal tells.
type State struct {
	Relation
	Now   Holding  // what Into holds of the certificate that From serves
	Then  Holding  // what Into holds of the certificate that From will serve after its restart; Now where it gets no other
	New   bool     // this change gives From another certificate, which it does not serve yet
	Needs msg.Text // what is to be uploaded, in words; empty where nothing is
	Act   msg.Text // who must do something, in words; empty where no one must
}

// Breaks reports whether this change breaks the trust unless something is uploaded: From gets another certificate, which
// Into does not hold.
func (e State) Breaks() bool { return e.New && e.Then != HoldYes }

// Wrong reports whether the trust is broken already.
func (e State) Wrong() bool { return e.Now == HoldNo || e.Now == HoldOld }

// StatesOf returns who must trust whom and how each trust stands. It looks at nothing: it is the fold of what was seen.
func StatesOf(p *plan.Plan) []State {
	return statesFrom(EvidenceOf(p), RelationsOf(p))
}

// StatesInto returns the same of one node: whom it must trust.
func StatesInto(p *plan.Plan, fqdn string) []State {
	into := RelationsInto(p, fqdn)
	return statesFrom(NewEvidence(p, p.SightingsOf(ends(into, fqdn))), into)
}

func statesFrom(e Evidence, relations []Relation) []State {
	all := make([]State, 0, len(relations))
	for _, r := range relations {
		all = append(all, e.State(r))
	}
	return all
}

// Broken returns the trusts that this change has broken and nothing has mended: the new certificate is in, and the other
// node is known not to hold it; and those in a neighbour that it found broken and left. They stay owed. A guessed relation is
// shown, and not counted.
func Broken(p *plan.Plan) []State {
	var broken []State
	for _, e := range StatesOf(p) {
		_, done := ReplacingUnit(p, e.From.FQDN, e.Unit)
		if done && !e.Guess && (e.Then == HoldNo || e.Then == HoldOld) || peerOwed(p, e) {
			broken = append(broken, e)
		}
	}
	return broken
}

// Replacing reports whether this change gives a node another certificate, and whether the node holds it already.
func Replacing(p *plan.Plan, fqdn string) (is, done bool) { return ReplacingUnit(p, fqdn, "") }

// ReplacingUnit is Replacing for one identity of the node; empty: that of the change.
func ReplacingUnit(p *plan.Plan, fqdn, unit string) (is, done bool) {
	for _, row := range p.Steps() {
		if row.Owes.For != plan.ForIdentity || row.Unit != unit {
			continue
		}
		if t, ok := p.Task(plan.Task{Step: row.ID, Node: fqdn}); ok {
			is, done = true, t.State == plan.Done
		}
	}
	return is, done
}

// Evidence is what was seen so far, on every node, in the order of time.
type Evidence struct {
	plan   *plan.Plan
	seen   map[string][]plan.Sighting // node -> what was seen on it, or of it from elsewhere
	stores map[string]store           // node -> what is known of its trust store, once that was asked
}

// store is what was read of a trust store, and the files that were listed last.
type store struct {
	read   map[string]*x509.Certificate
	listed []vos.TrustFile
}

// NewEvidence files sightings, oldest first, under the nodes that they tell of.
func NewEvidence(p *plan.Plan, all []plan.Sighting) Evidence {
	e := Evidence{p, map[string][]plan.Sighting{}, map[string]store{}}
	for _, s := range all {
		e.seen[s.Task.Node] = append(e.seen[s.Task.Node], s)
		for i, peer := range s.Seen.Peers {
			known := peer.FQDN == s.Task.Node || slices.ContainsFunc(s.Seen.Peers[:i], func(o plan.Peer) bool { return o.FQDN == peer.FQDN })
			if !known {
				e.seen[peer.FQDN] = append(e.seen[peer.FQDN], s)
			}
		}
	}
	return e
}

// EvidenceOf is what all tasks saw.
func EvidenceOf(p *plan.Plan) Evidence { return NewEvidence(p, p.SightingsOf(nil)) }

// StoreOf is what is known of the trust store of one node.
func StoreOf(p *plan.Plan, fqdn string) (read map[string]*x509.Certificate, listed []vos.TrustFile) {
	return NewEvidence(p, p.SightingsOf([]string{fqdn})).Store(fqdn)
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

// State returns how a relation stands by this evidence.
func (e Evidence) State(r Relation) State {
	now, chain := e.Served(r)
	edge := State{Relation: r, Now: e.holds(r.Into.FQDN, now)}
	edge.Then = edge.Now
	if replaced, _ := ReplacingUnit(e.plan, r.From.FQDN, r.Unit); replaced && !e.proven(r.From.FQDN) {
		next := e.next(r.From.FQDN, r.Unit)
		if edge.New = next == nil || now == nil || !next.Equal(now); edge.New {
			edge.Then, chain, now = e.holds(r.Into.FQDN, next), e.chain(next), next
		}
	}
	if edge.Then == HoldYes || edge.Then == HoldUnknown && !edge.New {
		return edge
	}
	edge.Needs = needs(now, chain)
	edge.Act = msg.T("the administrators of %s", r.Into.FQDN)
	if _, into := e.plan.Node(r.Into.FQDN); into {
		edge.Act = msg.T("this change")
	}
	return edge
}

// Cure is what puts a missing trust right; where nothing is named that must be uploaded, this change does it.
func (s State) Cure() msg.Text {
	if s.Needs.IsZero() {
		return msg.T("No action needed: this change uploads what is missing.")
	}
	return msg.T("upload %s as tomcat-trust", s.Needs)
}

// needs says what has to be in the store, in words.
func needs(leaf *x509.Certificate, chain []*x509.Certificate) msg.Text {
	switch {
	case leaf == nil:
		return msg.T("its certificate, or every CA certificate above it")
	case cert.Classify(leaf) == cert.SelfSigned || cert.Classify(leaf) == cert.Root:
		return msg.T("its certificate: %s, serial %s", cert.Name(leaf), cert.Serial(leaf))
	}
	if len(chain) == 0 {
		return msg.T("every CA certificate above it up to the root, starting with %s (it does not send them)", cert.IssuerOf(leaf))
	}
	return msg.T("every CA certificate above it up to the root, starting with %s", cert.IssuerOf(leaf))
}

// Served is the certificate that From serves, as it was seen last, and what it sends after it.
func (e Evidence) Served(r Relation) (leaf *x509.Certificate, chain []*x509.Certificate) {
	if r.Unit == change.UnitECDSA { // which of the two an address presents depends on who asks: what the node holds
		return e.identity(r.From.FQDN, r.Unit), nil
	}
	var last string
	var sent []string
	for _, s := range e.seen[r.From.FQDN] {
		for _, peer := range s.Seen.Peers {
			if peer.FQDN == r.From.FQDN && peer.Port == r.Port && peer.PEM != "" {
				last, sent = peer.PEM, peer.Chain
			}
		}
		for _, port := range s.Seen.Served {
			if s.Task.Node == r.From.FQDN && port.Port == r.Port && port.PEM != "" {
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
func (e Evidence) identity(fqdn, unit string) *x509.Certificate {
	var last string
	for _, s := range e.seen[fqdn] {
		if own := s.Seen.Own(unit); s.Task.Node == fqdn && own != "" {
			last = own
		}
	}
	return cert.FromPEM(last)
}

// next is the certificate that a node of this change will serve, nil while unknown: the CA's, else one that
// the node has come to hold since the survey.
func (e Evidence) next(fqdn, unit string) *x509.Certificate {
	if leaf := certs.LeafOf(e.plan, fqdn, cmp.Or(unit, e.plan.Change().Main())); leaf != nil {
		return leaf
	}
	own, before := e.identity(fqdn, unit), e.plan.Survey(fqdn)
	if own == nil || before == nil || string(cert.PEM(own)) == before.Own(unit) {
		return nil
	}
	return own
}

// chain is what of the CA's reply, and of what was read anywhere, leads up from a certificate.
func (e Evidence) chain(leaf *x509.Certificate) []*x509.Certificate {
	if leaf == nil {
		return nil
	}
	c, _ := cert.Build(leaf, append(certs.ReplyRoots(e.plan), certs.ReplyIntermediates(e.plan)...))
	return c.CAs
}

// proven reports whether the new certificate of a node was seen on every address: nothing of it is still to come.
func (e Evidence) proven(fqdn string) bool {
	t, ok := e.plan.Task(plan.Task{Step: plan.LastRow(e.plan, plan.RoleProve), Node: fqdn})
	return ok && t.State == plan.Done
}

// Store is what is known of the trust store of a node: what was read of it, and the files that were listed last.
func (e Evidence) Store(fqdn string) (read map[string]*x509.Certificate, listed []vos.TrustFile) {
	known, ok := e.stores[fqdn]
	if !ok {
		known = e.fold(fqdn)
		e.stores[fqdn] = known
	}
	return known.read, known.listed
}

func (e Evidence) fold(fqdn string) store {
	k := store{read: map[string]*x509.Certificate{}}
	for _, s := range e.seen[fqdn] {
		if s.Task.Node != fqdn {
			continue
		}
		if s.Seen.Trust != nil {
			k.listed = s.Seen.Trust
			for file := range k.read {
				if !slices.ContainsFunc(k.listed, func(f vos.TrustFile) bool { return f.File == file }) {
					delete(k.read, file)
				}
			}
		}
		for _, file := range s.Seen.Store {
			if c := cert.FromPEM(file.PEM); c != nil {
				k.read[file.File] = c
			}
		}
	}
	return k
}

// holds judges what a store holds of a certificate.
func (e Evidence) holds(fqdn string, leaf *x509.Certificate) Holding {
	read, listed := e.Store(fqdn)
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
		if read[f.File] == nil && (certs.MayBe(f, leaf) || certs.MayBe(f, &x509.Certificate{Subject: leaf.Issuer})) {
			return HoldUnknown // a file of that name, which was not read
		}
	}
	if old {
		return HoldOld
	}
	return HoldNo
}
