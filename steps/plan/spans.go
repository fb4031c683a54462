package plan

import (
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
)

// timespan is one run of a task: from the entry before a node was changed to the one that says what came of it.
type timespan struct {
	Task     Task
	From, To time.Time // to is zero while it runs
	State    State     // at its end
}

// clockIn keeps when a task began and ended. A run that was left unsure lasts until a look has settled it: the node may
// have been away so long. The plan is locked.
func (p *fold) clockIn(e session.Entry) {
	t := Task{e.Step, e.Node}
	i, ok := p.spanOf[t]
	open := ok && (p.spans[i].To.IsZero() || p.spans[i].State == Unsure)
	switch e.Kind {
	case KindBegan:
		if !open {
			if p.spanOf == nil {
				p.spanOf = map[Task]int{}
			}
			p.spanOf[t] = len(p.spans)
			p.spans = append(p.spans, timespan{Task: t, From: e.Time})
			return
		}
		p.spans[i].State, p.spans[i].To = Running, time.Time{} // unsure, and begun once more: one absence
	case KindDone, KindFailed, KindUnsure:
		if open && !e.Time.Before(p.spans[i].From) { // else the clock was set back meanwhile
			p.spans[i].To, p.spans[i].State = e.Time, p.tasks[t].state
		}
	}
}

// Timespans returns the runs of tasks, in the order in which they began.
func (p *Plan) Timespans() []timespan {
	return reading(p, func(f *fold) []timespan { return slices.Clone(f.spans) })
}
