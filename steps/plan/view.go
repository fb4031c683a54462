package plan

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TaskView is one task as screens and reports see it, at one moment. What it points to is shared: do not write to it.
type TaskView struct {
	Task     Task
	State    State
	Changed  bool // the node was changed by it, or may have been
	Since    time.Time
	By       string
	Before   *Seen
	Seen     *Seen
	Trouble  *Trouble
	Asked    *Asked
	Answers  map[string]Answer
	Offered  map[string]Answer // answers of a former owner of the session that do not count here
	Outdated time.Time         // when it was done, where it has to be done once more for what was changed after that; zero: it has not
}

// Row is one step of the plan with its tasks. Its tasks are shared by all callers since the last entry: do not write to them.
type Row struct {
	Number int // from 1
	Step   Step
	Tasks  []TaskView
}

// Done counts the tasks of the row that are done.
func (r Row) Done() int { return r.Count(Done) }

// Count counts the tasks of the row that are in the given state.
func (r Row) Count(s State) int {
	n := 0
	for _, t := range r.Tasks {
		if t.State == s {
			n++
		}
	}
	return n
}

// Whole reports whether nothing is left to do in this row.
func (r Row) Whole() bool { return r.Done() == len(r.Tasks) }

// reading reads something of a plan while no entry is applied.
func reading[T any](p *Plan, read func(*fold) T) T {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return read(p.fold)
}

// ofNode reads something of a node; the zero value of an unknown one.
func ofNode[T any](p *Plan, fqdn string, read func(*node) T) (v T) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if n := p.nodes[fqdn]; n != nil {
		return read(n)
	}
	return v
}

// Change returns what the session is about.
func (p *Plan) Change() change.Change {
	return reading(p, func(f *fold) change.Change { return f.change })
}

// Scope returns what decides which rows the plan has, as far as it is known.
func (p *Plan) Scope() change.Scope {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return change.Scope{Change: p.change, ECDSA: maps.Clone(p.ecdsa), Late: maps.Clone(p.late), CA: p.ca}
}

// Entries returns how many entries were applied, the time of the last, and its checksum.
func (p *Plan) Entries() (n int, last time.Time, sum string) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.entries, p.last, p.sum
}

// Node returns a node as it is dialled now.
func (p *Plan) Node(fqdn string) (vos.Node, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	n := p.nodes[fqdn]
	if n == nil {
		return vos.Node{}, false
	}
	return n.node, true
}

// Nodes returns all nodes in solution order, as they are dialled now.
func (p *Plan) Nodes() []vos.Node {
	p.mu.RLock()
	defer p.mu.RUnlock()
	all := make([]vos.Node, 0, len(p.order))
	for _, fqdn := range p.order {
		all = append(all, p.nodes[fqdn].node)
	}
	return all
}

// Peers returns the FQDNs of the cluster of a node, itself among them, publisher first; nil where the node is unknown.
func (p *Plan) Peers(fqdn string) []string {
	return ofNode(p, fqdn, func(n *node) []string { return slices.Clone(n.peers) })
}

// Pin returns the host key that was accepted for a node, and whether legacy algorithms are allowed on it.
func (p *Plan) Pin(fqdn string) (key *vos.HostKey, legacy bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	n := p.nodes[fqdn]
	if n == nil {
		return nil, false
	}
	return n.pin, n.legacy
}

// Refusals returns how many logins a node refused since it last accepted one.
func (p *Plan) Refusals(fqdn string) int {
	return ofNode(p, fqdn, func(n *node) int { return n.refusals })
}

// Rows returns the whole plan, from top to bottom.
func (p *Plan) Rows() []Row {
	p.mu.RLock()
	defer p.mu.RUnlock()
	rows := make([]Row, 0, len(p.rows))
	for i := range p.rows {
		if p.size[p.rows[i].ID] > 0 {
			rows = append(rows, p.rowAt(i))
		}
	}
	return rows
}

// Row returns one row of the plan.
func (p *Plan) Row(step string) (Row, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for i, s := range p.rows {
		if s.ID == step && p.size[s.ID] > 0 {
			return p.rowAt(i), true
		}
	}
	return Row{}, false
}

// drawn is what rows looked like after so many entries: screens ask for them again and again, and a thousand nodes have
// many. It is only read.
type drawn struct {
	mu      sync.Mutex
	entries int
	rows    map[int]Row
}

// rowAt numbers the row among those that are on any node.
func (p *fold) rowAt(i int) Row {
	p.drawn.mu.Lock()
	defer p.drawn.mu.Unlock()
	if p.drawn.entries != p.entries || p.drawn.rows == nil {
		p.drawn.entries, p.drawn.rows = p.entries, map[int]Row{}
	}
	if row, ok := p.drawn.rows[i]; ok {
		return row
	}
	row := Row{Number: 1, Step: p.rows[i]}
	for _, above := range p.rows[:i] {
		row.Number += min(p.size[above.ID], 1)
	}
	tasks := p.tasksOf(p.rows[i])
	row.Tasks = make([]TaskView, 0, len(tasks))
	for _, t := range tasks {
		row.Tasks = append(row.Tasks, p.viewOf(t))
	}
	p.drawn.rows[i] = row
	return row
}

func (p *fold) viewOf(t Task) TaskView {
	k := p.tasks[t]
	return TaskView{Task: t, State: k.state, Changed: k.changed, Since: k.since, By: k.by, Before: k.before, Seen: k.seen,
		Trouble: k.trouble, Asked: k.asked, Answers: k.answers, Offered: k.offered, Outdated: k.outdated}
}

// Task returns one task.
func (p *Plan) Task(t Task) (TaskView, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.tasks[t] == nil {
		return TaskView{}, false
	}
	return p.viewOf(t), true
}

// Reply returns the CA's reply, or nil as long as there is none.
func (p *Plan) Reply() *Reply { return reading(p, func(f *fold) *Reply { return f.reply }) }

// Survey returns what a node held and served before anything was changed, or nil.
func (p *Plan) Survey(fqdn string) *Seen {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if t := p.tasks[Task{StepSurvey, fqdn}]; t != nil {
		return t.seen
	}
	return nil
}

// CertPin returns the certificate of a node's API that was accepted, or nil.
func (p *Plan) CertPin(fqdn string) *vos.HostKey {
	return ofNode(p, fqdn, func(n *node) *vos.HostKey { return n.cert })
}

// Replaced returns the certificate on a node that a person accepted in place of the one of this change, PEM; "" where none was.
func (p *Plan) Replaced(fqdn string) string {
	return reading(p, func(f *fold) string { return f.replaced[fqdn] })
}
