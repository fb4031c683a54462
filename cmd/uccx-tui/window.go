package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
)

// window writes down when the change window ends. Without --until one that was set on the screen counts as long as it lasts.
func (u *unattended) window(w *app.Work) error {
	p, now := w.Runner.Plan(), time.Now()
	var window plan.Window
	if u.until != "" {
		until, err := timing.ParseUntil(u.until, now)
		var over *timing.Over
		switch {
		case errors.As(err, &over):
			return exitcode.With(exitcode.Window, exitcode.Needs(fmt.Sprintf("%s. Nothing was started.", err.Error()), "run the same command in the next change window"))
		case err != nil:
			return exitcode.With(exitcode.Usage, err)
		}
		window.Until = until
	} else if p.Until().After(now) {
		return nil
	}
	if p.Until().Equal(window.Until) {
		return nil
	}
	return w.Runner.SetWindow(window)
}

// learn reads how long rows took in the sessions of this machine. What cannot be read teaches nothing.
func (d *door) learn() timing.Durations {
	all := timing.Durations{}
	home, err := session.DefaultHome()
	if err != nil {
		return all
	}
	infos, err := home.List()
	if err != nil {
		return all
	}
	for _, info := range infos {
		if entries, err := home.Read(info.Name); err == nil {
			all.Learn(entries)
		}
	}
	return all
}
