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
	held []held
}

type held struct {
	kind, step, node string
	data             any
}

// Quiet holds back what tells only that a finished session was opened, until something is done in it.
func Quiet(m world.Memory) world.Memory { return &quiet{Memory: m} }

// Append writes an entry, and what was held back before it. An entry that is held back is not numbered.
func (q *quiet) Append(kind, step, node string, data any) (session.Entry, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	one := held{kind, step, node, data}
	if slices.Contains([]string{plan.KindResumed, plan.KindLocated}, kind) {
		e, err := plan.Unwritten(kind, step, node, data)
		if err == nil {
			q.held = append(q.held, one)
		}
		return e, err
	}
	for len(q.held) > 0 {
		h := q.held[0]
		if _, err := q.Memory.Append(h.kind, h.step, h.node, h.data); err != nil {
			return session.Entry{}, err
		}
		q.held = q.held[1:]
	}
	return q.Memory.Append(kind, step, node, data)
}
