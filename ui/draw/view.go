// Package draw lays out what the screens show of a plan: its rows, their tasks, ports and trusts, in lines of a width.
package draw

import (
	"time"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
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

// judged is how a plan stood after so many entries: each part is nil until it is asked for.
type judged struct {
	plan      *plan.Plan
	entries   int
	standing  *standing.Standing
	addresses *[]standing.Address
	outbox    []plan.OutFile
}

// of is what was judged of a plan as it stands, empty after each entry of its journal.
func (j *judged) of(p *plan.Plan) *judged {
	if n, _, _ := p.Entries(); j.plan != p || j.entries != n {
		*j = judged{plan: p, entries: n}
	}
	return j
}

// Outbox is what goes to the CA, made once for each entry of the journal: a letter and its CSRs are not made for every key.
func Outbox(f *View) []plan.OutFile {
	k := f.judged.of(f.Plan)
	if k.outbox == nil {
		k.outbox = reply.OutboxFiles(f.Plan, f.Localizer)
	}
	return k.outbox
}

// Standing is how the change stands, judged once for each entry of the journal.
func (f *View) Standing() standing.Standing {
	k := f.judged.of(f.Plan)
	if k.standing == nil {
		s := standing.Of(f.Plan)
		k.standing = &s
	}
	return *k.standing
}

// Addresses are all addresses of the plan, judged once for each entry of the journal. They are shared: do not change them.
func (f *View) Addresses() []standing.Address {
	k := f.judged.of(f.Plan)
	if k.addresses == nil {
		all := standing.Addresses(f.Plan)
		k.addresses = &all
	}
	return *k.addresses
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
