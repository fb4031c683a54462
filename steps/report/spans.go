package report

import (
	"cmp"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// Span is one run of a step on one node. Times are UTC.
type Span struct {
	Number int       `json:"number"` // of the step
	Title  string    `json:"title"`
	Node   string    `json:"node,omitempty"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to,omitzero"` // zero: it had not ended when the report was made
	State  string    `json:"state"`
	Risk   string    `json:"risk"` // "looks", "changes", "interrupts": the node is away while it restarts
}

// Took is how long it lasted, or 0 where it has not ended.
func (s Span) Took() time.Duration { return max(s.To.Sub(s.From), 0) }

// spansOf returns every run of a step that changes a node, in the order of time.
func spansOf(p *plan.Plan) []Span {
	rows := map[string]plan.Row{}
	for _, row := range p.Rows() {
		rows[row.Step.ID] = row
	}
	var all []Span
	for _, s := range p.Timespans() {
		row := rows[s.Task.Step]
		all = append(all, Span{row.Number, row.Step.Title, s.Task.Node, s.From.UTC(), s.To.UTC(), s.State.String(), row.Step.Risk.String()})
		if s.To.IsZero() {
			all[len(all)-1].To, all[len(all)-1].State = time.Time{}, plan.Running.String()
		}
	}
	slices.SortStableFunc(all, func(a, b Span) int { return cmp.Compare(a.From.UnixNano(), b.From.UnixNano()) })
	return all
}

// away returns how long services of a node were interrupted by this change: the time of its restarts, each until the node
// was seen to be back. known is false where one of them has not ended.
func (r Report) away(fqdn string) (long time.Duration, times int, known bool) {
	known = true
	for _, s := range r.Spans {
		if s.Node != fqdn || s.Risk != plan.Interrupts.String() {
			continue
		}
		times++
		long += s.Took()
		known = known && !s.To.IsZero() && s.State != plan.Unsure.String()
	}
	return long, times, known
}
