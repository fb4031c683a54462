package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/app"
)

// Run shows the screens until the person ends them or the context does. w is an open session, or nil for the home
// screen. It returns how the change that was open at the end stands, and closes it.
func Run(ctx context.Context, a app.App, w *app.Work, in io.Reader, out io.Writer) (standing.Outcome, error) {
	m := newModel(ctx, a, w)
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	m.ctx = inner
	var gone atomic.Bool
	if f, ok := in.(*os.File); ok {
		in = &watched{f, func() {
			gone.Store(true)
			cancel()
		}}
	}
	beat := &pace{frame: frame()}
	defer beat.stop()
	var p *tea.Program
	m.drawing = func() { beat.touch(p) }
	options := []tea.ProgramOption{tea.WithContext(inner), tea.WithInput(in), tea.WithOutput(out), tea.WithoutSignalHandler(), tea.WithFPS(120),
		tea.WithFilter(filter(m.drawing)), tea.WithColorProfile(profile(out))}
	if a.Guarded { // the library would print the trace as it is, values and all
		options = append(options, tea.WithoutCatchPanics())
	}
	p = tea.NewProgram(m, options...)
	_, err := p.Run()
	if errors.Is(err, tea.ErrProgramKilled) && inner.Err() != nil {
		err = nil // the door was told to end
	}
	if gone.Load() {
		err = errors.Join(err, ErrGone)
	}
	if m.Plan == nil {
		return standing.Proven, err
	}
	how := m.Standing().Outcome
	if m.changing() {
		how = standing.Doubtful
	}
	return how, errors.Join(err, m.Work.Close())
}

// ErrGone tells that the terminal is no longer there, although no signal said so.
var ErrGone = errors.New("The terminal was closed. Progress is saved. Continue with: uccx-tui resume")

// watched is a terminal whose end ends the program: a session must not be held by nobody.
type watched struct {
	*os.File
	gone func()
}

// Read reads keys.
func (w *watched) Read(b []byte) (int, error) {
	n, err := w.File.Read(b)
	if err != nil && n == 0 {
		w.gone()
	}
	return n, err
}

// profile takes the colours down as the terminal and NO_COLOR say; old terminals get none.
func profile(out io.Writer) colorprofile.Profile {
	if strings.HasPrefix(os.Getenv("TERM"), "vt") || os.Getenv("NO_COLOR") != "" {
		return colorprofile.ASCII
	}
	return colorprofile.Detect(out, os.Environ())
}

// filter drops a window size that is the same as the last one: each would repaint the whole screen.
// Each message wakes the draw timer.
func filter(wake func()) func(tea.Model, tea.Msg) tea.Msg {
	var last tea.WindowSizeMsg
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		wake()
		if size, ok := msg.(tea.WindowSizeMsg); ok {
			if size == last {
				return nil
			}
			last = size
		}
		return msg
	}
}
