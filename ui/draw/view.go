// Package draw lays out what the screens show of a plan: its rows, their tasks, ports and trusts, in lines of a width.
package draw

import (
	"time"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
)

// View is what is drawn: the plan of the session that is open, and what runs on it.
type View struct {
	layout.Theme
	Now           time.Time
	Width, Height int // of the window, in cells and lines

	Notice string // what the last key or the last run had to say; gone with the next key
	Bad    bool   // it is bad news

	Work     *app.Work
	Plan     *plan.Plan // nil: no session is open
	Progress map[plan.Task]engine.Progress
	Tasks    []engine.ManualTask // what waits for a person to do it by hand, oldest first
	Running  string              // row that the engine works on, or ""
	Begun    time.Time           // since when
	Learnt   timing.Durations    // how long rows took on this site
	judged   judged
}

// judged is how a plan stood after so many entries.
type judged struct {
	plan     *plan.Plan
	entries  int
	standing standing.Standing
}

// Standing is how the change stands, judged once for each entry of the journal.
func (f *View) Standing() standing.Standing {
	n, _, _ := f.Plan.Entries()
	if f.judged.plan != f.Plan || f.judged.entries != n {
		f.judged = judged{f.Plan, n, standing.Of(f.Plan)}
	}
	return f.judged.standing
}

// Pages are what is said about the session that is open.
func (f *View) Pages() pages.Env {
	return pages.Env{Localizer: f.Localizer, Plan: f.Plan, Work: f.Work, Now: f.Now}
}

// Busy says why nothing else can be begun while a row is at work, or "".
func (f *View) Busy() string {
	if f.Running == "" || f.Plan == nil {
		return ""
	}
	row, _ := f.Plan.Row(f.Running)
	return f.Say("%s is still running", f.Say(row.Step.Title))
}

// RulesOf are the rules on which a row stands.
func (f *View) RulesOf(row string) []string {
	if f.Plan == nil || row == "" {
		return nil
	}
	return f.Plan.Step(row).Rules
}

// Task returns the manual task with that number, where it waits.
func (f *View) Task(id int) (engine.ManualTask, bool) {
	for _, e := range f.Tasks {
		if e.ID == id {
			return e, true
		}
	}
	return engine.ManualTask{}, false
}
