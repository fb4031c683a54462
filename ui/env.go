package ui

import (
	"time"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/form"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
)

// env is what all screens see: the window, the words, and the fold of the journal. Screens read it; only Model changes it.
type env struct {
	layout.Theme
	app           app.App
	width, height int
	now           time.Time

	work     *app.Work
	plan     *plan.Plan
	progress map[plan.Task]engine.Progress
	errands  []engine.ManualTask // what waits for a person to do it by hand, oldest first
	hints    []string            // of the lesson that were given
	running  string              // row that the engine works on, or ""
	begun    time.Time           // since when
	notice   string              // what the last key or the last run had to say; gone with the next key
	bad      bool                // the notice is bad news
	learnt   timing.Durations    // how long rows took on this site
	changed  time.Time           // when the screen changed last
	user     string              // the account that was typed last; its password is never kept here
	draft    *form.Form          // of a new change that was left
	judged   judged
}

// judged is how a plan stood after so many entries.
type judged struct {
	plan     *plan.Plan
	entries  int
	standing standing.Standing
}

// standing is how the change stands, judged once for each entry of the journal.
func (f *env) standing() standing.Standing {
	n, _, _ := f.plan.Entries()
	if f.judged.plan != f.plan || f.judged.entries != n {
		f.judged = judged{f.plan, n, standing.Of(f.plan)}
	}
	return f.judged.standing
}

// pages are what is said about the session that is open.
func (f *env) pages() pages.Env {
	return pages.Env{Tongue: f.Tongue, Plan: f.plan, Work: f.work, Now: f.now}
}

// tell shows a line until the next key.
func (f *env) tell(bad bool, text string, args ...any) {
	f.notice, f.bad = f.Say(text, args...), bad
}

// busy says why nothing else can be begun while a row is at work, or "".
func (f *env) busy() string {
	if f.running == "" || f.plan == nil {
		return ""
	}
	row, _ := f.plan.Row(f.running)
	return f.Say("%s is still running", f.Say(row.Step.Title))
}

// quiet reports whether the screen has only just come up: no key in flight may answer a dangerous question.
func (f *env) quiet() bool { return f.now.Sub(f.changed) < quietTime }

// quietTime is how long a question takes no answer after it came up.
const quietTime = 300 * time.Millisecond
