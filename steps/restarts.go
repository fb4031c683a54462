package steps

import (
	"context"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Restarting is one row of the table of restarts: what a product needs for one reason, from a release on.
type Restarting struct {
	Product  vos.Product
	From     vos.Release // the first release that the row is true of
	Until    vos.Release // the first that it is no longer true of; empty: none
	For      Reason
	Services []string // full names of what is restarted, in this order; empty: the whole node
	Typed    string   // what restarts the node by itself, which this program does not type; empty: see Words
	Theirs   bool     // its administrators do it, not this change
	Order    string   // in a cluster, and among the products
	Lost     string   // what agents and customers lose meanwhile: concluded from what runs on the node
	Proof    string   // how it is seen afterwards
	Rules    []string // ids of domain.md
	Source   string
	Guess    bool    // no document says it: say so where it is shown
	Voices   []Voice // documents that say otherwise, or more
}

// Voice is what another document says about the same restart, and why the row is as it is all the same.
type Voice struct {
	Source string
	Says   string
	Held   string
}

// Words are what is typed on the node, a command each; a person types the same by hand.
func (r Restarting) Words() []string {
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

// Title says what a restart is for, for people.
func (r Reason) Title() string {
	switch r {
	case ForIdentity:
		return "a new identity certificate"
	case ForSecond:
		return "tomcat-ECDSA"
	case ForDomain:
		return "a new domain or host name"
	case ForTrust:
		return "the trust store alone"
	case ForEngine:
		return "trust that scripts alone need"
	}
	return string(r)
}

// RestartFor returns the row of the table for a product, a release and a reason: the last that is true of it. An unknown
// release takes the newest row; one older than all rows the oldest, but for tomcat-ECDSA, which came and went (EC-1). ok
// is false where no document knows such a restart.
func RestartFor(p vos.Product, r vos.Release, why Reason) (found Restarting, ok bool) {
	for _, row := range Restartings() {
		if row.Product != p || row.For != why {
			continue
		}
		older := !ok && why != ForSecond && r.Known() && r.Before(row.From)
		if row.holds(r) || older {
			found, ok = row, true
		}
	}
	return found, ok
}

// holds reports whether a row is true of a release.
func (r Restarting) holds(at vos.Release) bool {
	if !at.Known() {
		return r.Until == ""
	}
	return !at.Before(r.From) && (r.Until == "" || at.Before(r.Until))
}

// Restarts returns what a node of this plan is restarted for by a row, the gravest reason first, with what the table says.
func (p *Plan) Restarts(restart, fqdn string) []Restarting {
	n, _ := p.Node(fqdn)
	n.Release = releaseOf(p, n)
	var all []Restarting
	for _, why := range p.reasons(restart, fqdn) {
		if row, ok := RestartFor(n.Product, n.Release, why); ok {
			all = append(all, row)
		}
	}
	return all
}

// reasons are what a node of this plan is restarted for. A new identity stands above new trust: one restart is for both.
func (p *Plan) reasons(restart, fqdn string) []Reason {
	var all []Reason
	peers, path := p.Peers(fqdn), p.Change().Path
	add := func(why Reason) {
		if !slices.Contains(all, why) {
			all = append(all, why)
		}
	}
	for _, row := range p.Steps() {
		on := func(fqdn string) bool { _, ok := p.Task(Task{row.ID, fqdn}); return ok }
		switch why := row.Owes.For; {
		case row.Owes.Restart != restart || why == "":
		case why != ForIdentity:
			if slices.ContainsFunc(peers, on) {
				add(why)
			}
		case !on(fqdn):
		case row.Unit == unitSecond:
			add(ForSecond)
		case row.Role == RoleRegenerate && path == PathDomain:
			add(ForDomain)
		default:
			add(ForIdentity)
		}
	}
	rank := []Reason{ForIdentity, ForSecond, ForDomain, ForTrust, ForEngine}
	slices.SortFunc(all, func(a, b Reason) int { return slices.Index(rank, a) - slices.Index(rank, b) })
	if i := slices.Index(all, ForTrust); i > 0 {
		all = slices.Delete(all, i, i+1)
	}
	return all
}

// restartAs restarts what the table says: the whole node where any of the rows wants it, else the services.
func restartAs(ctx context.Context, j *Job, d vos.Driver) error {
	rows := j.Plan.Restarts(j.Task.Step, j.Node.FQDN)
	if len(rows) == 0 {
		return j.refused("SIG-8", "nothing was sent to the node", "look which release it runs, and restart it by hand", "no document says what is restarted on %s here", j.Node.Product.Title(j.Node.Release))
	}
	if whole(rows) {
		j.Say("restarting")
		return d.Restart(ctx)
	}
	for _, name := range servicesOf(rows) {
		j.Say("restarting %s", name)
		if err := d.RestartService(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func whole(rows []Restarting) bool {
	return slices.ContainsFunc(rows, func(r Restarting) bool { return len(r.Services) == 0 })
}

func servicesOf(rows []Restarting) []string {
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

// typedFor are what is typed for a restart, and the careful answers to what the node may ask.
func typedFor(restart string) func(*Plan, vos.Node) []string {
	return func(p *Plan, n vos.Node) []string {
		rows := p.Restarts(restart, n.FQDN)
		if whole(rows) {
			return typedWords(vos.DialogueRestart())
		}
		return eachWord(rows)
	}
}

// restartLine is what pays a debt, in a line.
func (p *Plan) restartLine(restart, fqdn string) string {
	return strings.Join(eachWord(p.Restarts(restart, fqdn)), ", ")
}

// eachWord are the words of several rows, each once.
func eachWord(rows []Restarting) []string {
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
