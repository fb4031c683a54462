package plan

import (
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/vos"
)

func (p *fold) scope() change.Scope {
	return change.Scope{Change: p.change, ECDSA: p.ecdsa, Late: p.late, CA: p.ca}
}

// expand gives each row its tasks on the given nodes ("" for rows that are done once), as far as it is known now on which
// nodes the row is. A task that was ever touched stays.
func (p *fold) expand(fqdns ...string) {
	scope := p.scope()
	for _, row := range p.rows {
		for _, fqdn := range fqdns {
			t := Task{row.ID, fqdn}
			on := row.On == nil && fqdn == "" && (row.Once == nil || row.Once(scope))
			if row.On != nil && fqdn != "" {
				on = row.On(scope, p.nodes[fqdn].node)
			}
			on = on && parts{p}.inParts(row, fqdn)
			k := p.tasks[t]
			switch {
			case on && k == nil:
				p.tasks[t] = &task{}
				p.left[row.ID]++
				p.size[row.ID]++
			case !on && k != nil && k.state == Idle && len(k.answers) == 0:
				delete(p.tasks, t)
				p.left[row.ID]--
				p.size[row.ID]--
			}
		}
	}
}

// applyRelease takes what was read or decided into account: rows that stand on it come or go.
func (p *fold) applyRelease(e session.Entry, t *task) {
	if n := p.nodes[e.Node]; p.role(e.Step) == RoleSurvey && n != nil && t.state == Done && t.seen.About != nil && t.seen.About.Version != "" {
		n.node.Release = vos.Release(t.seen.About.Version)
		p.expand(e.Node)
	}
	if a := t.answers[AskECDSA]; e.Step == StepECDSA && a.Value != Again && a.Value != p.ecdsa[e.Node] {
		p.ecdsa[e.Node] = a.Value
		p.expand(p.nodes[e.Node].peers...)
	}
	if a := t.answers[AskCA]; e.Step == StepCA && a.Value != Again && a.Value != p.ca {
		p.ca = a.Value
		p.expand(append([]string{""}, p.order...)...)
	}
	if e.Kind == KindAnswered && e.Step == StepReply && t.answers[AskNoEC].Value == change.ECDSACOP {
		p.withoutEC()
	}
}

// withoutEC lets a COP keep every tomcat-ECDSA from being presented that was to be signed: the CA signs with RSA alone (EC-3).
func (p *fold) withoutEC() {
	for fqdn, n := range p.nodes {
		if first := n.peers[0]; fqdn == first && (p.change.OnlyECDSA() || p.ecdsa[fqdn] == change.ECDSASign) {
			p.ecdsa[fqdn] = change.ECDSACOP
			p.expand(n.peers...)
		}
	}
}

// dropUnknownRows takes rows out of the plan that the journal went past without a word: the program that wrote it had none of them.
// This program never goes past a row that is not whole, and one that is done once more was touched before.
func (p *fold) dropUnknownRows(step string) {
	for _, row := range p.rows {
		if row.ID == step {
			return
		}
		if !row.AddedLater || p.left[row.ID] == 0 {
			continue
		}
		for _, t := range p.tasksOf(row) {
			if k := p.tasks[t]; k != nil && k.since.IsZero() && k.asked == nil && len(k.answers) == 0 {
				delete(p.tasks, t)
				p.left[row.ID]--
				p.size[row.ID]--
			}
		}
	}
}

// gather tells each node its cluster.
func (p *fold) gather() {
	for _, c := range p.change.Solution.Clusters {
		var peers []string
		for _, n := range c.Nodes {
			peers = append(peers, n.FQDN)
		}
		for _, fqdn := range peers {
			p.nodes[fqdn].peers = peers
		}
	}
}
