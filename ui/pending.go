package ui

import (
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// pendingPart is one kind of what is pending, and where; without a kind it is a remark.
type pendingPart struct {
	what  string
	names []string
}

// pendingParts are the parts of the line that stands on every screen, in short.
func pendingParts(say func(string, ...any) string, s standing.Standing) []pendingPart {
	var all []pendingPart
	add := func(what string, names ...string) {
		if len(names) > 0 {
			all = append(all, pendingPart{what, names})
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
	add(say("owed: restart and proof"), few(restart, say("%d nodes", len(restart)))...)
	add(say("owed: proof"), few(proof, say("%d nodes", len(proof)))...)
	if len(s.Debts) > 0 {
		add("", say("(%s %s)", say(s.Debts[0].Cause()), s.Debts[0].Since.Local().Format("Mon 15:04")))
	}
	add(say("owed: addresses"), few(addresses, say("%d of them", len(addresses)))...)
	if len(s.Broken) > 0 {
		add(say("owed: trust"), say("%d missing", len(s.Broken)))
	}
	if len(s.Answers) > 0 {
		add(say("owed: answers"), putOffLine(say, s.Answers))
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

// putOffLine is "1 no, 3 later": the answers with which a check is not done.
func putOffLine(say func(string, ...any) string, all []standing.PutOff) string {
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
func Pending(p *plan.Plan, say lang.Tongue) string {
	var parts []string
	for _, part := range pendingParts(say.Say, standing.Of(p)) {
		parts = append(parts, strings.TrimSpace(part.what+"  "+strings.Join(part.names, ", ")))
	}
	return strings.Join(parts, "   ")
}
