package report

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Found is what a check found, and whether it is so no longer: a finding is of its time.
type Found struct {
	plan.Finding
	After    bool     `json:"after,omitempty"`    // found by the last look at the addresses, not by the check before starting
	InReply  bool     `json:"in_reply,omitempty"` // found in the CA's reply
	Mended   bool     `json:"mended,omitempty"`   // what was seen since shows that it is so no longer
	Accepted msg.Text `json:"accepted,omitzero"`  // who went on knowing it, and when (RFC 3339)
}

// When says when it was found, whether it was fixed, and who accepted it, in a sentence.
func (f Found) When() msg.Text {
	found := msg.T("found before the change")
	switch {
	case f.After:
		found = msg.T("found after the restart")
	case f.InReply:
		found = msg.T("found in the CA's reply")
	}
	switch {
	case f.Mended:
		return msg.T("%s, fixed since", found)
	case !f.Accepted.IsZero():
		return msg.T("%s, accepted by %s", found, f.Accepted)
	}
	return found
}

// foundOn are the findings of a node, each compared with what was seen since: those of the check before starting, and those
// of the last look at its addresses.
func foundOn(p *plan.Plan, fqdn string) []Found {
	var all []Found
	add := func(role plan.Role, question string, after bool) {
		t, ok := plan.RoleTask(p, role, fqdn)
		if !ok || t.Seen == nil {
			return
		}
		for _, f := range t.Seen.Findings {
			one := Found{Finding: f, After: after, Mended: mended(p, fqdn, f)}
			if f.Severity != plan.Note {
				one.Accepted = acceptedBy(p, t.Task, question)
			}
			all = append(all, one)
		}
	}
	add(plan.RolePreflight, plan.AskFindings, false)
	add(plan.RoleStores, "", false)
	add(plan.RoleProve, plan.AskUnchained, true)
	return all
}

// foundInReply are the warnings of the reply that was taken, and who accepted them.
func foundInReply(p *plan.Plan) []Found {
	var all []Found
	for _, f := range reply.Warnings(p) {
		t := plan.Task{Step: plan.StepReply}
		if rest, ok := p.Task(plan.Task{Step: plan.StepRest}); ok && came(rest, f) {
			t = rest.Task
		}
		one := Found{Finding: f, InReply: true}
		if view, ok := p.Task(t); ok && view.Answers[plan.AskWarnings].Value == plan.Yes {
			one.Accepted = acceptedBy(p, t, plan.AskWarnings)
		}
		all = append(all, one)
	}
	return all
}

// came reports whether a warning is about files that came later than the others.
func came(rest plan.TaskView, f plan.Finding) bool {
	r := rest.Answers[plan.AskReply].Reply
	return r != nil && slices.ContainsFunc(r.Notes, func(n plan.Finding) bool { return n.What.String() == f.What.String() && n.Code == f.Code })
}

// acceptedBy is who last answered yes to a question of a task, and when; empty if no one did.
func acceptedBy(p *plan.Plan, t plan.Task, question string) msg.Text {
	who := msg.Text{}
	for _, d := range p.Decisions() {
		if d.Task == t && d.ID == question && d.Value == plan.Yes {
			who = msg.T("%s at %s", d.By, msg.Time(d.At.UTC(), msg.Stamp))
		}
	}
	return who
}

// mended reports whether a finding is known to be so no longer. What nothing was seen of since is not.
func mended(p *plan.Plan, fqdn string, f plan.Finding) bool {
	_, replaced := trust.Replacing(p, fqdn)
	switch f.Code {
	case codes.Trust:
		return len(f.About) == 2 && slices.ContainsFunc(trust.StatesInto(p, fqdn), func(e trust.State) bool {
			return e.From.FQDN == f.About[0] && e.Unit == f.About[1] && e.Now == trust.HoldYes && e.Then == trust.HoldYes
		})
	case codes.Served, codes.Silent:
		return allRight(p, fqdn)
	case codes.Expired:
		return replaced && allRight(p, fqdn)
	case codes.Pending:
		return replaced
	case codes.Services:
		listed := servicesLast(p, fqdn)
		n, _ := p.Node(fqdn)
		down := release.ServiceNames(release.ServicesDown(release.FactsOf(p, n), listed))
		return len(listed) > 0 && !slices.ContainsFunc(f.About, func(name string) bool { return slices.Contains(down, name) })
	}
	return false
}

// allRight reports whether every address of a node was looked at since the survey, and answers as it should.
func allRight(p *plan.Plan, fqdn string) bool {
	all := standing.AddressesOf(p, fqdn)
	return len(all) > 0 && !slices.ContainsFunc(all, func(a standing.Address) bool {
		return a.Now == nil || a.Wrong() || a.State == standing.AddressSilent
	})
}

// servicesLast are the services as they were listed after a restart; nil where there was none.
func servicesLast(p *plan.Plan, fqdn string) (last []vos.Service) {
	for _, row := range p.Steps() {
		t, ok := p.Task(plan.Task{Step: row.ID, Node: fqdn})
		if ok && row.Role == plan.RoleRestart && t.State == plan.Done && len(t.Seen.Services) > 0 {
			last = t.Seen.Services
		}
	}
	return last
}
