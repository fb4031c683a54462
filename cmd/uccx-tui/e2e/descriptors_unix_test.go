//go:build unix

package e2e_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// givenAt makes a pipe that holds a password, and gives it to a command under a number; the numbers between stay closed.
func givenAt(t *testing.T, extra []*os.File, number int, password string) []*os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err == nil {
		_, err = w.WriteString(password + "\n")
	}
	if err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	t.Cleanup(func() { _ = r.Close() })
	for len(extra) < number-3 {
		extra = append(extra, nil)
	}
	return append(extra, r)
}

// TestPasswordByAnyDescriptor: at a terminal, where a parent keeps it, a password comes by whatever descriptor it was given.
func TestPasswordByAnyDescriptor(t *testing.T) {
	t.Parallel()
	far := newPlace(t)
	s := far.serve()
	file := s.solution(t, true)
	for _, number := range []int{3, 4, 5, 6, 7, 9, 40} {
		t.Run(fmt.Sprint(number), func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			c := p.command("run", "--solution", file, "--survey", "--password-fd", fmt.Sprint(number))
			c.ExtraFiles = givenAt(t, nil, number, s.Password)
			k := p.seat(c)
			k.ends(7)
		})
	}
	t.Run("two, each for its node", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t)
		c := p.command("run", "--solution", file, "--survey", "--password-fd", "uccx1=4", "--password-fd", "6", "--user", "uccx1="+s.User)
		c.ExtraFiles = givenAt(t, givenAt(t, nil, 4, s.Password), 6, s.Password)
		p.seat(c).ends(7)
	})
}

// TestDescriptorThatIsNotGiven: one that no one has given is an error at once, also where the program itself has one of that
// number.
func TestDescriptorThatIsNotGiven(t *testing.T) {
	t.Parallel()
	far := newPlace(t)
	s := far.serve()
	file := s.solution(t, true)
	for number := 3; number < 12; number++ {
		if flags, err := unix.FcntlInt(uintptr(number), unix.F_GETFD, 0); err == nil && flags&unix.FD_CLOEXEC == 0 {
			continue // the person who runs the tests has given it
		}
		p := newPlace(t)
		k := p.seat(p.command("run", "--solution", file, "--survey", "--password-fd", fmt.Sprint(number)))
		k.ends(11)
		if !strings.Contains(k.stream(), fmt.Sprintf("File descriptor %d is not open", number)) {
			t.Errorf("%d: %s", number, k.stream())
		}
	}
}

// TestNoParent: a variable of the environment alone makes no process a child.
func TestNoParent(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"1", "0:3", fmt.Sprintf("%d:3", os.Getpid()), fmt.Sprintf("%d:3", os.Getpid()) + "x", "-1:-1", "999999999999999999999:3"} {
		p := newPlace(t)
		for _, terminal := range []bool{false, true} {
			c := p.command("version")
			c.Env = append(c.Env, "UCCX_TUI_UNDER="+value)
			out, err := os.CreateTemp(t.TempDir(), "given")
			if err != nil {
				t.Fatal(err)
			}
			c.ExtraFiles = []*os.File{out, out, out, out}
			if terminal {
				p.seat(c).ends(0)
			} else if text, err := c.CombinedOutput(); err != nil || !strings.Contains(string(text), "uccx-tui") {
				t.Errorf("%s: %v %s", value, err, text)
			}
			if data, err := os.ReadFile(out.Name()); err != nil || len(data) > 0 {
				t.Errorf("%s: %q was written to a descriptor of the caller, %v", value, data, err)
			}
			_ = out.Close()
		}
	}
}

// ends waits until the program has ended, with this code.
func (s *seat) ends(code int) {
	s.t.Helper()
	select {
	case <-s.gone:
	case <-time.After(40 * time.Second):
		s.t.Fatalf("it does not end:\n%s", s.screen())
	}
	if got := s.cmd.ProcessState.ExitCode(); got != code {
		s.t.Errorf("exit %d, want %d\n%s", got, code, s.stream())
	}
}
