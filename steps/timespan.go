package steps

import (
	"cmp"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
)

// timespan is one run of a task: from the entry before a node was changed to the one that says what came of it.
type timespan struct {
	task     Task
	from, to time.Time // to is zero while it runs
	state    State     // at its end
}

// clockIn keeps when a task began and ended. A run that was left unsure lasts until a look has settled it: the node may
// have been away so long. The plan is locked.
func (p *Plan) clockIn(e session.Entry) {
	t := Task{e.Step, e.Node}
	i, ok := p.spanOf[t]
	open := ok && (p.spans[i].to.IsZero() || p.spans[i].state == Unsure)
	switch e.Kind {
	case KindBegan:
		if !open {
			if p.spanOf == nil {
				p.spanOf = map[Task]int{}
			}
			p.spanOf[t] = len(p.spans)
			p.spans = append(p.spans, timespan{task: t, from: e.Time})
			return
		}
		p.spans[i].state, p.spans[i].to = Running, time.Time{} // unsure, and begun once more: one absence
	case KindDone, KindFailed, KindUnsure:
		if open && !e.Time.Before(p.spans[i].from) { // else the clock was set back meanwhile
			p.spans[i].to, p.spans[i].state = e.Time, p.tasks[t].state
		}
	}
}

// timespans returns the runs of tasks, in the order in which they began.
func (p *Plan) timespans() []timespan {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return slices.Clone(p.spans)
}

// ReportSpan is one run of a step on one node. Times are UTC.
type ReportSpan struct {
	Number int       `json:"number"` // of the step
	Title  string    `json:"title"`
	Node   string    `json:"node,omitempty"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to,omitzero"` // zero: it had not ended when the report was made
	State  string    `json:"state"`
	Risk   string    `json:"risk"` // "looks", "changes", "interrupts": the node is away while it restarts
}

// Took is how long it lasted, or 0 where it has not ended.
func (s ReportSpan) Took() time.Duration { return max(s.To.Sub(s.From), 0) }

// reportSpans returns every run of a step that changes a node, in the order of time.
func reportSpans(p *Plan) []ReportSpan {
	rows := map[string]Row{}
	for _, row := range p.Rows() {
		rows[row.Step.ID] = row
	}
	var all []ReportSpan
	for _, s := range p.timespans() {
		row := rows[s.task.Step]
		all = append(all, ReportSpan{row.Number, row.Step.Title, s.task.Node, s.from.UTC(), s.to.UTC(), s.state.String(), row.Step.Risk.String()})
		if s.to.IsZero() {
			all[len(all)-1].To, all[len(all)-1].State = time.Time{}, Running.String()
		}
	}
	slices.SortStableFunc(all, func(a, b ReportSpan) int { return cmp.Compare(a.From.UnixNano(), b.From.UnixNano()) })
	return all
}

// away returns how long services of a node were interrupted by this change: the time of its restarts, each until the node
// was seen to be back. known is false where one of them has not ended.
func (r Report) away(fqdn string) (long time.Duration, times int, known bool) {
	known = true
	for _, s := range r.Spans {
		if s.Node != fqdn || s.Risk != Interrupts.String() {
			continue
		}
		times++
		long += s.Took()
		known = known && !s.To.IsZero() && s.State != Unsure.String()
	}
	return long, times, known
}
