package restart

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Rule is one row of the table of restarts: what a product needs for one reason, from a release on.
type Rule struct {
	Product  vos.Product
	From     vos.Release // the first release that the row is true of
	Until    vos.Release // the first that it is no longer true of; empty: none
	For      plan.Reason
	Services []string // full names of what is restarted, in this order; empty: the whole node
	Typed    string   // what restarts the node by itself, which this program does not type; empty: see Words
	Theirs   bool     // its administrators do it, not this change
	Order    msg.Text // in a cluster, and among the products
	Rank     int      // place of the product among those that documents put in order, from 1; 0: none does
	Lost     msg.Text // what agents and customers lose meanwhile: concluded from what runs on the node
	Alone    msg.Text // the same of a node that has no other to move to; empty: Lost
	Proof    msg.Text // how it is seen afterwards
	Rules    []string // ids of rules (docs/rules.md)
	Source   string
	Guess    bool          // no document says it: say so where it is shown
	Voices   []OtherSource // documents that say otherwise, or more
}

// LostOn is what agents and customers lose while a node is away: one that stands alone has no other node to move to.
func (r Rule) LostOn(n vos.Node) msg.Text {
	if n.Role == vos.Standalone && !r.Alone.IsZero() {
		return r.Alone
	}
	return r.Lost
}

// OtherSource is what another document says about the same restart, and why the row is as it is all the same.
type OtherSource struct {
	Source string
	Says   msg.Text
	Held   msg.Text
}

// Words are what is typed on the node, a command each; a person types the same by hand.
func (r Rule) Words() []string {
	switch {
	case r.Typed != "":
		return []string{r.Typed}
	case len(r.Services) == 0:
		return []string{vos.DialogueRestart().Line}
	}
	var words []string
	for _, name := range r.Services {
		words = append(words, vos.DialogueRestartService(name).Line)
	}
	return words
}

// RuleFor returns the row of the table for a product, a release and a reason: the last that is true of it. An unknown
// release takes the newest row; one older than all rows the oldest, but for tomcat-ECDSA, which came and went (EC-1). ok
// is false where no document knows such a restart.
func RuleFor(p vos.Product, r vos.Release, why plan.Reason) (found Rule, ok bool) {
	for _, row := range rules() {
		if row.Product != p || row.For != why {
			continue
		}
		older := !ok && why != plan.ForECDSA && r.Known() && r.Before(row.From)
		if row.Holds(r) || older {
			found, ok = row, true
		}
	}
	return found, ok
}

// Holds reports whether a row is true of a release.
func (r Rule) Holds(at vos.Release) bool {
	if !at.Known() {
		return r.Until == ""
	}
	return !at.Before(r.From) && (r.Until == "" || at.Before(r.Until))
}

// RulesOn returns what a node of this plan is restarted for by a row, the gravest reason first, with what the table says.
func RulesOn(p *plan.Plan, restart, fqdn string) []Rule {
	n, _ := p.Node(fqdn)
	n.Release = release.Of(p, n)
	var all []Rule
	for _, why := range reasons(p, restart, fqdn) {
		if row, ok := RuleFor(n.Product, n.Release, why); ok {
			all = append(all, row)
		}
	}
	return all
}

// reasons are what a node of this plan is restarted for. A new identity stands above new trust: one restart is for both.
func reasons(p *plan.Plan, restart, fqdn string) []plan.Reason {
	var all []plan.Reason
	peers, path := p.Peers(fqdn), p.Change().Path
	add := func(why plan.Reason) {
		if !slices.Contains(all, why) {
			all = append(all, why)
		}
	}
	for _, row := range p.Steps() {
		on := func(fqdn string) bool { _, ok := p.Task(plan.Task{Step: row.ID, Node: fqdn}); return ok }
		switch why := row.Owes.For; {
		case row.Owes.Restart != restart || why == "":
		case why != plan.ForIdentity:
			if slices.ContainsFunc(peers, on) {
				add(why)
			}
		case !on(fqdn):
		case row.Unit == change.UnitECDSA:
			add(plan.ForECDSA)
		case row.Role == plan.RoleRegenerate && (path == change.PathDomain || path == change.PathFirst):
			add(plan.ForDomain)
		default:
			add(plan.ForIdentity)
		}
	}
	rank := []plan.Reason{plan.ForIdentity, plan.ForECDSA, plan.ForDomain, plan.ForTrust, plan.ForEngine}
	slices.SortFunc(all, func(a, b plan.Reason) int { return slices.Index(rank, a) - slices.Index(rank, b) })
	if i := slices.Index(all, plan.ForTrust); i > 0 {
		all = slices.Delete(all, i, i+1)
	}
	return all
}

// Whole reports whether any of the rules restarts the whole node.
func Whole(rows []Rule) bool {
	return slices.ContainsFunc(rows, func(r Rule) bool { return len(r.Services) == 0 })
}

// ServicesOf returns the services that rules restart, each once.
func ServicesOf(rows []Rule) []string {
	var names []string
	for _, r := range rows {
		for _, name := range r.Services {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// TypedFor are what is typed for a restart, and the careful answers to what the node may ask.
func TypedFor(restart string) func(*plan.Plan, vos.Node) []string {
	return func(p *plan.Plan, n vos.Node) []string {
		rows := RulesOn(p, restart, n.FQDN)
		if Whole(rows) {
			return TypedWords(vos.DialogueRestart())
		}
		return eachWord(rows)
	}
}

// Line is what pays a debt, in a line.
func Line(p *plan.Plan, restart, fqdn string) string {
	return strings.Join(eachWord(RulesOn(p, restart, fqdn)), ", ")
}

// eachWord are the words of several rows, each once.
func eachWord(rows []Rule) []string {
	var words []string
	for _, r := range rows {
		for _, line := range r.Words() {
			if !slices.Contains(words, line) {
				words = append(words, line)
			}
		}
	}
	return words
}

// RankOf is the place of a node's product in the order that the documents name (SIG-8, SELF-2, EC-5): MediaSense, then
// SocialMiner or CCP, then UCCX. 0: no document names one, and it comes after these.
func RankOf(n vos.Node) int {
	for _, row := range rules() {
		if row.Product == n.Product && row.Rank > 0 {
			return row.Rank
		}
	}
	return 0
}
