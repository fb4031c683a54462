package terminal

import (
	"io"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// TestDrawTimer: the library's draw timer is where pace looks for it.
func TestDrawTimer(t *testing.T) {
	found := false
	var p *tea.Program
	m := still{}
	p = tea.NewProgram(m, tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignalHandler(), tea.WithWindowSize(80, 24),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			found = found || timerOf(p) != nil
			return tea.QuitMsg{}
		}))
	if _, err := p.Run(); err != nil || !found {
		t.Errorf("not found: the program draws sixty times a second again; %v", err)
	}
}

// still is a model that does nothing.
type still struct{}

func (still) Init() tea.Cmd                         { return nil }
func (s still) Update(tea.Msg) (tea.Model, tea.Cmd) { return s, nil }
func (still) View() tea.View                        { return tea.NewView("") }

// TestPace: a message is drawn within a frame, and without messages the timer beats once a second.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &pace{ticker: time.NewTicker(time.Hour), frame: frameHere}
		p.rest = time.AfterFunc(restAfter, p.quiet)
		beats := func(d time.Duration) (n int) {
			for end := time.After(d); ; {
				select {
				case <-p.ticker.C:
					n++
				case <-end:
					return n
				}
			}
		}
		p.touch(nil)
		if n := beats(frameHere + time.Millisecond); n != 1 {
			t.Errorf("%d frames after a message, want 1", n)
		}
		for range 20 { // messages all the time: it does not rest
			p.touch(nil)
			if n := beats(restAfter / 2); n < 5 {
				t.Errorf("%d frames between two messages", n)
			}
		}
		beats(2 * restAfter)
		if n := beats(10 * time.Second); n > 10 {
			t.Errorf("%d frames in ten idle seconds", n)
		}
		p.touch(nil)
		if n := beats(frameHere + time.Millisecond); n != 1 {
			t.Errorf("%d frames after the next message, want 1", n)
		}
		p.stop()
		p.ticker.Stop()
	})
}
