package plan

import (
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Next is the one thing to do next.
type Next struct {
	Row      Row
	Tasks    []Task // what Runner.Run(Row.Step.ID) would do now; empty while something must be answered first
	Question *Asked // what must be answered before anything else in this row, or nil
	Finished bool   // nothing is left
}

// Next returns the first row that is not whole, and what can be done in it.
func (p *Plan) Next() Next {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for i := range p.rows {
		if p.left[p.rows[i].ID] == 0 {
			continue
		}
		row := p.rowAt(i)
		n := Next{Row: row, Question: p.question(row)}
		n.Tasks = p.ready(row.Step)
		return n
	}
	last := Next{Finished: true}
	if len(p.rows) > 0 {
		last.Row = p.rowAt(len(p.rows) - 1)
	}
	return last
}

// question returns the first thing in this row that a person must answer now.
func (p *fold) question(row Row) *Asked {
	if row.Step.Risk == Interrupts && len(p.ready(row.Step)) > 0 {
		return nil // a node has its word: it is done before the next is asked for
	}
	for _, t := range row.Tasks {
		if t.State == Done || t.State == Running || !p.waitsFor(t.Task).IsZero() {
			continue
		}
		if t.Asked != nil {
			return t.Asked.with(row)
		}
		if q := unanswered(p, row.Step, t.Task, t.Answers); q != nil {
			if n := p.nodes[t.Task.Node]; n != nil && row.Step.Fit != nil {
				*q = row.Step.Fit(p.scope(), n.node, *q)
			}
			return &Asked{Task: t.Task, Question: *q, Since: p.readySince(row.Step)}
		}
	}
	return nil
}

// LetsOn reports whether the row may go on with an answer.
func (q Question) LetsOn(value string) bool { return q.Needs == "" || value == q.Needs }

// Stops reports whether an answer means that nothing more is to be sent to the node.
func (q Question) Stops(value string) bool {
	return value == No && (q.Key != nil || q.ID == AskLegacy || q.ID == AskRoute || q.ID == AskHandedCA)
}

// Takes is what is taken with an answer: the CA's files, where the question is about them and the answer installs them.
func (q Question) Takes(value string) *Reply {
	if value == Yes || value == Install {
		return q.Reply
	}
	return nil
}

// unanswered returns the first standing question of a row that this task has no answer to.
func unanswered(p *fold, step Step, t Task, answers map[string]Answer) *Question {
	n := p.nodes[t.Node]
	if n != nil && !needed(p, step, n.node) {
		return nil
	}
	for _, q := range step.Ask {
		if a, ok := answers[q.ID]; (n == nil || step.Asks == nil || step.Asks(n.node, q)) && (!ok || a.Value == Again || !q.LetsOn(a.Value)) {
			return &q
		}
	}
	return nil
}

// needed reports whether there is anything to do on a node in a row, as far as is known. Where not, nothing is asked about it.
func needed(p *fold, step Step, n vos.Node) bool { // the plan is locked by the caller: what is needed may lock it for itself
	return step.Needed == nil || step.Needed(&Plan{fold: p}, n)
}

// Needed reports whether there is anything to do on a node in a row, as far as is known.
func (p *Plan) Needed(step Step, fqdn string) bool {
	n, _ := p.Node(fqdn)
	return step.Needed == nil || step.Needed(p, n)
}

// readySince returns when the last row that this one stands on was done: since then it waits.
func (p *fold) readySince(step Step) time.Time {
	var since time.Time
	for _, id := range step.After {
		for t, k := range p.tasks {
			if t.Step == id && k.since.After(since) {
				since = k.since
			}
		}
	}
	return since
}

// ready returns the tasks of a row that may run now: all that are not blocked, or one where the row interrupts.
func (p *fold) ready(step Step) []Task {
	var all []Task
	for _, t := range p.tasksOf(step) {
		if k := p.tasks[t]; k.state == Done || k.state == Running {
			continue
		}
		if step.Risk != Interrupts && !p.waitsFor(t).IsZero() { // what one waits for, all do
			return nil
		}
		if p.blocked(t) == nil {
			all = append(all, t)
			if step.Risk == Interrupts {
				break
			}
		}
	}
	return all
}

// Ready returns a row and the tasks of it that may run now; where there are none, why.
func (p *Plan) Ready(step string) (row Step, tasks []Task, why *Block) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	row = p.step(step)
	if tasks = p.ready(row); len(tasks) > 0 {
		return row, tasks, nil
	}
	for _, t := range p.tasksOf(row) {
		if why = p.blocked(t); p.tasks[t].state != Done {
			break
		}
	}
	if why == nil {
		why = &Block{msg.T("is not part of this plan")}
	}
	return row, nil, why
}

// Block is the reason why a task may not run, for the screen.
type Block struct {
	Text msg.Text
}

// Error is the reason in English.
func (b *Block) Error() string { return b.Text.String() }

// Blocked returns why a task may not run now, or nil.
func (p *Plan) Blocked(t Task) *Block {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.blocked(t)
}

func (p *fold) blocked(t Task) *Block {
	k := p.tasks[t]
	if k == nil {
		return &Block{msg.T("is not part of this plan")}
	}
	switch k.state {
	case Done:
		return &Block{msg.T("already done")}
	case Running:
		return &Block{msg.T("running")}
	}
	if first := p.waitsFor(t); !first.IsZero() {
		return &Block{msg.T("waiting for: %s", first)}
	}
	if k.asked != nil || unanswered(p, p.step(t.Step), t, k.answers) != nil {
		return &Block{msg.T("needs your answer")}
	}
	return nil
}

// waitsFor returns the title of what must be done before this task, or "".
func (p *fold) waitsFor(t Task) msg.Text {
	step := p.step(t.Step)
	for _, id := range step.After {
		if p.left[id] > 0 {
			return msg.English(p.step(id).Title)
		}
	}
	if step.Risk != Interrupts {
		return msg.Text{}
	}
	if other := p.waitsInTurn(step, t); other != "" {
		return msg.Joined([]msg.Text{msg.English(step.Title), msg.Verbatim(other)}, " ")
	}
	return msg.Text{}
}

// Steps returns the rows of the plan, also those that are on no node (yet). They are shared: do not write to them.
func (p *Plan) Steps() []Step {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.rows
}

// Step returns a row of the plan; a row that this plan has not is empty and on no node.
func (p *Plan) Step(id string) Step {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.step(id)
}

// step returns a row of the plan; a row that this plan has not is empty and on no node.
func (p *fold) step(id string) Step {
	for i := range p.rows {
		if p.rows[i].ID == id {
			return p.rows[i]
		}
	}
	return Step{ID: id, On: func(change.Scope, vos.Node) bool { return false }}
}
