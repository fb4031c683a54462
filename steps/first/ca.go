package first

import (
	"context"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert/san"
	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Answers to the question who signs. They stand in journals: never change one.
const (
	internal = "internal"
	public   = "public"
	self     = "self"
)

// BySelf reports whether the nodes keep self-signed certificates, and exchange them (SELF-1).
func BySelf(s change.Scope) bool { return s.CA == self }

// ByCA reports whether a CA signs; it is what Cisco recommends, and so what a plan has that is not decided yet.
func ByCA(s change.Scope) bool { return s.CA != self }

// When keeps rows to one of both.
func When(is func(change.Scope) bool, rows []plan.Step) []plan.Step {
	for i := range rows {
		wide := rows[i].On
		if wide == nil {
			rows[i].Once = is
			continue
		}
		rows[i].On = func(s change.Scope, n vos.Node) bool { return is(s) && wide(s, n) }
	}
	return rows
}

// Cite adds a rule of first deployments to rows that other paths have too.
func Cite(rule string, rows ...plan.Step) []plan.Step {
	for i := range rows {
		rows[i].Rules = append(slices.Clip(rows[i].Rules), rule)
	}
	return rows
}

// CA is the row that asks who signs (FIRST-4, PRE-9).
func CA() plan.Step {
	return plan.Step{
		ID: plan.StepCA, Role: plan.RoleDecide, Title: "Choose who signs the certificates", Look: lookCA,
		Why: "The choice decides what must be installed on the agents' PCs, and how often the certificates must be " +
			"renewed.",
		Undo:  "Nothing is changed.",
		Rules: []string{"FIRST-4", "PRE-7", "PRE-9"},
	}
}

// lifetimes says how often a certificate of a public CA is renewed: today's limit, and those that are known to come.
func lifetimes(now time.Time) msg.Text {
	var words []msg.Text
	for _, one := range facts.Lifetimes() {
		if !now.Before(one.Since) {
			words = append(words, msg.N("1 day", "%d days", one.Days))
			break
		}
		words = append(words, msg.T("%d from %s", one.Days, msg.Time(one.Since, msg.Month)))
	}
	slices.Reverse(words)
	return msg.List(words)
}

func lookCA(_ context.Context, j *plan.Job) (bool, error) {
	if slices.Contains([]string{internal, public, self}, j.Answered(plan.AskCA)) {
		return true, nil
	}
	return false, &plan.Ask{Question: caQuestion(j.Plan.Change().Solution, j.World.Now())}
}

// caQuestion says what follows from each answer. What cannot be is not offered.
func caQuestion(s vos.Solution, now time.Time) plan.Question {
	nodes := s.Nodes()
	q := plan.Question{ID: plan.AskCA, Kind: plan.Choice, Rule: "FIRST-4", Text: msg.T("Who signs the certificates of these nodes?"),
		Means: msg.T("Cisco recommends a CA. An internal CA needs its root on every PC. A public CA does not, but its " +
			"certificates are valid only for a short time."),
		Lines: []msg.Text{
			msg.T("internal CA: no warnings once its root is on every PC (Group Policy, Firefox policy)"),
			msg.T("public CA: its root is in the browsers; valid for at most %s", lifetimes(now)),
			msg.T("self-signed: %d certificates on every PC, or agents accept %d addresses each", len(nodes), agentURLs(nodes)),
		},
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Not decided yet")}, {Value: internal, Label: msg.T("An internal CA")}, {Value: public, Label: msg.T("A public CA")},
			{Value: self, Label: msg.T("None: keep the self-signed certificates and exchange them")}}}
	if chat := having(nodes, func(n vos.Node) bool { return n.Product.Traits().Chat }); len(chat) > 0 {
		q.Lines = append(q.Lines, msg.T("chat from the internet: %s needs a public CA, no matter who signs the others (PRE-7)", msg.List(chat)))
	}
	if local := having(nodes, func(n vos.Node) bool { return san.InternalName(n.FQDN) }); len(local) > 0 {
		q.Options = slices.DeleteFunc(q.Options, func(o plan.Option) bool { return o.Value == public })
		q.Lines = append(q.Lines, msg.T("no public CA signs the private names %s", msg.List(local)))
	}
	return q
}

func having(nodes []vos.Node, is func(vos.Node) bool) []string {
	var some []string
	for _, n := range nodes {
		if is(n) {
			some = append(some, n.FQDN)
		}
	}
	return some
}
