package pages

import (
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// PendingPart is one kind of what is pending, and where; without a kind it is a remark.
type PendingPart struct {
	What    string
	Names   []string
	Counted string // in the place of the names, where these have no room; empty where nothing is shorter
}

// mostNamed is how many things of a kind are named; more are counted.
const mostNamed = 4

// PendingParts are the parts of the line that stands on every screen, in short, in the order in which they are dealt with: a node that
// was restarted is verified before the next one restarts (SIG-8).
func PendingParts(say func(string, ...any) string, s standing.Standing) []PendingPart {
	var all []PendingPart
	add := func(what, counted string, names ...string) {
		if len(names) > mostNamed {
			names = []string{counted}
		}
		if len(names) < 2 {
			counted = ""
		}
		if len(names) > 0 {
			all = append(all, PendingPart{what, names, counted})
		}
	}
	var restart, proof, addresses []string
	for _, d := range s.Debts {
		name := cert.Printable(layout.Short(d.Node))
		if d.Restarted() {
			proof = append(proof, name)
		} else {
			restart = append(restart, name)
		}
	}
	for _, a := range s.Addresses {
		addresses = append(addresses, cert.Printable(layout.Short(a.Node.FQDN))+":"+strconv.Itoa(a.Port))
	}
	add(say("pending: verification"), say("%d nodes", len(proof)), proof...)
	add(say("pending: restart"), say("%d nodes", len(restart)), restart...)
	if len(s.Debts) > 0 {
		add("", "", say("(%s %s)", s.Debts[0].Cause(), msg.Time(s.Debts[0].Since.Local(), msg.Weekday)))
	}
	add(say("pending: ports"), say("%d ports", len(addresses)), addresses...)
	var late []string
	for _, n := range s.Late {
		late = append(late, cert.Printable(n.Short()))
	}
	add(say("still at the CA"), say("%d nodes", len(late)), late...)
	if len(s.Broken) > 0 {
		add(say("pending: trust"), "", say("%d missing", len(s.Broken)))
	}
	if len(s.Answers) > 0 {
		add(say("pending: answers"), "", PutOffLine(say, s.Answers))
	}
	return all
}

// PutOffLine is "1 no, 3 later": the answers with which a check is not done.
func PutOffLine(say func(string, ...any) string, all []standing.PutOff) string {
	no, later := standing.CountPutOff(all)
	switch {
	case no == 0:
		return say("%d later", later)
	case later == 0:
		return say("%d no", no)
	}
	return say("%d no, %d later", no, later)
}

// Pending is the line of what is pending as every screen shows it, without colours; "" where nothing is.
func Pending(p *plan.Plan, say lang.Localizer) string {
	var parts []string
	for _, part := range PendingParts(say.Say, standing.Of(p)) {
		parts = append(parts, strings.TrimSpace(part.What+"  "+strings.Join(part.Names, ", ")))
	}
	return strings.Join(parts, "   ")
}
