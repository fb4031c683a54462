package plan

import (
	"cmp"
	"slices"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Version is the version of the plans that this program makes: which rows they have, and in which order nodes take turns.
// The first entry of a journal names its own; one that names none is of a program before 1, where nodes were restarted in
// the order of the solution. From 2 the functional tests follow the products.
// From 3 a change may renew tomcat-ECDSA alone, self-signed paths ask about it, and every path trusts script servers. A session keeps the plan that it was opened with.
// From 4 the certificates of some nodes may be installed while those of others are still at the CA, and functional tests are asked
// about each node. From 5 tomcat-ECDSA is regenerated with tomcat, and nodes are not asked about it that only own one (ECDSABeside).
const Version = 5

// unordered is the rank of products whose order no document names: they come after all others.
const unordered = 1 << 10

// takeTurns puts the nodes of each row that has an order into that order: by rank, then as the solution has them.
func (p *fold) takeTurns() {
	p.turns, p.ranks = map[string][]string{}, map[string]map[string]int{}
	if p.change.Plan < 1 {
		return
	}
	for _, row := range p.rows {
		if row.Order == nil {
			continue
		}
		ranks := map[string]int{}
		for fqdn, n := range p.nodes {
			if ranks[fqdn] = row.Order(n.node); ranks[fqdn] == 0 {
				ranks[fqdn] = unordered
			}
		}
		turns := slices.Clone(p.order)
		slices.SortStableFunc(turns, func(a, b string) int {
			return cmp.Or(ranks[a]-ranks[b], p.inCluster(a, b))
		})
		p.turns[row.ID], p.ranks[row.ID] = turns, ranks
	}
}

// inCluster puts the publisher or primary of a cluster first, and leaves nodes of different clusters as they are.
func (p *fold) inCluster(a, b string) int {
	if !slices.Contains(p.nodes[a].peers, b) {
		return 0
	}
	second := func(fqdn string) int {
		if p.nodes[fqdn].node.Role == vos.Subscriber {
			return 1
		}
		return 0
	}
	return second(a) - second(b)
}

// inTurn are the nodes of a row in the order in which they take turns.
func (p *fold) inTurn(row string) []string {
	if turns, ok := p.turns[row]; ok {
		return turns
	}
	return p.order
}

// precedes reports whether a node must be done before another may have its turn: a product that documents put before it, or
// the publisher before its subscriber. Without an order every node waits for those before it.
func (p *fold) precedes(row, a, b string) bool {
	ranks, ordered := p.ranks[row]
	if !ordered || ranks[a] != ranks[b] {
		return true // the earlier one of the two is asked about
	}
	return slices.Contains(p.nodes[a].peers, b)
}

// waitsInTurn returns the node that a task of an interrupting row waits for, or "". One at a time: a node whose turn has
// begun is finished first.
func (p *fold) waitsInTurn(step Step, t Task) string {
	earlier := true
	for _, other := range p.tasksOf(step) {
		if other == t {
			earlier = false
			continue
		}
		k := p.tasks[other]
		switch {
		case k.state == Done:
		case earlier && p.precedes(step.ID, other.Node, t.Node):
			return other.Node
		case k.state == Running || k.state == Unsure || k.state == Failed:
			if p.ranks[step.ID] != nil {
				return other.Node
			}
		}
	}
	return ""
}

// Turns returns the questions before every node whose turn it can be now in the row of a question, that one first.
func (p *Plan) Turns(q Asked) []Asked {
	p.mu.RLock()
	defer p.mu.RUnlock()
	all := []Asked{q}
	step := p.step(q.Task.Step)
	for _, t := range p.tasksOf(step) {
		k := p.tasks[t]
		if t == q.Task || k.state != Idle || k.asked != nil || step.Risk != Interrupts || !p.waitsFor(t).IsZero() {
			continue
		}
		if ask := unanswered(p.fold, step, t, k.answers); ask != nil {
			all = append(all, Asked{Task: t, Question: *ask, Since: q.Since})
		}
	}
	return all
}
