package plan

import (
	"maps"
	"slices"

	"github.com/uccx-tui/uccx-tui/session"
)

// partsSince is the version of the plan from which on a reply may come in parts.
const partsSince = 4

// parts are what comes of replies that come in parts. The plan is locked.
type parts struct{ *fold }

// inParts reports whether a row is on a node ("" where it is done once) as far as the CA has answered: a certificate that is
// still at the CA is not installed, and the row that takes the rest is there as long as there is a rest.
func (p parts) inParts(row Step, fqdn string) bool {
	switch row.Role {
	case RoleInstall:
		return !p.late[fqdn]
	case RoleRest:
		return len(p.late) > 0
	}
	return true
}

// takeReply keeps the CA's files. Those that come later are added to those that were taken before.
func (p parts) takeReply(e session.Entry, a Answer) {
	rest, old, was := p.role(e.Step) == RoleRest, p.reply, p.replyAt
	p.reply, p.replyAt = a.Reply, e.Seq
	if p.change.Plan < partsSince {
		return
	}
	if rest && old != nil {
		p.reply, p.replyAt = old.with(*a.Reply), was // all of it is as foreign as its oldest part
		if len(p.reply.Roots)+len(p.reply.Intermediates) > len(old.Roots)+len(old.Intermediates) {
			p.again(func(row Step) bool { return row.Role == RoleTrust && row.Retry.May(OtherFiles) }, p.order...)
		}
	}
	p.late = map[string]bool{}
	if rest || a.Question == AskParts {
		p.late = p.unanswered()
	}
	p.expand(append([]string{""}, p.order...)...)
}

// unanswered are the nodes for which not every certificate is here. The plan is locked.
func (p parts) unanswered() map[string]bool {
	late := map[string]bool{}
	for fqdn, n := range p.nodes {
		for _, id := range p.scope().Wants(n.node) {
			if p.reply.Leaves[id] == "" {
				late[fqdn] = true
			}
		}
	}
	return late
}

// with is a reply and what came later, once each.
func (r Reply) with(rest Reply) *Reply {
	add := func(to, more []string) []string {
		all := slices.Clone(to)
		for _, one := range more {
			if !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
		return all
	}
	r.Files, r.Roots, r.Intermediates = add(r.Files, rest.Files), add(r.Roots, rest.Roots), add(r.Intermediates, rest.Intermediates)
	r.Notes = slices.Concat(r.Notes, rest.Notes)
	leaves := maps.Clone(r.Leaves) // views hold the old one
	maps.Copy(leaves, rest.Leaves)
	r.Leaves = leaves
	return &r
}

// outdate lets what stands on the restart of a node be done once more, where a row has changed the node after that restart
// (SIG-8): the restart, its proof, and what was asked and reported behind it.
func (p parts) outdate(e session.Entry, t *task) {
	row := p.step(e.Step)
	if p.change.Plan < partsSince || row.Owes.For == "" || row.Owes.For != ForIdentity && t.before == nil {
		return
	}
	nodes := []string{e.Node}
	if row.Owes.For != ForIdentity {
		nodes = p.nodes[e.Node].peers
	}
	if p.again(func(s Step) bool { return s.ID == row.Owes.Restart || s.Pays == row.Owes.Restart }, nodes...) {
		p.again(func(s Step) bool { return s.Role == RoleAsk || s.Role == RoleReport || s.ID == StepPeerTold }, append([]string{""}, p.order...)...)
	}
}

// again lets the tasks of rows that are done on some nodes be done once more, and reports whether there were any.
func (p parts) again(these func(Step) bool, fqdns ...string) (any bool) {
	for _, row := range p.rows {
		if !these(row) {
			continue
		}
		for _, fqdn := range fqdns {
			k := p.tasks[Task{row.ID, fqdn}]
			if k == nil || k.state != Done {
				continue
			}
			any = true
			k.state, k.outdated = Idle, k.since
			k.answers, k.asked, k.before, k.seen = nil, nil, nil, nil
			p.left[row.ID]++
		}
	}
	return any
}
