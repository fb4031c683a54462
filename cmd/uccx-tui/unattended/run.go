package unattended

import (
	"encoding/json"
	"errors"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// Run plays one session.
func Run(a *wiring.App, u *Options, name string) error {
	var file solution.File
	var err error
	if u.Solution != "" {
		if file, err = input.Solution(u.Solution); err != nil {
			return err
		}
		a.Known.Add(file)
		a.Stated = true
	}
	w, err := take(a, u, file, name)
	if err != nil {
		return err
	}
	o, err := played(a, u, w, file)
	if u.JSON {
		last(a, w, o, err)
	}
	if a.Signals.Code() != 0 || a.Out.Err() != nil {
		a.Pending(o)
		a.Hint(o)
	}
	if u.JSON && err != nil { // the last line has it
		err = exitcode.Only(exitcode.Of(err))
	}
	return a.Ended(w, o, err)
}

func played(a *wiring.App, u *Options, w *app.Work, file solution.File) (standing.Outcome, error) {
	plan := w.Runner.Plan()
	answers, err := u.answerer(plan, w, a.Known)
	if err != nil {
		return standing.OutcomeOf(plan), err
	}
	named := file.UserOf
	if u.Solution == "" && w.User != nil { // the session's own solution file
		named = w.User
	}
	ask, err := u.Logins(a, w, named)
	if err != nil {
		return standing.OutcomeOf(plan), err
	}
	if err := errors.Join(u.window(w), u.retry(w, answers)); err != nil {
		return standing.OutcomeOf(plan), err
	}
	ctx, cancel := a.Context()
	defer cancel()
	o, err := line.Play(ctx, a.UI(), w, a.Out, line.Auto{By: answers, Replies: 1, JSON: u.JSON, Account: ask, Hooks: play.Hooks{Before: u.stop, Consent: answers.consent,
		Late: func(c timing.Clock) error {
			return exitcode.With(exitcode.Window, exitcode.Needs(c.Text, msg.T("run the same command in the next change window")))
		}}})
	if errors.Is(err, vos.ErrLogin) {
		err = exitcode.With(exitcode.Login, exitcode.Needs(msg.Of(err), msg.T("correct --user with --password-file or --password-fd (uccx-tui help unattended)")))
	}
	return o, u.ways(plan, err)
}

// stop ends a run that is only to look.
func (u *Options) stop(next plan.Next) error {
	if !u.Survey || next.Row.Step.Risk == plan.Looks {
		return nil
	}
	return exitcode.With(exitcode.Open, exitcode.Needs(msg.T("Stopped before %s. Nothing was changed.", next.Row.Step.Title), msg.T("run the same command without --survey, or rehearse first: uccx-tui rehearse")))
}

// Last is the last line of a run with --json.
type Last struct {
	Format  int    `json:"format"`
	Session string `json:"session"`
	Plan    string `json:"plan" jsonschema:"description=its hash"`
	Outcome string `json:"outcome"`
	Exit    int    `json:"exit" jsonschema:"description=the exit code"`
	Missing string `json:"missing" jsonschema:"description=what stopped the run and which flag answers it; empty where nothing did"`
	Step    int    `json:"step" jsonschema:"description=number of the step that is next"`
	Of      int    `json:"of" jsonschema:"description=how many steps there are"`
}

// last prints the last line of a run with --json.
func last(a *wiring.App, w *app.Work, o standing.Outcome, err error) {
	text := ""
	if err == nil {
		err = exitcode.OfOutcome(o)
	} else {
		text = layout.PrintableLines(err.Error())
	}
	code := exitcode.Of(err)
	p := w.Runner.Plan()
	where := standing.WhereIs(p)
	_ = json.NewEncoder(print.JSON{To: a.Out}).Encode(Last{1, w.Name, p.Hash(), o.String(), code, text, where.Number, where.Of})
}
