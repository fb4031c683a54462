package first

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/precheck"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/network"
)

// Names is the row that looks at the names of every node (FIRST-1): its own, its domain, and what its DNS servers say.
func Names() plan.Step {
	return plan.Step{
		ID: "names", Role: plan.RolePreflight, Title: "Check names, domain and DNS", On: every, Look: lookNames, Commands: namesTyped, Usual: 15 * time.Second,
		Why: "A certificate carries the name that the node has when it is generated. Peers and browsers find the node by that name, " +
			"in both directions.",
		Effect: "None: this step only reads. A new host name or domain that you set yourself regenerates all certificates of the node and restarts it.",
		Undo:   "Nothing is changed.",
		Rules:  []string{"FIRST-1", "PRE-2"},
	}
}

func every(change.Scope, vos.Node) bool { return true }

// lookNames asks the node itself: it, not this machine, has to resolve its peers.
func lookNames(ctx context.Context, j *plan.Job) (bool, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	j.Say("reading host name, domain and DNS servers")
	about, err := d.About(ctx)
	if err != nil {
		return false, err
	}
	j.Seen.About, j.Seen.Asked = &about, j.World.Now()
	if err := rightName(j, about); err != nil {
		return false, err
	}
	found := precheck.Servers(ctx, j, j.Seen)
	if len(found) == 0 { // without DNS servers nothing is resolved: one finding says it
		if found, err = resolves(ctx, j, d, about); err != nil {
			return false, err
		}
	}
	for _, f := range precheck.Resolver(ctx, j, j.Seen) { // this machine's view: clients have the same DNS
		if !slices.ContainsFunc(found, func(o plan.Finding) bool { return o.Code == f.Code }) {
			found = append(found, f)
		}
	}
	return precheck.Decide(j, found, "Names and DNS of %s",
		msg.T("Clients and peers use these names. Correct the DNS records or the node, then check again; or accept the "+
			"findings and continue."))
}

// rightName refuses a node that has another name than the solution: its certificates would be for that one. It says what to type,
// and what that does.
func rightName(j *plan.Job, a vos.About) error {
	_, domain, _ := strings.Cut(j.Node.FQDN, ".")
	const wrong = "A certificate for another name is useless. Nothing was changed on the node."
	solution := msg.T("If the node is right and the solution is wrong, start a new change with the right name.")
	switch {
	case a.Host == "":
		return vos.Coded(codes.NoName, j.Refuse("FIRST-1", msg.T("Its name cannot be compared with the solution."), msg.T("The node may still be starting: wait, then press Enter. Compare with show status on its console."),
			"The node reports no host name"))
	case !strings.EqualFold(a.Host, j.Node.Short()):
		return vos.Coded(codes.OtherName, j.Refuse("FIRST-1", msg.T(wrong),
			msg.T("To change the name, type %s on the node and enter %s. This regenerates all its certificates and restarts it. Then press Enter. %s", network.SetHost, j.Node.Short(), solution),
			"The node's own host name is %s", a.Host))
	case a.Domain == "":
		return vos.Coded(codes.NoDomain, j.Refuse("FIRST-1", msg.T("Its certificates carry no full name, and browsers refuse them. Nothing was changed on the node."), setDomain(j.Node, domain), "No DNS domain is set on the node"))
	case !strings.EqualFold(a.Domain, domain):
		return vos.Coded(codes.OtherName, j.Refuse("FIRST-1", msg.T(wrong), msg.Beside(setDomain(j.Node, domain), solution), "The node's own domain is %s", a.Domain))
	}
	return nil
}

// setDomain says how a domain is set, with its effect before the command is typed.
func setDomain(n vos.Node, domain string) msg.Text {
	text := msg.T("Type on the node: %s %s. It regenerates all certificates of the node and restarts it.", network.SetDomain, domain)
	if n.Role != vos.Standalone {
		text = msg.T("%s Set it on every node of the cluster, publisher first, then restart them again: until then, replication "+
			"is broken.", text)
	}
	return msg.T("%s Then press Enter.", text)
}

// dns asks one node's DNS servers.
type dns struct {
	ctx    context.Context
	job    *plan.Job
	driver vos.Driver
	note   error // why the node could not be asked; nil: it was
	found  []plan.Finding
}

