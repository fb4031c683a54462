package e2e_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// What tcflow(3) takes: TCOOFF and TCOON.
const (
	stopOutput  = 0
	startOutput = 1
)

// waitBlocked waits until a thread of the process stands in a write to the terminal.
func waitBlocked(t testing.TB, pid int) {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); time.Sleep(5 * time.Millisecond) {
		threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/syscall", pid))
		for _, f := range threads {
			if data, err := os.ReadFile(f); err == nil && strings.HasPrefix(string(data), fmt.Sprintf("%d ", unix.SYS_WRITE)) {
				return
			}
		}
	}
	t.Fatal("nothing is written: the terminal does not stand still")
}

// stall stops the terminal's output, presses a key that redraws, and waits until the program stands in that write. It
// returns what lets it go on.
func (s *seat) stall(pid int, key string) func() {
	s.t.Helper()
	line, err := os.OpenFile(s.line, os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = line.Close() }) // or the terminal would never end
	flow := func(how int) {
		if err := unix.IoctlSetInt(int(line.Fd()), unix.TCXONC, how); err != nil {
			s.t.Fatal(err)
		}
	}
	flow(stopOutput)
	s.press(key)
	waitBlocked(s.t, pid)
	return func() {
		flow(startOutput)
		_ = line.Close()
	}
}

// TestStalledTerminalEngine: a terminal that takes no more bytes does not stop the work on the nodes.
func TestStalledTerminalEngine(t *testing.T) {
	p := newPlace(t)
	s := p.sit("lab")
	s.see("Log in to every node", "enter next")
	s.press(enter)
	s.see("Log in to every node", "enter start")
	s.press(enter)
	for _, node := range []string{"uccx1", "uccx2", "ccp"} {
		s.answer(down+enter, "→ "+node+".lab.example", "SSH host key")
	}
	s.see("✓ ccp", "enter next")
	s.press(enter)
	s.see("Read every node", "enter start")
	goOn := s.stall(p.holder("lab"), enter)
	journal := filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "journal.jsonl")
	for late := time.Now().Add(40 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		data, err := os.ReadFile(journal)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(string(data), `"kind":"done","step":"survey"`) == 3 {
			break
		}
		if time.Now().After(late) {
			t.Fatal("the engine stands still with the terminal")
		}
	}
	goOn()
	s.see("Read every node", "✓ ccp")
}

// TestStalledTerminal: a terminal that takes no more bytes does not keep TERM from ending the program within 2 s.
func TestStalledTerminal(t *testing.T) {
	p := newPlace(t)
	s := p.sit("lab")
	s.see("Log in to every node", "enter next")
	pid := p.holder("lab")
	goOn := s.stall(pid, down)
	begun := time.Now()
	toParent(syscall.SIGTERM)(t, p, s)
	ended := make(chan struct{})
	go func() {
		_, _ = s.cmd.Process.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		t.Logf("ended after %s", time.Since(begun).Round(time.Millisecond))
	case <-time.After(30 * time.Second):
		t.Fatal("it does not end")
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the child lives on: %v", err)
	}
	goOn()
	if out, _, code := p.run("sessions"); code != 0 || strings.Contains(out, "held by") {
		t.Errorf("sessions: exit %d\n%s", code, out)
	}
}
