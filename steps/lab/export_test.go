package lab

import (
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// GradeText is the grade of a plan on the nodes of a record.
func GradeText(p *plan.Plan, r sim.Record, name string, now time.Time) (text string, passed bool) {
	text, _, passed = gradeText(nil, r, marks(p, r), practice.Result{Session: name}, now)
	return text, passed
}
