package unattended

import (
	"errors"
	"time"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// window writes down when the change window ends. Without --until one that was set on the screen counts as long as it lasts.
func (u *Options) window(w *app.Work) error {
	p, now := w.Runner.Plan(), time.Now()
	var window plan.Window
	if u.Until != "" {
		until, err := timing.ParseUntil(u.Until, now)
		var over *timing.Over
		switch {
		case errors.As(err, &over):
			return exitcode.With(exitcode.Window, exitcode.Needs(msg.T("%s. Nothing was started.", err), msg.T("run the same command in the next change window")))
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
