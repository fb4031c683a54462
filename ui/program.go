package ui

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/terminal"
)

// Run shows the screens until the person ends them or the context does. w is an open session, or nil for the home
// screen. It returns how the change that was open at the end stands, and closes it.
func Run(ctx context.Context, a app.App, w *app.Work, in io.Reader, out io.Writer) (standing.Outcome, error) {
	m := newModel(ctx, a, w)
	m.signals = terminal.SignalsOf(os.Getenv)
	err := terminal.Run(ctx, m, func(inner context.Context, drawing func()) { m.ctx, m.drawing = inner, drawing }, in, out, a.Guarded)
	if m.Plan == nil {
		return standing.Proven, err
	}
	how := m.Standing().Outcome
	if m.changing() {
		how = standing.Doubtful
	}
	return how, errors.Join(err, m.Work.Close())
}
