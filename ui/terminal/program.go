// Package terminal runs the screens on a terminal: colours, the pace of drawing, the end of the line, and texts on the
// terminal's own screen.
package terminal

import (
	tea "charm.land/bubbletea/v2"

	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync/atomic"

	"github.com/charmbracelet/colorprofile"

	"github.com/uccx-tui/uccx-tui/ui/raw"
)

// Run shows a model until it ends or the context does. begin is told before the first message: the context that ends with the
// terminal, and what the model calls when it makes a view. guarded: another process puts the terminal back, and a panic ends
// the program. Errors: ErrGone, or the library's.
func Run(ctx context.Context, m tea.Model, begin func(ctx context.Context, drawing func()), in io.Reader, out io.Writer, guarded bool) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var gone atomic.Bool
	tty, ok := in.(*os.File)
	if f := tty; ok {
		in = &watched{File: f, gone: func() {
			gone.Store(true)
			cancel()
		}}
	}
	beat := &pace{frame: frame()}
	defer beat.stop()
	var p *tea.Program
	drawing := func() { beat.touch(p) }
	begin(inner, drawing)
	options := []tea.ProgramOption{tea.WithContext(inner), tea.WithInput(in), tea.WithOutput(out), tea.WithoutSignalHandler(), tea.WithFPS(120),
		tea.WithFilter(filter(drawing)), tea.WithColorProfile(profile(out))}
	if guarded { // the library would print the trace as it is, values and all
		options = append(options, tea.WithoutCatchPanics())
	}
	p = tea.NewProgram(m, options...)
	if tty != nil {
		defer raw.Keep(tty, func() { p.Send(tea.ClearScreen()) })()
	}
	_, err := p.Run()
	if errors.Is(err, tea.ErrProgramKilled) && inner.Err() != nil {
		err = nil // the program was told to end
	}
	if gone.Load() {
		err = errors.Join(err, ErrGone)
	}
	return err
}

// ErrGone tells that the terminal is no longer there, although no signal said so.
var ErrGone = errors.New("The terminal was closed. Progress is saved. Continue with: uccx-tui resume")

// watched is a terminal whose end ends the program: no session may stay open without a user.
type watched struct {
	*os.File
	gone   func()
	params params
}

// Read reads keys.
func (w *watched) Read(b []byte) (int, error) {
	n, err := w.File.Read(b)
	w.params.bound(b[:n])
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
