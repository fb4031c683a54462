package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// TestOutOfMemory: the program that works is given no more memory, and dies of it in the middle of its screens; the
// terminal is as before, the way to go on is printed, and no lock is left.
func TestOutOfMemory(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.sit("lab")
	s.see("Log in to every node", "enter next")
	pid := p.holder("lab")
	if err := unix.Prlimit(pid, unix.RLIMIT_DATA, &unix.Rlimit{Cur: 1, Max: 1}, nil); err != nil {
		t.Skipf("a process cannot be kept from memory here: %v", err)
	}
	if err := pty.Setsize(s.tty, &pty.Winsize{Rows: 600, Cols: 1000}); err != nil { // more cells than what it has left has room for
		t.Fatal(err)
	}
	for late := time.Now().Add(time.Minute); unix.Kill(pid, 0) == nil; { // screens come and go until it asks for more
		_, _ = s.tty.WriteString("?")
		select {
		case <-s.gone:
		case <-s.news:
		case <-time.After(time.Second):
		}
		if time.Now().After(late) {
			t.Fatalf("it lives without memory:\n%s", s.screen())
		}
	}
	<-s.gone
	if left := leftOn(s.stream()); len(left) > 0 || *s.after != *s.before {
		t.Errorf("the terminal is not as before: %v", left)
	}
	for _, words := range []string{"it crashed", "uccx-tui resume lab"} {
		if !strings.Contains(s.stream(), words) {
			t.Errorf("%q is not said:\n%s", words, s.screen())
		}
	}
	if code := s.cmd.ProcessState.ExitCode(); code != 1 {
		t.Errorf("exit %d, want 1", code)
	}
	if out, _, code := p.run("sessions"); code != 0 || strings.Contains(out, "held by") {
		t.Errorf("sessions: exit %d\n%s", code, out)
	}
	p.must(0, "", "verify", "lab")
}
