package reply

import (
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Part is what can be installed of a reply that is not complete: nodes all of whose certificates are there and whole.
type Part struct {
	Now, Late []string // FQDNs, in the order of the solution
	Reply     plan.Reply
	Why       map[string]msg.Text // FQDN of a late node -> what is wrong with its certificate, where there is one; unescaped
}

// PartOf judges each request alone. ok is false where the reply is complete, where nothing of it can be installed, and in sessions
// whose plan takes no parts.
func PartOf(p *plan.Plan, files []cert.File, v cert.Verdict, now time.Time) (part Part, ok bool) {
	if v.OK() || AsksChain(p) != "" || p.Step(plan.StepRest).Role != plan.RoleRest {
		return part, false
	}
	wrong, all := wrongIn(v)
	if all {
		return part, false
	}
	var asked []cert.Request
	part.Why = map[string]msg.Text{}
	open := Requests(p)
	for _, n := range p.Nodes() {
		wants := p.Scope().Wants(n)
		if !slices.ContainsFunc(open, func(r cert.Request) bool { return slices.Contains(wants, r.ID()) }) {
			continue // nothing is asked for it any more
		}
		late, why := false, msg.Text{}
		for _, r := range open {
			if what, bad := wrong[r.ID()]; bad && slices.Contains(wants, r.ID()) {
				late, why = true, what
			}
		}
		if late {
			part.Late, part.Why[n.FQDN] = append(part.Late, n.FQDN), why
			continue
		}
		part.Now = append(part.Now, n.FQDN)
		for _, r := range open {
			if slices.Contains(wants, r.ID()) && !slices.ContainsFunc(asked, func(o cert.Request) bool { return o.ID() == r.ID() }) {
				asked = append(asked, r)
			}
		}
	}
	if len(part.Now) == 0 || len(part.Late) == 0 {
		return part, false
	}
	alone := cert.Judge(asked, withoutTaken(p, files), nil, now)
	alone.Findings = slices.DeleteFunc(alone.Findings, func(f cert.Finding) bool { return f.Code == "stranger" }) // those of the late nodes
	part.Reply = ReplyOf(alone)
	return part, alone.OK()
}

// wrongIn says what is wrong with each request, by its id, nothing where there is no certificate for it; all: something is wrong
// that no single request is to blame for.
func wrongIn(v cert.Verdict) (wrong map[string]msg.Text, all bool) {
	wrong = map[string]msg.Text{}
	for _, m := range v.Missing {
		wrong[m.ID()] = msg.Text{}
	}
	for _, f := range v.Findings {
		if f.Severity != cert.Fault || f.Code == "missing" || f.Code == "empty" || f.Code == "csr" || f.Code == "unreadable" {
			continue
		}
		if f.Node == "" {
			return wrong, true
		}
		for _, id := range []string{f.Node, f.Node + " " + change.UnitECDSA} { // a node is installed whole
			if wrong[id].IsZero() {
				wrong[id] = f.What
			}
		}
	}
	return wrong, false
}

// withoutTaken leaves out certificates that are installed already: the CA's folder may hold them still.
func withoutTaken(p *plan.Plan, files []cert.File) []cert.File {
	taken := p.Reply()
	if taken == nil {
		return files
	}
	known := map[string]bool{}
	for id, text := range taken.Leaves {
		if c := cert.FromPEM(text); c != nil && certs.Installed(p, id) {
			known[string(c.Raw)] = true
		}
	}
	if len(known) == 0 {
		return files
	}
	all := slices.Clone(files)
	for i := range all {
		all[i].Items = slices.DeleteFunc(slices.Clone(all[i].Items), func(it cert.Item) bool { return it.Cert != nil && known[string(it.Cert.Raw)] })
	}
	return all
}

// AskParts is the question whether a part is installed before the rest is here. The careful answer waits.
func AskParts(p *plan.Plan, part Part) plan.Question {
	return plan.Question{ID: plan.AskParts, Kind: plan.Choice, Rule: "SIG-3", Reply: &part.Reply, Lines: partLines(p, part),
		Text: msg.T("Some certificates are still missing. Install those that are complete now?"),
		Means: msg.T("Nothing has been uploaded. If you install now, the other nodes keep their certificates and stay pending until you load the rest, " +
			"which may be days later."),
		Options: []plan.Option{{Value: plan.Wait, Label: msg.T("Wait: install nothing until every certificate is here")},
			{Value: plan.Install, Label: msg.T("Install the complete ones now, and the rest later")}}}
}

// partLines say of each node what happens to it, and what that means for trust and restarts.
func partLines(p *plan.Plan, part Part) []msg.Text {
	var lines []msg.Text
	for _, fqdn := range part.Now {
		lines = append(lines, msg.T("%s: complete, can be installed now", fqdn))
	}
	for _, fqdn := range part.Late {
		what := msg.T("no certificate yet")
		if why := part.Why[fqdn]; !why.IsZero() {
			what = msg.T("not usable: %s", why)
		}
		lines = append(lines, keeps(p, fqdn, what))
	}
	var cas []string
	for _, c := range append(cert.AllFromPEM(part.Reply.Roots), cert.AllFromPEM(part.Reply.Intermediates)...) {
		cas = append(cas, cert.Name(c))
	}
	lines = append(lines, msg.T("Trust chain: %s go to every cluster now (tomcat-trust)", msg.List(cas)))
	now, later := partTurns(p, part)
	lines = append(lines, msg.T("Restart order now: %s", inTurn(now)))
	if len(later) > 0 {
		lines = append(lines, msg.T("Later, for its own certificate: %s", inTurn(later)))
	}
	for _, fqdn := range part.Late {
		if n, _ := p.Node(fqdn); n.CA == vos.PublicCA {
			lines = append(lines, msg.T("%s gets its certificate from a public CA: if its chain is new to the other nodes, they must be restarted "+
				"again then", fqdn))
		}
	}
	return lines
}

// inTurn is what is done one after the other.
func inTurn(all []msg.Text) msg.Text {
	turns := all[0]
	for _, next := range all[1:] {
		turns = msg.T("%s, then %s", turns, next)
	}
	return turns
}

// keeps says what is with a late node, and until when the certificate is good that it keeps.
func keeps(p *plan.Plan, fqdn string, what msg.Text) msg.Text {
	s := p.Survey(fqdn)
	if s == nil {
		return msg.T("%s: %s", fqdn, what)
	}
	own := cert.FromPEM(s.Identity)
	if own == nil {
		return msg.T("%s: %s", fqdn, what)
	}
	return msg.T("%s: %s; it keeps its current certificate, valid until %s", fqdn, what, msg.Time(own.NotAfter.UTC(), msg.Day))
}

// partTurns are the restarts that follow now, in their order, and those that follow when the rest is here. A node that waits is
// restarted for the trust chain alone.
func partTurns(p *plan.Plan, part Part) (now, later []msg.Text) {
	row, _ := p.Row(plan.StepRestart)
	for _, t := range row.Tasks {
		n, _ := p.Node(t.Task.Node)
		if !slices.Contains(part.Late, t.Task.Node) {
			now = append(now, msg.Verbatim(n.Short()))
			continue
		}
		now, later = append(now, msg.T("%s (for the trust chain, if it is new there)", n.Short())), append(later, msg.Verbatim(n.Short()))
	}
	return now, later
}

// AskRest asks for the files that are still missing.
func AskRest(p *plan.Plan) plan.Question {
	q := plan.Question{ID: plan.AskReply, Kind: plan.Files, Rule: "SIG-3", Text: msg.T("Load the rest of the CA's reply"),
		Means: msg.T("Everything else is installed. These nodes keep their old certificates until their files arrive. You can " +
			"quit, and resume days later.")}
	for _, n := range p.Nodes() {
		if p.Scope().Awaits(n) {
			q.Lines = append(q.Lines, keeps(p, n.FQDN, msg.T("still at the CA")))
		}
	}
	return q
}

// AskRestWarnings is AskWarnings about files that come later than the others; late are nodes that are still missing.
func AskRestWarnings(found []plan.Finding, answer *plan.Reply, late []string) plan.Question {
	q := AskWarnings(found)
	q.Reply = answer
	if len(late) > 0 {
		q.Means = msg.T("%s Still at the CA after this: %s.", q.Means, msg.List(late))
	}
	return q
}
