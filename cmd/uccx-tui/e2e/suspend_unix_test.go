//go:build unix

package e2e_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/charmbracelet/x/term"
)

// TestSuspend: Ctrl+Z gives the terminal back to the shell, whole, with the line settings that it had; fg shows the same
// screen, and the keys work as before.
func TestSuspend(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no shell with jobs here")
	}
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p := newPlace(t)
	c := exec.Command(shell, "--norc", "--noprofile", "-i")
	c.Env = append(p.env(), "PS1=shell> ", "TERM=xterm-256color")
	s := p.seat(c)
	s.see("shell>")
	before, err := term.GetState(s.tty.Fd())
	if err != nil {
		t.Fatal(err)
	}
	s.press(path + " lab\r")
	s.see("Log in to every node", "enter next")
	for range 2 {
		s.press(down)
		s.see("enter open")
		s.press("\x1a")
		s.see("shell>", "Stopped")
		s.mu.Lock()
		alt := s.term.IsAltScreen()
		s.mu.Unlock()
		if alt {
			t.Error("the alternate screen is still on")
		}
		s.press("stty -a; echo set\r")
		s.see("isig icanon")
		s.press("clear; fg\r")
		s.see("Log in to every node", "enter open")
		s.press("\x1b[A")
		s.see("enter next")
	}
	s.press("\x03")
	s.see("shell>", "resume")
	if after, err := term.GetState(s.tty.Fd()); err != nil || *after != *before {
		t.Errorf("line settings: %v, %v; before %v", after, err, before)
	}
	if strings.Contains(s.screen(), "enter next") {
		t.Errorf("the screen is still there:\n%s", s.screen())
	}
	s.press("exit\r")
}
