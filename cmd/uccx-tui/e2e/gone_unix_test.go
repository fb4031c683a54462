//go:build unix

package e2e_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// freed waits until a process has ended and no one holds the session any more.
func (p place) freed(pid int) {
	p.t.Helper()
	for late := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		gone := errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
		list, _, _ := p.run("sessions")
		if gone && strings.Contains(list, "step 1 of") && !strings.Contains(list, "held by") {
			return
		}
		if time.Now().After(late) {
			p.t.Fatalf("process %d ended: %v; sessions:\n%s", pid, gone, list)
		}
	}
}

// onLine starts a program on a terminal of its own and reads until it stands. No one reads on, so that closing what is
// returned is a lost line: a read that waits would hold it open.
func (p place) onLine(c *exec.Cmd) *os.File {
	p.t.Helper()
	tty, err := pty.StartWithAttrs(c, &pty.Winsize{Rows: 24, Cols: 80}, &syscall.SysProcAttr{Setsid: true, Setctty: true})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = tty.Close(); _ = c.Process.Kill(); _ = c.Wait() })
	buf, seen := make([]byte, 4096), ""
	for !strings.Contains(seen, "below") {
		n, err := tty.Read(buf)
		if err != nil {
			p.t.Fatal(err)
		}
		seen += string(buf[:n])
	}
	return tty
}

// TestNobodyHoldsASession: a program whose terminal or shell is gone ends and frees the lock, also where it was told to
// ignore that (nohup), and also where it is not the one that the terminal belongs to.
func TestNobodyHoldsASession(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shell      string // how the shell starts it
		kill, lose bool   // the shell, the line
	}{
		"nohup":                  {`trap "" HUP; exec "$0" lab`, false, true},
		"nohup below a shell":    {`trap "" HUP; "$0" lab; :`, false, true},
		"a shell that is killed": {`"$0" lab; :`, true, false},
		"a shell that is killed, its line lost, nohup": {`trap "" HUP; "$0" lab; :`, true, true},
		"a parent that is killed, its line lost":       {`exec "$0" lab`, true, true},
		"a shell with jobs that is killed":             {`set -m; "$0" lab; :`, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			program := p.command()
			shell := p.command("-c", c.shell, program.Path)
			shell.Path = "/bin/sh"
			tty := p.onLine(shell)
			pid := p.holder("lab")
			if c.kill {
				_ = shell.Process.Kill()
			}
			if c.lose {
				_ = tty.Close()
			}
			p.freed(pid)
		})
	}
}

// TestTakenFromASuspendedScreen: a program that stands still on its terminal is named with its age, is taken over on
// purpose, and writes nothing when it is let go on, whatever is pressed.
func TestTakenFromASuspendedScreen(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	served := far.serve()
	file, pw := served.solution(t, true), served.passwordFile(t)
	s := p.sit("new", "--solution", file)
	s.see("Log in to every node", "enter next")
	pid := p.holder("HQ-renewal")
	suspend(t, pid)
	_, errout, code := p.run("resume", "HQ-renewal")
	if want := fmt.Sprintf("PID %d", pid); code != 8 || !strings.Contains(errout, want) || !regexp.MustCompile(`since .* \(\d+ (s|min)\)`).MatchString(errout) {
		t.Errorf("exit %d\n%s", code, errout)
	}
	p.must(4, "send them to the CA", "run", "--solution", file, "--password-file", pw, "--take-over")
	journal := filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal", "journal.jsonl")
	before, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	s.press(enter)
	s.see("enter start")
	s.press(enter)
	s.account(served.User, served.Password)
	s.see("taken over by")
	s.press("\x03")
	<-s.gone
	if after, err := os.ReadFile(journal); err != nil || !bytes.Equal(after, before) {
		t.Errorf("%v: the journal was written by the former holder:\n%s", err, after[min(len(before), len(after)):])
	}
	for fqdn, n := range far.counts("serve-1") {
		if n.CSRs != 1 {
			t.Errorf("%s: %d CSRs", fqdn, n.CSRs)
		}
	}
	p.must(0, "OK:", "verify", "HQ-renewal")
}
