package engine

import (
	"errors"
	"slices"
	"sync"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
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
	group := slices.Clone(q.waiting[:min(len(q.waiting), largestGroup)])
	q.waiting = slices.Delete(q.waiting, 0, len(group))
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

// write writes a group. Where that fails each entry is tried by itself, so that one of them refuses none of the others; not where the
// session was taken over: they may be on disk.
func (r *Runner) write(group []*pending) {
	records := make([]session.Record, len(group))
	for i, p := range group {
		records[i] = p.record
	}
	entries, err := toDisk(r.memory, records)
	var taken *session.TakenOver
	if err != nil && len(group) > 1 && !errors.As(err, &taken) {
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
		p.err = r.told(&entries[i])
	}
}

// toDisk writes entries. A panic is an error: others wait for what is written after it.
func toDisk(m world.Memory, records []session.Record) (entries []session.Entry, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = crash(m, records[0].Node, x)
		}
	}()
	return m.AppendAll(records)
}

// told puts an entry that is on disk into the fold, and before the eyes. A panic is an error of the task that appended it.
func (r *Runner) told(e *session.Entry) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = crash(r.memory, e.Node, x)
		}
	}()
	if err := r.plan.Apply(*e); err != nil {
		return err
	}
	r.notify(Event{Entry: e})
	return nil
}

func unwritten(r session.Record, err error) error {
	return &vos.Error{Class: vos.ErrRefused, Node: r.Node, What: msg.T("The journal could not be written"), Err: err,
		Means: msg.T("No step runs until it is recorded in the journal. Nothing was sent to the node."), Next: msg.T("Free disk space or restore write permission, then press Enter.")}
}
