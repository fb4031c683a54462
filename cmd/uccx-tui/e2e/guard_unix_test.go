//go:build unix

package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/term"
)

// holder returns the process that holds a session.
func (p place) holder(name string) int {
	p.t.Helper()
	data, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", name, "holder.json"))
	var h struct{ PID int }
	if err == nil {
		err = json.Unmarshal(data, &h)
	}
	if err != nil || h.PID < 2 {
		p.t.Fatalf("no holder: %v", err)
	}
	return h.PID
}

var (
	modeWord = regexp.MustCompile(`\x1b\[\?([0-9;]+)([hl])`)
	keyboard = regexp.MustCompile(`\x1b\[([><])(\d*)([um])`)
)

// leftOn returns the terminal modes that a stream of bytes leaves as they are not at first: private modes that are on
// (or a cursor that is hidden), keyboard protocols that were pushed and not popped, and modified keys.
func leftOn(raw string) []string {
	on := map[string]bool{}
	for _, m := range modeWord.FindAllStringSubmatch(raw, -1) {
		for mode := range strings.SplitSeq(m[1], ";") {
			on[mode] = (m[2] == "h") != (mode == "25")
		}
	}
	for _, m := range keyboard.FindAllStringSubmatch(raw, -1) {
		switch {
		case m[3] == "u":
			on["keyboard protocol"] = m[1] == ">"
		case strings.HasPrefix(m[2], "4"):
			on["modified keys"] = false // CSI > 4 m
		}
	}
	on["modified keys"] = strings.LastIndex(raw, "\x1b[>4;2m") > strings.LastIndex(raw, "\x1b[>4m")
	var left []string
	for mode, is := range on {
		if is {
			left = append(left, mode)
		}
	}
	return left
}

// ends are the ways in which the program may end, while a session is open.
var ends = map[string]struct {
	do    func(t *testing.T, p place, s *seat)
	code  int
	words string // on the screen afterwards
}{
	"quit":                  {func(_ *testing.T, _ place, s *seat) { s.press("\x03") }, 7, "uccx-tui resume lab"},
	"TERM":                  {toParent(syscall.SIGTERM), 143, "uccx-tui resume lab"},
	"HUP":                   {toParent(syscall.SIGHUP), 129, "uccx-tui resume lab"},
	"TERM of the child":     {toChild(syscall.SIGTERM), 143, "uccx-tui resume lab"},
	"kill -9 of the child":  {toChild(syscall.SIGKILL), 137, "killed: killed"},
	"a crash":               {toChild(syscall.SIGQUIT), 1, "it crashed"},
	"kill -9 of the parent": {toParent(syscall.SIGKILL), -1, ""},
}

func toParent(sig syscall.Signal) func(*testing.T, place, *seat) {
	return func(t *testing.T, _ place, s *seat) {
		if err := s.cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
	}
}

func toChild(sig syscall.Signal) func(*testing.T, place, *seat) {
	return func(t *testing.T, p place, _ *seat) {
		if err := syscall.Kill(p.holder("lab"), sig); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTerminalAsBefore: however the program ends, the terminal is as before, the way to go on is printed, and no lock is
// left.
func TestTerminalAsBefore(t *testing.T) {
	t.Parallel()
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			s := p.sit("lab")
			s.see("Log in to every node", "enter next")
			if raw, err := term.GetState(s.tty.Fd()); err != nil || *raw == *s.before {
				t.Fatalf("the terminal is not in raw mode: %v", err)
			}
			if len(leftOn(s.stream())) < 3 {
				t.Fatal("no modes are on: the test cannot fail")
			}
			end.do(t, p, s)
			<-s.gone
			if code := s.cmd.ProcessState.ExitCode(); code != end.code {
				t.Errorf("exit %d, want %d", code, end.code)
			}
			if left := leftOn(s.stream()); len(left) > 0 {
				t.Errorf("left on: %v", left)
			}
			if *s.after != *s.before {
				t.Error("the line settings (termios) are not as before")
			}
			if !strings.Contains(s.screen(), end.words) {
				t.Errorf("%q is not seen on\n%s", end.words, s.screen())
			}
			if out, _, code := p.run("sessions"); code != 0 || strings.Contains(out, "held by") || !strings.Contains(out, "step 1 of") {
				t.Errorf("sessions: exit %d\n%s", code, out)
			}
		})
	}
}

// TestCrashFile: what is known of a crash is kept, without values and control characters.
func TestCrashFile(t *testing.T) {
	p := newPlace(t)
	s := p.sit("lab")
	s.see("Log in to every node", "enter next")
	toChild(syscall.SIGQUIT)(t, p, s)
	<-s.gone
	files, _ := filepath.Glob(filepath.Join(p.home, "state", "uccx-tui", "crash-*.txt"))
	if len(files) != 1 {
		t.Fatalf("crash files: %v\n%s", files, s.screen())
	}
	data, err := os.ReadFile(files[0])
	if err != nil || !strings.Contains(string(data), "goroutine ") || regexp.MustCompile(`\(0x|\x1b`).Match(data) {
		t.Errorf("%v\n%.2000s", err, data)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
