package engine

import (
	"sync"

	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// EventQueue carries events from a Runner to a screen that may be slow or stalled. Put never blocks: entries, manual tasks
// and ends are kept in their order, and of progress only the newest line of each task.
type EventQueue struct {
	mu       sync.Mutex
	kept     []Event
	progress map[plan.Task]Event
	order    []plan.Task
	ready    chan struct{}
}

// NewEventQueue returns an empty one.
func NewEventQueue() *EventQueue {
	return &EventQueue{progress: map[plan.Task]Event{}, ready: make(chan struct{}, 1)}
}

// Put adds one event. It is the notify function of a Runner.
func (q *EventQueue) Put(e Event) {
	q.mu.Lock()
	if e.Progress == nil {
		q.kept = append(q.kept, e)
	} else {
		if _, ok := q.progress[e.Progress.Task]; !ok {
			q.order = append(q.order, e.Progress.Task)
		}
		q.progress[e.Progress.Task] = e
	}
	q.mu.Unlock()
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

// Ready receives after something was put in; it may tell of an empty queue.
func (q *EventQueue) Ready() <-chan struct{} { return q.ready }

// Take empties the queue: the newest progress of each task, then entries, manual tasks and ends in their order. What a task
// said before its end must not come behind it.
func (q *EventQueue) Take() []Event {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := make([]Event, 0, len(q.order)+len(q.kept))
	for _, t := range q.order {
		all = append(all, q.progress[t])
	}
	all = append(all, q.kept...)
	q.kept, q.order = nil, nil
	clear(q.progress)
	return all
}
