package engine

import (
	"slices"
	"sync"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
)

// quiet is the memory of a session that was finished when it was opened: what only tells that it was opened, and where
// simulated nodes are dialled today, is written when something is done, and not before. Who looks changes no evidence.
type quiet struct {
	world.Memory
	mu   sync.Mutex
	held []session.Record
}

// Quiet holds back what tells only that a finished session was opened, until something is done in it.
func Quiet(m world.Memory) world.Memory { return &quiet{Memory: m} }

// AppendAll writes entries, and what was held back before them. An entry that is held back is not numbered.
func (q *quiet) AppendAll(records []session.Record) ([]session.Entry, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !slices.ContainsFunc(records, done) {
		return q.hold(records)
	}
	written, err := q.Memory.AppendAll(slices.Concat(q.held, records))
	if err != nil {
		return nil, err
	}
	written, q.held = written[len(q.held):], nil
	return written, nil
}

// done tells an entry that says that something was done.
func done(r session.Record) bool { return r.Kind != plan.KindResumed && r.Kind != plan.KindLocated }

func (q *quiet) hold(records []session.Record) ([]session.Entry, error) {
	entries := make([]session.Entry, len(records))
	for i, r := range records {
		var err error
		if entries[i], err = plan.Unwritten(r.Kind, r.Step, r.Node, r.Data); err != nil {
			return nil, err
		}
	}
	q.held = append(q.held, records...)
	return entries, nil
}
