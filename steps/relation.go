package steps

import (
	"slices"
	"strings"

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
	Rules  []string // ids of domain.md; empty where only vos-facts has it
	Source string
	Guess  bool   // no document says it: say so where it is shown
	For    Reason // what Into is restarted for when the trust changes
}

// Name is the node whose certificate it is about, with the identity where that is not tomcat.
func (r Relation) Name() string { return strings.TrimSpace(r.From.FQDN + " " + r.Unit) }

// presentsSecond reports whether a node of the change presents tomcat-ECDSA on some of its addresses: UCCX and SocialMiner
// of 11.5 do (EC-1). Nobody reads a neighbour's. The release is looked at first: a thousand nodes ask.
func (s stage) presentsSecond(n vos.Node) bool {
	if !strings.HasPrefix(string(n.Release), "11.5") {
		return false
	}
	f, _ := vos.Lookup(n.Product, n.Release)
	_, ours := s.Node(n.FQDN)
	return ours && f.ECDSA.Value == vos.ECDSASecond
}

// second is the same trust in tomcat-ECDSA (EC-2). That a peer must hold a self-signed one is a guess: the guide speaks of
// signed ones.
func (r Relation) second() Relation {
	r.Unit, r.Guess, r.Source = unitSecond, true, "210528 (002)"
	r.Rules = append(slices.Clone(r.Rules), "EC-2")
	r.Why = "It is presented beside tomcat. Guess: the guide says that its CA must be known, and nothing of self-signed ones."
	return r
}

// ServiceEngine is what reads the trust store for the calls of scripts (REL-3).
const ServiceEngine = "Cisco Unified CCX Engine"

// Restart is what is typed on Into when the trust has changed, as the table of restarts says.
func (r Relation) Restart() string {
	row, _ := RestartFor(r.Into.Product, r.Into.Release, r.For)
	return strings.Join(row.Words(), "; ")
}

// trusting is one row of the table of relations: products that must trust products.
type trusting struct {
	from, into vos.Product
	since      vos.Release // of Into; empty: always
	why        string
	rules      []string
	source     string
	guess      bool
}

// trustings is the table of relations (domain.md Relations, SIG-9, vos-facts 4). It is made anew at each call.
func trustings() []trusting {
	const (
		chat      = "Chat and e-mail go between UCCX and CCP in both directions."
		live      = "Live Data talks to Finesse and to CUIC; without the trust the gadgets stay empty."
		recording = "Recording and search. Guess: an older guide has the sections, their text was not at hand."
	)
	rel4 := []string{"REL-4", "SIG-9"}
	return []trusting{
		{vos.CCP, vos.UCCX, "", chat, []string{"REL-1"}, "118855 (000)", false},
		{vos.UCCX, vos.CCP, "", chat, []string{"REL-2"}, "118855 (000)", false},
		{vos.CUCM, vos.UCCX, "12.5", "Agents log in through Unified CM: without it Finesse says Invalid User ID/Password (from 12.5(1)SU1).",
			[]string{"TRB-1"}, "UCCX install and design guides, vos-facts 4", false},
		{vos.CUIC, vos.UCCX, "", "UCCX reads reports and users of a CUIC of its own.", nil, "UCCX install and design guides, vos-facts 4", false},
		{vos.LiveData, vos.Finesse, "", live, rel4, "UCCE guide (004)", false},
		{vos.Finesse, vos.LiveData, "", live, rel4, "UCCE guide (004)", false},
		{vos.LiveData, vos.CUIC, "", live, rel4, "UCCE guide (004)", false},
		{vos.CUIC, vos.LiveData, "", live, rel4, "UCCE guide (004)", false},
		{vos.CUIC, vos.Finesse, "", "Gadgets of Finesse show reports of CUIC.", rel4, "UCCE guide (004)", false},
		{vos.Finesse, vos.CUIC, "", "Gadgets of Finesse show reports of CUIC.", rel4, "UCCE guide (004)", false},
		{vos.MediaSense, vos.UCCX, "", recording, []string{"REL-5"}, "an older 118855", true},
		{vos.UCCX, vos.MediaSense, "", recording, []string{"REL-5"}, "an older 118855", true},
		{vos.MediaSense, vos.Finesse, "", recording, []string{"REL-5"}, "an older 118855", true},
		{vos.Finesse, vos.MediaSense, "", recording, []string{"REL-5"}, "an older 118855", true},
	}
}

