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
	What  string
	Names []string
}

// PendingParts are the parts of the line that stands on every screen, in short.
func PendingParts(say func(string, ...any) string, s standing.Standing) []PendingPart {
	var all []PendingPart
	add := func(what string, names ...string) {
		if len(names) > 0 {
			all = append(all, PendingPart{what, names})
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
	add(say("pending: restart"), few(restart, say("%d nodes", len(restart)))...)
	add(say("pending: verification"), few(proof, say("%d nodes", len(proof)))...)
	if len(s.Debts) > 0 {
		add("", say("(%s %s)", s.Debts[0].Cause(), msg.Time(s.Debts[0].Since.Local(), msg.Weekday)))
	}
	add(say("pending: ports"), few(addresses, say("%d ports", len(addresses)))...)
	var late []string
	for _, n := range s.Late {
		late = append(late, cert.Printable(n.Short()))
	}
	add(say("still at the CA"), few(late, say("%d nodes", len(late)))...)
	if len(s.Broken) > 0 {
		add(say("pending: trust"), say("%d missing", len(s.Broken)))
	}
	if len(s.Answers) > 0 {
		add(say("pending: answers"), PutOffLine(say, s.Answers))
	}
	return all
}

// few names up to four things; more are counted.
func few(names []string, counted string) []string {
	if len(names) <= 4 {
		return names
	}
	return []string{counted}
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
