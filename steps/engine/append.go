package engine

import (
	"sync"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// appendQueue is what waits to be written. Entries that tasks append while another write is under way are written together
// (group commit): a sync of the disk is then shared, and does not add up over many nodes.
type appendQueue struct {
	mu      sync.Mutex
	waiting []*pending
}

// pending is an entry that is not written yet; written tells that it was tried, and err what came of it.
type pending struct {
	record  session.Record
	written bool
	err     error
}

func (q *appendQueue) put(p *pending) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, p)
}

// largestGroup is how many entries are written together: what a node shows takes some 20 KB to write, and what a thousand show
// need not be in memory at once.
const largestGroup = 32

// take returns the oldest entries that wait, as many as are written together.
func (q *appendQueue) take() []*pending {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.waiting), largestGroup)
	group := q.waiting[:n:n]
	q.waiting = q.waiting[n:]
	return group
}

// Append puts an entry on disk, then into the fold, then before the eyes. It returns when that is done.
func (r *Runner) Append(kind string, t plan.Task, data any) error {
	p := &pending{record: session.Record{Kind: kind, Step: t.Step, Node: t.Node, Data: data}}
	r.queue.put(p)
	r.mu.Lock()
	defer r.mu.Unlock()
	for !p.written { // the groups that were written while this waited did not hold it
		r.write(r.queue.take())
	}
	return p.err
}

// write writes a group. Where that fails each entry is tried by itself, so that one of them refuses none of the others.
func (r *Runner) write(group []*pending) {
	records := make([]session.Record, len(group))
	for i, p := range group {
		records[i] = p.record
	}
	entries, err := r.memory.AppendAll(records)
	if err != nil && len(group) > 1 {
		for i := range group {
			r.write(group[i : i+1])
		}
		return
	}
	for i, p := range group {
		if p.written = true; err != nil {
			p.err = unwritten(p.record, err)
			continue
		}
		if p.err = r.plan.Apply(entries[i]); p.err == nil {
			r.notify(Event{Entry: &entries[i]})
		}
	}
}

func unwritten(r session.Record, err error) error {
	return &vos.Error{Class: vos.ErrRefused, Node: r.Node, What: msg.T("The journal could not be written"), Err: err,
		Means: msg.T("No step runs until it is recorded in the journal. Nothing was sent to the node."), Next: msg.T("Free disk space or restore write permission, then press Enter.")}
}