// Relations returns who must trust whom in a solution, neighbours and script targets among them, in the order of the
// table and then of the nodes. Where a release matters, the node's own counts; one that is not known counts as new.
func Relations(s vos.Solution) []Relation {
	return relations(stage{s, s.Nodes()}, func(vos.Node) bool { return true })
}

// stage is a solution and its nodes in one list.
type stage struct {
	vos.Solution
	own []vos.Node
}

// relations returns those that end in some nodes.
func relations(s stage, ends func(into vos.Node) bool) []Relation {
	all := s.own
	if len(s.Neighbours) > 0 {
		all = slices.Concat(s.own, s.Neighbours)
	}
	var found []Relation
	intos := map[vos.Product][]vos.Node{}
	for i := range all {
		if ends(all[i]) {
			intos[all[i].Product] = append(intos[all[i].Product], all[i])
		}
	}
	for _, t := range trustings() {
		intos := intos[t.into]
		if len(intos) == 0 {
			continue
		}
		for _, from := range of(all, t.from, nil) {
			second := s.presentsSecond(from)
			for _, into := range intos {
				if t.since.Known() && into.Release.Known() && into.Release.Before(t.since) {
					continue
				}
				one := Relation{From: from, Port: vos.PortAdmin, Into: into, For: ForTrust, Why: t.why,
					Rules: slices.Clone(t.rules), Source: t.source, Guess: t.guess}
				if found = append(found, one); second {
					found = append(found, one.second())
				}
			}
		}
	}
	for _, target := range s.Targets {
		for _, into := range of(s.own, vos.UCCX, ends) {
			found = append(found, Relation{From: target.Node(), Port: target.At(), Into: into, For: ForEngine, Rules: []string{"REL-3"}, Source: "118855 (000)",
				Why: "Scripts call it over HTTPS; the store holds no public roots, so its whole chain is needed."})
		}
	}
	return found
}

func of(all []vos.Node, p vos.Product, these func(vos.Node) bool) []vos.Node {
	var some []vos.Node
	for i := range all {
		if all[i].Product == p && (these == nil || these(all[i])) {
			some = append(some, all[i])
		}
	}
	return some
}

// Relations returns who must trust whom in this change, with the releases that the survey read.
func (p *Plan) Relations() []Relation {
	return p.presented(relations(p.surveyed(), func(vos.Node) bool { return true }))
}

// presented leaves out what a COP keeps from being presented (EC-6).
func (p *Plan) presented(all []Relation) []Relation {
	scope := p.Scope()
	return slices.DeleteFunc(all, func(r Relation) bool { return r.Unit == unitSecond && scope.secondOf(r.From) == copSecond })
}

// RelationsInto returns whom one node must trust.
func (p *Plan) RelationsInto(fqdn string) []Relation {
	return p.presented(relations(p.surveyed(), func(n vos.Node) bool { return n.FQDN == fqdn }))
}

// surveyed is the solution with the releases that the survey read. It is made anew only where something has changed: a
// thousand nodes ask a thousand times. Nobody may write to it.
func (p *Plan) surveyed() stage {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if s := p.staged.Load(); s != nil {
		return *s
	}
	s := stage{Solution: p.change.Solution}
	s.Clusters, s.Neighbours, s.Targets = nil, p.neighbours(), p.targets()
	for _, c := range p.change.Solution.Clusters {
		nodes := make([]vos.Node, len(c.Nodes))
		for i, n := range c.Nodes {
			nodes[i] = p.nodes[n.FQDN].node
			if t := p.tasks[Task{stepSurvey, n.FQDN}]; t != nil {
				nodes[i].Release = surveyedRelease(t.seen, nodes[i])
			}
		}
		s.Clusters = append(s.Clusters, vos.Cluster{Nodes: nodes})
	}
	s.own = s.Nodes()
	p.staged.Store(&s)
	return s
}
