package engine

import (
	"sync"

	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// EventQueue carries events from a Runner to a face that may be slow or stalled. Put never blocks: entries and errands are
// kept, and of progress only the newest line of each task.
type EventQueue struct {
	mu       sync.Mutex
	entries  []Event
	progress map[plan.Task]Event
	order    []plan.Task
	ready    chan struct{}
}

// NewEventQueue returns an empty one.
func NewEventQueue() *EventQueue {
	return &EventQueue{progress: map[plan.Task]Event{}, ready: make(chan struct{}, 1)}
}

// Put adds one event. It is the notify function of a Runner.
func (m *EventQueue) Put(e Event) {
	m.mu.Lock()
	if e.Entry != nil || e.Errand != nil {
		m.entries = append(m.entries, e)
	} else if e.Progress != nil {
		if _, ok := m.progress[e.Progress.Task]; !ok {
			m.order = append(m.order, e.Progress.Task)
		}
		m.progress[e.Progress.Task] = e
	}
	m.mu.Unlock()
	select {
	case m.ready <- struct{}{}:
	default:
	}
}

// Ready receives after something was put in; it may ring for an empty box.
func (m *EventQueue) Ready() <-chan struct{} { return m.ready }

// Take empties the box: all entries and errands in order, then the newest progress of each task.
func (m *EventQueue) Take() []Event {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.entries
	for _, t := range m.order {
		all = append(all, m.progress[t])
	}
	m.entries, m.order = nil, nil
	clear(m.progress)
	return all
}
