package standing

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Standing is how a change stands. It is judged once: header, plan, screens, line mode, report, exit code and grade print
// what stands here.
type Standing struct {
	Outcome   Outcome
	Debts     []debts.Debt  // restarts and proofs (SIG-8)
	Addresses []Address     // that serve what they should not although their node was proven
	Answers   []PutOff      // what only a person can see, and was not answered with yes
	Broken    []trust.State // trust that this change needs and that is missing
	Late      []vos.Node    // whose certificate is still at the CA while those of others are installed (SIG-3)
}

// PutOff is a question that was answered "no" or "later".
type PutOff struct {
	plan.Asked
	Answer plan.Answer
}

// No reports whether the answer was that it does not work.
func (q PutOff) No() bool { return q.Answer.Value == plan.No }

// Clear reports whether nothing is pending.
func (s Standing) Clear() bool {
	return len(s.Debts)+len(s.Addresses)+len(s.Answers)+len(s.Broken)+len(s.Late) == 0
}

// Failed reports whether a person saw that something does not work.
func (s Standing) Failed() bool { no, _ := s.Counts(); return no > 0 }

// Counts are how many questions were answered "no", and how many were put off.
func (s Standing) Counts() (no, later int) { return CountPutOff(s.Answers) }

// CountPutOff counts the answers of either kind.
func CountPutOff(all []PutOff) (no, later int) {
	for _, q := range all {
		if q.No() {
			no++
		} else {
			later++
		}
	}
	return no, later
}

// Of judges how the change stands by what the journal tells, the gravest thing first.
func Of(p *plan.Plan) Standing {
	s := Standing{Debts: debts.Of(p), Answers: AllPutOff(p), Broken: trust.Broken(p), Late: late(p)}
	s.Addresses = wrongAddresses(p, s.Debts)
	s.Outcome = judge(p, s)
	return s
}

// late are the nodes whose certificate is still at the CA while those of others are installed.
func late(p *plan.Plan) []vos.Node {
	scope := p.Scope()
	if len(scope.Late) == 0 {
		return nil
	}
	return slices.DeleteFunc(p.Nodes(), func(n vos.Node) bool { return !scope.Awaits(n) })
}

// wrongAddresses are the addresses that serve what they should not, of nodes that owe no restart and no proof.
func wrongAddresses(p *plan.Plan, owed []debts.Debt) []Address {
	owes := map[string]bool{}
	for _, d := range owed {
		owes[d.Node] = true
	}
	var wrong []Address
	for _, n := range p.Nodes() {
		if owes[n.FQDN] {
			continue
		}
		for _, a := range AddressesOf(p, n.FQDN) {
			if a.Wrong() {
				wrong = append(wrong, a)
			}
		}
	}
	return wrong
}

// judge is the gravest thing. A report that is not written yet leaves nothing open on a node.
func judge(p *plan.Plan, s Standing) Outcome {
	next := p.Next()
	switch over := next.Finished || next.Row.Step.Role == plan.RoleReport && next.Row.Count(plan.Idle) > 0; {
	case over && s.Clear():
		return Proven
	case over:
		return Owed
	}
	for _, row := range p.Rows() {
		if row.Count(plan.Unsure) > 0 {
			return Doubtful
		}
	}
	switch {
	case next.Row.Count(plan.Failed) > 0:
		return Refused
	case len(s.Debts) > 0:
		return Owed
	case next.Row.Step.Role == plan.RoleRest && len(s.Late) > 0:
		return Owed
	case next.Row.Step.Role == plan.RoleReply:
		return Waiting
	}
	return Open
}

// AllPutOff returns the questions that only a person can answer and that were not answered with yes, to be asked again.
func AllPutOff(p *plan.Plan) []PutOff {
	var all []PutOff
	for _, row := range plan.RoleRows(p, plan.RoleAsk) {
		all = append(all, PutOffIn(row)...)
	}
	return all
}

// PutOffIn returns the questions of the row that were answered "no" or put off; none where the row asks nothing of the kind.
func PutOffIn(r plan.Row) []PutOff {
	if r.Step.Role != plan.RoleAsk {
		return nil
	}
	var all []PutOff
	for _, t := range r.Tasks {
		for _, q := range r.Step.Ask {
			if a, ok := t.Answers[q.ID]; ok && a.Value != plan.Yes {
				if r.Step.Fit != nil && t.Task.Node != "" {
					q = r.Step.Fit(change.Scope{}, vos.Node{FQDN: t.Task.Node}, q)
				}
				all = append(all, PutOff{plan.Asked{Task: t.Task, Question: q, Since: t.Since}, a})
			}
		}
	}
	return all
}

// PutOffOf returns those of one task of the row.
func PutOffOf(r plan.Row, t plan.TaskView) []PutOff {
	r.Tasks = []plan.TaskView{t}
	return PutOffIn(r)
}

// Lines say what is pending, a line each, unescaped.
func (s Standing) Lines(p *plan.Plan) []msg.Text {
	var all []msg.Text
	for _, d := range s.Debts {
		all = append(all, line(d, p))
	}
	for _, a := range s.Addresses {
		all = append(all, msg.T("%s: port %s: %s: %s", a.Node.FQDN, a.Label(), msg.Word(string(a.State)), a.Means))
	}
	for _, q := range s.Answers {
		text := q.Question.Text
		if rule := rules.Text(q.Question.ID); rule != "" {
			text = msg.English(rule)
		}
		id := q.Question.ID
		if q.Task.Node != "" {
			id = q.Task.Node + ": " + id
		}
		all = append(all, msg.T("%s: answered \"%s\": %s", id, msg.Word(q.Answer.Value), text))
	}
	for _, n := range s.Late {
		all = append(all, msg.T("%s: its certificate is still at the CA; it keeps the old one. Load the rest of the CA's reply when it "+
			"arrives", n.FQDN))
	}
	for _, e := range s.Broken {
		all = append(all, msg.T("%s: trust %s: upload %s (%s)", e.Into.FQDN, e.Name(), e.Needs, e.Act))
	}
	return all
}

// line says what a node owes. One that was restarted is not restarted again: that would be an outage for nothing.
func line(d debts.Debt, p *plan.Plan) msg.Text {
	since := msg.Time(d.Since.UTC(), msg.Stamp)
	if !d.Restarted() {
		return msg.T("%s: restart and verification (%s %s): %s", d.Node, d.Cause(), since, restart.Line(p, d.Restart, d.Node))
	}
	return msg.T("%s: verification only (%s %s): its restart was complete by %s, do not restart it again; %s", d.Node, d.Cause(), since, msg.Time(d.Done.UTC(), msg.Stamp), checked(p, d.Node))
}

// checked says what was seen on the ports of a node since its restart.
func checked(p *plan.Plan, fqdn string) msg.Text {
	addresses := slices.DeleteFunc(AddressesOf(p, fqdn), func(a Address) bool { return a.State == AddressUnused })
	if len(addresses) == 0 {
		return msg.T("its ports have not been checked since then")
	}
	good := 0
	var bad []msg.Text
	for _, a := range addresses {
		switch {
		case a.Wrong():
			bad = append(bad, msg.T("%d %s", a.Port, msg.Word(string(a.State))))
		case a.State == AddressProven, a.State == AddressSame, a.State == AddressBare:
			good++
		}
	}
	if len(bad) > 0 {
		return msg.T("%d of %d ports presented the right certificate; wrong: %s", good, len(addresses), msg.List(bad))
	}
	return msg.T("%d of %d ports presented the right certificate", good, len(addresses))
}
