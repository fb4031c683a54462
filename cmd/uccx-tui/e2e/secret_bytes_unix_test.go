//go:build unix

package e2e_test

import (
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

// shell is a person in an interactive shell, in which the program is a job.
func (p place) shell() *seat {
	p.t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		p.t.Skip("there is no shell with jobs here")
	}
	c := exec.Command(bash, "--norc", "--noprofile", "-i")
	c.Env = append(p.env(), "PS1=shell> ", "TERM=xterm-256color")
	s := p.seat(c)
	s.see("shell>")
	return s
}

// slow types keys one after the other.
func (s *seat) slow(keys string) {
	for _, k := range keys {
		s.press(string(k))
	}
}

// stopped stops the job of a shell by a signal, brings it back, and waits until it shows words again.
func (s *seat) stopped(by syscall.Signal, again string) {
	s.t.Helper()
	programs := tree(s.cmd.Process.Pid)[1:]
	for _, pid := range programs {
		_ = syscall.Kill(pid, by)
	}
	for _, pid := range programs {
		standsStill(s.t, pid)
	}
	s.see("Stopped", "shell>")
	s.press("clear; fg\r")
	s.unseen("Stopped")
	s.see(again)
}

// TestSecretBytes: all bytes that reach the terminal while a person logs in, and is disturbed: suspended by a key and by a signal in the
// middle of the password, resized, mistyped, pasted, interrupted. None of them is the password or a part of it that was typed.
func TestSecretBytes(t *testing.T) {
	t.Parallel()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	far := newPlace(t)
	s := far.serve()
	file := s.solution(t, true)
	half := len(s.Password) / 2
	first, rest := s.Password[:half], s.Password[half:]
	for name, disturb := range map[string]func(k *seat){
		"not at all":                func(*seat) {},
		"ctrl-z":                    func(k *seat) { k.press("\x1a") }, // a key that is none of a password
		"a stop signal":             func(k *seat) { k.stopped(syscall.SIGTSTP, "Password of") },
		"a stop that is not caught": func(k *seat) { k.stopped(syscall.SIGSTOP, "Password of") },
		"another size": func(k *seat) {
			_ = pty.Setsize(k.tty, &pty.Winsize{Rows: 10, Cols: 30})
			_ = pty.Setsize(k.tty, &pty.Winsize{Rows: 24, Cols: 80})
		},
		"wrong keys": func(k *seat) { k.slow("\x1b[A\x1b[C\t") },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			k := p.shell()
			k.press("clear; " + path + " run --survey --solution " + file + "\r")
			k.see("Password of " + s.User)
			from := len(k.stream())
			k.slow(first)
			disturb(k)
			k.slow(rest + "\r")
			k.see("Not finished")
			said := k.stream()[from:]
			s.absent(t, "what was printed", said)
			for _, part := range []string{first, rest, s.Password[1 : len(s.Password)-1]} {
				if strings.Contains(said, part) {
					t.Errorf("a part of the password is shown: %q", said)
				}
			}
			p.nowhere(s.Password)
		})
	}
}

// TestSecretBytesOnScreens: the same on the screens: the field is stopped in the middle of the password, resized and pasted into.
func TestSecretBytesOnScreens(t *testing.T) {
	t.Parallel()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	half := len(s.Password) / 2
	first, rest := s.Password[:half], s.Password[half:]
	k := p.shell()
	k.press("clear; " + path + " new --solution " + s.solution(t, true) + "\r")
	k.see("Log in to every node", "enter next")
	k.press(enter)
	k.see("Log in to every node", "enter start")
	k.press(enter)
	k.see("Log in: all nodes", "Password")
	k.press("\x15" + s.User + "\t")
	k.see("▸ Password")
	from := len(k.stream())
	k.slow(first)
	k.see(strings.Repeat("*", half))
	k.stopped(syscall.SIGTSTP, "Log in: all nodes")
	k.see(strings.Repeat("*", half))
	k.stopped(syscall.SIGSTOP, "Log in: all nodes")
	k.press("\x1b[200~" + rest + "\x1b[201~")
	_ = pty.Setsize(k.tty, &pty.Winsize{Rows: 20, Cols: 60})
	_ = pty.Setsize(k.tty, &pty.Winsize{Rows: 24, Cols: 80})
	k.see(strings.Repeat("*", len(s.Password)))
	k.answer(enter, "Log in: all nodes", "▸ Password", s.User)
	k.see("✓ uccx1", "✓ uccx2", "✓ ccp", "enter next")
	said := k.stream()[from:]
	s.absent(t, "what was drawn", said)
	for _, part := range []string{first, rest} {
		if strings.Contains(said, part) {
			t.Errorf("a part of the password is shown: %q", said)
		}
	}
	p.nowhere(s.Password)
	k.press("\x03")
	k.see("shell>")
}