// ask returns what the node's DNS servers say. known is false where the node has no such command, or does not say.
func (q *dns) ask(query string) (answer []string, known bool, err error) {
	if q.note != nil {
		return nil, false, nil
	}
	q.job.Say("resolving %s", query)
	text, err := q.driver.Show(q.ctx, network.DialogueHost(query))
	if errors.Is(err, vos.ErrRefused) {
		q.note = err
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	a := network.ParseHost(text)
	if !a.Read {
		q.note = errors.New("the answer was not understood")
	}
	return a.External, a.Read, nil
}

func (q *dns) add(code, rule string, next, cause msg.Text, what string, args ...any) {
	f := plan.Find(code, plan.Warning, rule, next, what, args...)
	f[0].Cause = cause
	q.found = append(q.found, f...)
}

// resolves asks for the node itself and for every peer that it speaks with, name and address.
func resolves(ctx context.Context, j *plan.Job, d vos.Driver, a vos.About) ([]plan.Finding, error) {
	q := &dns{ctx: ctx, job: j, driver: d}
	for _, p := range append([]peer{{j.Node.FQDN, true}}, peersOf(j.Plan, j.Node)...) {
		own := ""
		if p.name == j.Node.FQDN {
			own = a.IP
		}
		if err := q.both(p, own); err != nil {
			return nil, err
		}
	}
	if q.note != nil {
		q.found = append(q.found, plan.Find(codes.NotShown, plan.Note, "FIRST-1", msg.Text{}, "the node could not be asked what its DNS servers say: %s", plan.TroubleOf(q.note).What)...)
	}
	return q.found, nil
}

// both asks for a name, and where it has an address, for that one. own is the address that the node reports of itself.
func (q *dns) both(p peer, own string) error {
	const hosts = "The DNS servers of the node lack the A record, or are the wrong servers."
	answer, known, err := q.ask(p.name)
	at := network.Addresses(answer)
	switch {
	case err != nil || !known:
		return err
	case len(at) == 0:
		q.add(codes.NoDNS, "FIRST-1", msg.T("add the A record of %s at the DNS servers, or set others on the node: %s ADDRESS", p.name, network.SetDNS), msg.T(hosts),
			"its DNS servers do not know %s", p.name)
		return nil
	case own != "" && !slices.ContainsFunc(at, func(ip string) bool { return net.ParseIP(ip).Equal(net.ParseIP(own)) }):
		q.add(codes.DNS, "FIRST-1", msg.T("correct the A record of %s to %s", p.name, own), msg.T("The A record contains an old address."),
			"its DNS servers say that %s has the address %s, but the node has %s", p.name, msg.List(at), own)
		return nil
	case !p.back:
		return nil
	}
	names, known, err := q.ask(at[0])
	if err != nil || !known || slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, p.name) }) {
		return err
	}
	next := msg.T("add the PTR record of %s with the name %s at the DNS servers", at[0], p.name)
	if len(names) == 0 {
		q.add(codes.NoPTR, "FIRST-1", next, msg.T("The reverse zone lacks the record. Database replication and peers check both directions."), "its DNS servers have no PTR record for %s (%s)", at[0], p.name)
		return nil
	}
	q.add(codes.PTR, "FIRST-1", next, msg.Text{}, "its DNS servers say that %s is %s, not %s", at[0], msg.List(names), p.name)
	return nil
}

// peer is a name that a node must resolve, and whether its address must lead back to the name: servers of others need not.
type peer struct {
	name string
	back bool
}

// peersOf are the other nodes of the cluster, and both ends of the trust relations of a node (REL-1 to REL-5).
func peersOf(p *plan.Plan, n vos.Node) []peer {
	var all []peer
	add := func(name string, back bool) {
		if name != n.FQDN && !slices.Contains(all, peer{name, back}) {
			all = append(all, peer{name, back})
		}
	}
	for _, fqdn := range p.Peers(n.FQDN) {
		add(fqdn, true)
	}
	for _, r := range trust.RelationsOf(p) {
		switch n.FQDN {
		case r.Into.FQDN:
			add(r.From.FQDN, r.From.Product != "")
		case r.From.FQDN:
			add(r.Into.FQDN, true)
		}
	}
	return all
}

// namesTyped are what is typed; the addresses are those that the node finds.
func namesTyped(p *plan.Plan, n vos.Node) []string {
	words := []string{vos.DialogueStatus().Line, vos.DialogueNetwork().Line}
	for _, one := range append([]peer{{n.FQDN, true}}, peersOf(p, n)...) {
		words = append(words, network.DialogueHost(one.name).Line)
	}
	return words
}
