package trust

import (
	"slices"
	"strings"
	"sync"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Relation is one trust of a solution: the certificate of From, or the CA certificates above it, belong into tomcat-trust
// of Into.
type Relation struct {
	From   vos.Node // who presents the certificate; a script target has no product
	Port   int      // where From presents it
	Unit   string   // identity of From that it is about; empty: tomcat
	Into   vos.Node // who must trust it
	Why    string   // what fails without it
	Rules  []string // ids of rules (docs/rules.md); empty where only docs/nodes.md has it
	Source string
	Guess  bool        // no document says it: say so where it is shown
	For    plan.Reason // what Into is restarted for when the trust changes
}

// Name is the node whose certificate it is about, with the identity where that is not tomcat.
func (r Relation) Name() string { return strings.TrimSpace(r.From.FQDN + " " + r.Unit) }

// ecdsa is the same trust in tomcat-ECDSA (EC-2). That a peer must hold a self-signed one is a guess: the guide speaks of
// signed ones.
func (r Relation) ecdsa() Relation {
	r.Unit, r.Guess, r.Source = change.UnitECDSA, true, "Cisco document 210528"
	r.Rules = append(slices.Clone(r.Rules), "EC-2")
	r.Why = "tomcat-ECDSA is presented in addition to tomcat. The Cisco guide requires trust in its CA and does not " +
		"mention self-signed certificates."
	return r
}

// Rule is one row of the table of relations: products that must trust products.
type Rule struct {
	From, Into vos.Product
	since      vos.Release // of Into; empty: always
	Why        string
	Rules      []string
	Source     string
	Guess      bool
}

// Rules is the table of relations (REL-1 to REL-5, SIG-9, docs/nodes.md 4). Each call makes a new list.
func Rules() []Rule { return slices.Clone(rules()) }

// rules is the table itself, made once: it is only read.
var rules = sync.OnceValue(func() []Rule {
	const (
		chat      = "Chat and email need trust between UCCX and CCP in both directions."
		live      = "Live Data connects to Finesse and CUIC. Without trust the gadgets stay empty."
		recording = "Recording and search (likely needed; the older Cisco guide was not available)."
	)
	rel4 := []string{"REL-4", "SIG-9"}
	return []Rule{
		{vos.CCP, vos.UCCX, "", chat, []string{"REL-1"}, "Cisco document 118855", false},
		{vos.UCCX, vos.CCP, "", chat, []string{"REL-2"}, "Cisco document 118855", false},
		{vos.CUCM, vos.UCCX, "12.5", "Agents log in through Unified CM. Without trust, Finesse shows Invalid User ID/Password.",
			[]string{"TRB-1"}, "UCCX installation and design guides", false},
		{vos.CUIC, vos.UCCX, "", "UCCX connects to the separate CUIC for reports and users.", nil, "UCCX installation and design guides", false},
		{vos.LiveData, vos.Finesse, "", live, rel4, "UCCE guide for CA certificates", false},
		{vos.Finesse, vos.LiveData, "", live, rel4, "UCCE guide for CA certificates", false},
		{vos.LiveData, vos.CUIC, "", live, rel4, "UCCE guide for CA certificates", false},
		{vos.CUIC, vos.LiveData, "", live, rel4, "UCCE guide for CA certificates", false},
		{vos.CUIC, vos.Finesse, "", "Finesse gadgets show CUIC reports.", rel4, "UCCE guide for CA certificates", false},
		{vos.Finesse, vos.CUIC, "", "Finesse gadgets show CUIC reports.", rel4, "UCCE guide for CA certificates", false},
		{vos.MediaSense, vos.UCCX, "", recording, []string{"REL-5"}, "an older 118855", true},
		{vos.UCCX, vos.MediaSense, "", recording, []string{"REL-5"}, "an older 118855", true},
		{vos.MediaSense, vos.Finesse, "", recording, []string{"REL-5"}, "an older 118855", true},
		{vos.Finesse, vos.MediaSense, "", recording, []string{"REL-5"}, "an older 118855", true},
	}
})

// Relations returns who must trust whom in a solution, neighbours and script targets among them, in the order of the
// table and then of the nodes. Where a release matters, the node's own counts; one that is not known counts as new.
func Relations(s vos.Solution) []Relation {
	return RelationsWhere(plan.Surveyed{Solution: s, Own: s.Nodes()}, func(vos.Node) bool { return true })
}

// RelationsWhere returns those that end in some nodes.
func RelationsWhere(s plan.Surveyed, ends func(into vos.Node) bool) []Relation {
	all := s.Own
	if len(s.Peers) > 0 {
		all = slices.Concat(s.Own, s.Peers)
	}
	var found []Relation
	intos := map[vos.Product][]vos.Node{}
	for i := range all {
		if ends(all[i]) {
			intos[all[i].Product] = append(intos[all[i].Product], all[i])
		}
	}
	for _, t := range rules() {
		intos := intos[t.Into]
		if len(intos) == 0 {
			continue
		}
		for _, from := range nodesOf(all, t.From, nil) {
			second := presentsECDSA(s, from)
			for _, into := range intos {
				if t.since.Known() && into.Release.Known() && into.Release.Before(t.since) {
					continue
				}
				one := Relation{From: from, Port: vos.PortAdmin, Into: into, For: plan.ForTrust, Why: t.Why,
					Rules: slices.Clone(t.Rules), Source: t.Source, Guess: t.Guess}
				if found = append(found, one); second {
					found = append(found, one.ecdsa())
				}
			}
		}
	}
	for _, target := range s.Targets {
		for _, into := range calling(s.Own, ends) {
			found = append(found, Relation{From: target.Node(), Port: target.At(), Into: into, For: plan.ForEngine, Rules: []string{"REL-3"}, Source: "Cisco document 118855",
				Why: "Scripts call it over HTTPS. UCCX trusts no public roots by default, so the complete chain is needed."})
		}
	}
	return found
}

func nodesOf(all []vos.Node, p vos.Product, these func(vos.Node) bool) []vos.Node {
	var some []vos.Node
	for i := range all {
		if all[i].Product == p && (these == nil || these(all[i])) {
			some = append(some, all[i])
		}
	}
	return some
}

// calling are the nodes whose scripts call HTTPS servers (REL-3).
func calling(all []vos.Node, these func(vos.Node) bool) []vos.Node {
	return slices.DeleteFunc(slices.Clone(all), func(n vos.Node) bool { return !n.Product.Traits().Scripts || !these(n) })
}

// RelationsOf returns who must trust whom in this change, with the releases that the survey read.
func RelationsOf(p *plan.Plan) []Relation {
	return presented(p, RelationsWhere(p.Surveyed(), func(vos.Node) bool { return true }))
}

// Watched returns the nodes whose certificates are looked at although this one need not hold them: a Unified CM certificate that
// has expired, or has other critical extensions, breaks logins at every release of UCCX (TRB-1).
func Watched(p *plan.Plan, fqdn string) []Relation {
	all := p.Surveyed()
	into, ours := all.Node(fqdn)
	if !ours {
		return nil
	}
	var found []Relation
	for _, t := range rules() {
		if t.Into != into.Product || !t.since.Known() || !into.Release.Known() || !into.Release.Before(t.since) {
			continue
		}
		for _, from := range nodesOf(all.Peers, t.From, nil) {
			found = append(found, Relation{From: from, Port: vos.PortAdmin, Into: into, For: plan.ForTrust, Why: t.Why, Rules: slices.Clone(t.Rules), Source: t.Source})
		}
	}
	return found
}

// presented leaves out what a COP keeps from being presented (EC-6).
func presented(p *plan.Plan, all []Relation) []Relation {
	scope := p.Scope()
	return slices.DeleteFunc(all, func(r Relation) bool { return r.Unit == change.UnitECDSA && scope.ECDSAOf(r.From) == change.ECDSACOP })
}

// RelationsInto returns whom one node must trust.
func RelationsInto(p *plan.Plan, fqdn string) []Relation {
	return presented(p, RelationsWhere(p.Surveyed(), func(n vos.Node) bool { return n.FQDN == fqdn }))
}

// presentsECDSA reports whether a node of the change presents tomcat-ECDSA on some of its addresses: UCCX and SocialMiner
// of 11.5 do (EC-1), and nodes that say so (show tls server cert_type). That of a peer is not read. The release is looked at first: a thousand nodes ask.
func presentsECDSA(s plan.Surveyed, n vos.Node) bool {
	if slices.Contains(s.ServesECDSA, n.FQDN) {
		return true
	}
	if !strings.HasPrefix(string(n.Release), "11.5") {
		return false
	}
	f, _ := vos.Lookup(n.Product, n.Release)
	_, ours := s.Node(n.FQDN)
	return ours && f.ECDSA.Value == vos.ECDSASecond && slices.ContainsFunc(f.Ports, func(p vos.Port) bool { return p.ECDSA })
}
