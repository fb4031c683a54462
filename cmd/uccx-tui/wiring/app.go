// Package wiring puts the program together: sessions, nodes or simulated nodes, and the screens or line mode that show them.
package wiring

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/supervisor"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/ui/pages"
)

// App wires the rooms together: it alone knows which driver, which folder and which cluster are used.
type App struct {
	In      *os.File
	Out     *print.Output // for text and JSON
	Screen  *os.File      // the same, where a terminal is needed
	Errout  *os.File
	Plain   bool
	Signals *supervisor.Signals
	Known   input.Known    // what needs no question
	Stated  bool           // a solution file was given for this run: what the session keeps of another one does not count
	Say     lang.Localizer // the language of everything that people read
	Version string         // of this program, for journals and reports
	AsIs    bool           // the state folder is used although others may write to it
	Force   bool           // take a session over that is held, or was handed over
	Parent  supervisor.Child
	Debug   *slog.Logger     // of --debug; nil: nothing is written
	Lost    func() error     // why the log of --debug is not complete; nil where there is none
	Clock   func() time.Time // nil: the clock of this machine

	mu   sync.Mutex
	name string // of the session that was opened last

	hinted bool // it was said how to go on
}

// opened notes which session a person would go on with.
func (a *App) opened(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.name = name
	a.Parent.Opened(name)
}

// Hint says how to go on with what is not finished, once the screens are gone.
func (a *App) Hint(o standing.Outcome) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.name != "" && o != standing.Proven && !a.hinted {
		a.hinted = true
		supervisor.Within(supervisor.Moment, func() { print.Problem(a.Errout, a.Say.T(supervisor.ResumeHint(a.name))) })
	}
}

// Pending says what is owed and what is unsure, once the screens are gone.
func (a *App) Pending(o standing.Outcome) {
	a.mu.Lock()
	name := a.name
	a.mu.Unlock()
	if name == "" || o == standing.Proven {
		return
	}
	_, p, err := input.Session(name)
	if err != nil {
		return // the session says so itself when it is opened
	}
	lines := []string{pages.Pending(p, a.Say)}
	for _, row := range p.Rows() {
		for _, t := range row.Tasks {
			if t.State == plan.Unsure || t.State == plan.Running {
				lines = append(lines, strings.TrimSpace(a.Say.Say("unknown: %s %s", a.Say.Say(row.Step.Title), t.Task.Node)))
			}
		}
	}
	supervisor.Within(supervisor.Moment, func() {
		for _, line := range lines {
			if line != "" {
				print.Problem(a.Errout, line)
			}
		}
	})
}

// lines reports whether the plain face is used.
func (a *App) lines() bool {
	return a.Plain || os.Getenv("TERM") == "dumb" || !term.IsTerminal(a.In.Fd()) || !term.IsTerminal(a.Screen.Fd())
}

// UI is what the faces need from the door.
func (a *App) UI() app.App {
	return app.App{Say: a.Say, Version: a.Version, Sessions: a.Sessions, Begin: a.fromForm, Revise: a.revise, Saved: a.saved, Discover: a.discover, Learn: a.learn, Report: a.report,
		Lab:     func() (*app.Work, error) { return a.BeginLab(lab.Options{Name: "lab"}) },
		Lessons: lab.Lessons, Lesson: func(name string) (*app.Work, error) {
			s, err := lab.FindScenario(name, input.OpenFile)
			if err != nil {
				return nil, err
			}
			return a.BeginLab(lab.Options{Pairs: 1, Scenario: &s})
		},
		Rehearse: func(w *app.Work) (plan.Rehearsal, error) { return a.Rehearse(w, nil) },
		Archive:  Archive, Delete: Delete, Rename: Rename,
		Resume: a.Open, Renew: a.renew, TakeOver: a.takeOver, Hold: a.Signals.Hold, Guarded: a.Parent.Supervised()}
}

// Interactive shows the home screen, or goes straight to a session.
func (a *App) Interactive(w *app.Work) error {
	ctx, cancel := a.Context()
	defer cancel()
	if a.lines() {
		a.Signals.Last(func() { a.Hint(standing.Open) })
		o, err := line.Run(ctx, a.UI(), w, a.In, a.Out)
		if ctx.Err() != nil {
			a.Hint(o)
		}
		return a.Ended(w, o, errors.Join(err, a.graded(w, err)))
	}
	a.Parent.ScreenOn()
	o, err := ui.Run(ctx, a.UI(), w, a.In, a.Screen)
	a.Parent.ScreenOff()
	a.Pending(o)
	a.Hint(o)
	return a.Ended(w, o, errors.Join(err, a.graded(w, err)))
}

// Ended says what is left, after the screen is gone.
func (a *App) Ended(w *app.Work, o standing.Outcome, err error) error {
	if w != nil {
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		return err
	}
	return exitcode.OfOutcome(o)
}

// Context ends at the first signal.
func (a *App) Context() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		select {
		case <-a.Signals.Ended():
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}
