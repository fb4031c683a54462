package standing

import (
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// Outcome is how a change stands; it decides the exit code.
type Outcome int

// String is what listings print.
func (o Outcome) String() string {
	return [...]string{"proven", "owed", "waiting for the CA", "refused", "unsure", "open"}[o]
}

// OutcomeOf returns how the change stands: the gravest thing first.
func OutcomeOf(p *plan.Plan) Outcome { return Of(p).Outcome }

// Where is "step 7 of 14", and since when it has waited.
type Where struct {
	Number, Of int
	Title      string
	Since      time.Time
	Outcome    Outcome
}

// WhereIs returns where the change stands, for the list of sessions.
func WhereIs(p *plan.Plan) Where {
	next := p.Next()
	w := Where{Of: len(p.Rows()), Number: next.Row.Number, Title: next.Row.Step.Title, Outcome: OutcomeOf(p)}
	_, w.Since, _ = p.Entries()
	if next.Question != nil && !next.Question.Since.IsZero() {
		w.Since = next.Question.Since
	}
	return w
}

// Proven: nothing is left. Owed: all is done that a program can do, but something is owed (a restart, an answer put off).
// Waiting: the CA has the CSRs. Refused: a task failed. Doubtful: a task is unsure. Open: there is something to do.
const (
	Proven Outcome = iota
	Owed
	Waiting
	Refused
	Doubtful
	Open
)
