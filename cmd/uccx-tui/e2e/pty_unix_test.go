//go:build unix

package e2e_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// seat is a technician in front of a terminal of 80x24 that runs the real binary.
type seat struct {
	t     testing.TB
	cmd   *exec.Cmd
	tty   *os.File
	mu    sync.Mutex
	term  *vt.Emulator
	read  int    // bytes that came
	raw   []byte // the bytes
	line  string // the terminal's device
	heard int    // of raw, in line mode

	theme         layout.Theme  // the words and signs of the program, as its command line chooses them
	before, after *term.State   // line settings, before the program and after it
	clip          bool          // a clipboard sequence (OSC 52) was among them
	news          chan struct{} // something came
	gone          chan struct{} // the program has ended
}

func (p place) sit(args ...string) *seat {
	p.t.Helper()
	return p.seat(p.command(args...))
}

// seat starts a program on a terminal.
func (p place) seat(c *exec.Cmd) *seat {
	p.t.Helper()
	tty, slave, err := pty.Open()
	if err != nil {
		p.t.Fatal(err)
	}
	defer slave.Close()
	before, err := term.GetState(slave.Fd())
	if err == nil {
		err = pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: 80})
	}
	c.Stdin, c.Stdout, c.Stderr = slave, slave, slave
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		p.t.Fatal(err)
	}
	s := &seat{t: p.t, cmd: c, tty: tty, line: slave.Name(), before: before, term: vt.NewEmulator(80, 24), theme: layout.NewTheme(false, lang.Chosen(c.Args, func(string) string { return "" })), news: make(chan struct{}, 1), gone: make(chan struct{})}
	go func() { // the emulator's answers to queries; no one reads them
		buf := make([]byte, 256)
		for {
			if _, err := s.term.Read(buf); err != nil {
				return
			}
		}
	}()
	go func() {
		defer close(s.gone)
		buf := make([]byte, 8192)
		var left []byte // of what came, that is not drawn yet
		for {
			n, err := tty.Read(buf)
			if n > 0 {
				s.mu.Lock()
				var screen []byte
				screen, left = drawable(append(left, buf[:n]...))
				_, _ = s.term.Write(screen)
				s.read += n
				s.raw = append(s.raw, buf[:n]...)
				s.clip = s.clip || strings.Contains(string(buf[:n]), "\x1b]52;c;")
				s.mu.Unlock()
				select {
				case s.news <- struct{}{}:
				default:
				}
			}
			if err != nil {
				s.after, _ = term.GetState(tty.Fd())
				_ = c.Wait()
				return
			}
		}
	}()
	p.t.Cleanup(func() {
		_ = c.Process.Kill()
		<-s.gone
		_ = tty.Close()
	})
	return s
}

// drawable is what of some bytes the emulator may draw, and what is left for later: it takes the beginning of a letter for a letter,
// and bytes of Korean and Chinese in the title of a window for its end.
func drawable(b []byte) (screen, left []byte) {
	for {
		before, title, found := bytes.Cut(b, []byte("\x1b]2;"))
		end := bytes.IndexByte(title, 0x07)
		switch {
		case !found:
			at := len(b)
			for i := 1; i <= utf8.UTFMax && i <= len(b); i++ {
				if tail := b[len(b)-i:]; bytes.HasPrefix([]byte("\x1b]2;"), tail) || utf8.RuneStart(tail[0]) && !utf8.FullRune(tail) {
					at = len(b) - i
				}
			}
			return append(screen, b[:at]...), bytes.Clone(b[at:])
		case end < 0:
			return append(screen, before...), bytes.Clone(b[len(before):])
		}
		screen, b = append(screen, before...), title[end+1:]
	}
}

// stream is all that came so far.
func (s *seat) stream() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.raw)
}

func (s *seat) screen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.term.String()
}

// say is a sentence of the program in its language.
func (s *seat) say(text string, args ...any) string { return s.theme.Say(text, args...) }

// key is what the line of keys offers for Enter.
func (s *seat) key(label string) string { return "enter " + s.say(label) }

// done is a task that is done.
func (s *seat) done(task string) string { return s.theme.Done + " " + s.say(task) }

// see waits until the screen shows all of the words.
func (s *seat) see(words ...string) {
	s.t.Helper()
	late := time.After(40 * time.Second)
	for {
		screen := s.screen()
		missing := ""
		for _, w := range words {
			if !strings.Contains(screen, w) {
				missing = w
			}
		}
		if missing == "" {
			return
		}
		select {
		case <-s.news:
		case <-s.gone:
			s.t.Fatalf("the program ended; %q is not seen on\n%s", missing, s.screen())
		case <-late:
			s.t.Fatalf("%q is not seen on\n%s", missing, s.screen())
		}
	}
}

// unseen waits until the screen shows words no longer.
func (s *seat) unseen(words string) {
	s.t.Helper()
	for late := time.After(40 * time.Second); strings.Contains(s.screen(), words); {
		select {
		case <-s.news:
		case <-late:
			s.t.Fatalf("%q is still seen on\n%s", words, s.screen())
		}
	}
}

func (s *seat) press(keys string) {
	s.t.Helper()
	if _, err := s.tty.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

const (
	enter = "\r"
	down  = "\x1b[B"
	esc   = "\x1b"
)

// stood is a little longer than a question takes no answer after it came up. A person has read by then.
const stood = 350 * time.Millisecond

// slow is how long a key may take on a machine that has much to do. Enter is pressed again only after that: a second one that
// follows too soon answers the next question.
const slow = 10 * time.Second

// answer waits for a question, and answers it: words are on the screen before the keys are pressed, and the screen
// must have stood for the time in which a question takes no answer.
func (s *seat) answer(keys string, words ...string) {
	s.t.Helper()
	s.see(words...)
	s.takesEffect(keys, func() bool { return !strings.Contains(s.screen(), words[0]) })
}

// takesEffect presses keys that end in Enter, once the screen has stood, and waits until they had their effect.
func (s *seat) takesEffect(keys string, effect func() bool) {
	s.t.Helper()
	<-time.After(stood)
	late := time.After(time.Minute)
	for ; ; keys = enter { // the answer stands; only Enter came too early
		s.press(keys)
		for again := time.After(slow); again != nil; {
			if effect() {
				return
			}
			select {
			case <-s.news:
			case <-again:
				again = nil
			case <-s.gone:
				if !effect() {
					s.t.Fatalf("the program ended:\n%s", s.screen())
				}
			case <-late:
				s.t.Fatalf("the answer has no effect:\n%s", s.screen())
			}
		}
	}
}

// row waits for a row and does it.
func (s *seat) row(title, result string) {
	s.t.Helper()
	title = s.say(title)
	s.see(title, s.key("start"))
	s.press(enter)
	s.see(title, result, s.key("next"))
	s.press(enter)
}

// believe begins the first row of a lab from its plan, and accepts the host keys.
func (s *seat) believe() {
	s.t.Helper()
	s.press(enter)
	s.see("enter start")
	s.press(enter)
	for _, node := range []string{"uccx1", "uccx2", "ccp"} {
		s.answer(down+enter, "→ "+node+".lab.example", "SSH host key")
	}
	s.see("✓ ccp", "enter next")
}

// account types the account that is asked for.
func (s *seat) account(user, password string) {
	s.t.Helper()
	s.see("The OS Administration account")
	s.press("\x15" + user + enter)
	s.see("▸ Password")
	s.press(password)
	s.see(strings.Repeat("*", len(password)))
	s.answer(enter, "The OS Administration account")
}

// TestSignals: the journal is whole, the lock is free, the screen is as before, and the exit code says which signal it was.
func TestSignals(t *testing.T) {
	t.Parallel()
	for sig, want := range map[syscall.Signal]int{syscall.SIGTERM: 143, syscall.SIGHUP: 129, syscall.SIGINT: 130} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			s := p.sit("lab")
			s.see("Log in to every node", "enter next")
			if err := s.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			<-s.gone
			if code := s.cmd.ProcessState.ExitCode(); code != want {
				t.Errorf("exit %d, want %d", code, want)
			}
			s.mu.Lock()
			alt := s.term.IsAltScreen()
			s.mu.Unlock()
			if alt {
				t.Error("the alternate screen is still on")
			}
			if _, errout, code := p.run("resume", "--auto"); code != 0 {
				t.Errorf("resume: exit %d\n%s", code, errout)
			}
		})
	}
}

// TestTerminalGone: a terminal that goes away without a signal ends the program, and frees the lock.
func TestTerminalGone(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	c := p.command("lab")
	tty, err := pty.StartWithAttrs(c, &pty.Winsize{Rows: 24, Cols: 80}, &syscall.SysProcAttr{Setsid: true})
	if err != nil {
		t.Fatal(err)
	}
	buf, seen := make([]byte, 4096), ""
	for !strings.Contains(seen, "below") {
		n, err := tty.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		seen += string(buf[:n])
	}
	if err := tty.Close(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if code := c.ProcessState.ExitCode(); code != 129 {
		t.Errorf("exit %d, want 129", code)
	}
	if _, errout, code := p.run("resume", "--auto"); code != 0 {
		t.Errorf("resume: exit %d\n%s", code, errout)
	}
}

// TestHeldByAnother: a session that is open elsewhere names its holder, and nothing is touched.
func TestHeldByAnother(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.sit("lab")
	s.see("Log in to every node", "enter next")
	_, errout, code := p.run("resume", "lab", "--auto")
	if code != 8 || !strings.Contains(errout, fmt.Sprint("PID ", p.holder("lab"))) {
		t.Errorf("exit %d\n%s", code, errout)
	}
	if list, _, _ := p.run("sessions"); !strings.Contains(list, "open: ") {
		t.Errorf("the list does not say so:\n%s", list)
	}
}

// TestIdleAndKeys: nothing is written while nothing happens, and a cursor key costs tens of bytes.
func TestIdleAndKeys(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.sit()
	s.see("What do you want to do?", "Quit")
	settle := func() int {
		for {
			select {
			case <-s.news:
			case <-time.After(700 * time.Millisecond):
				s.mu.Lock()
				defer s.mu.Unlock()
				return s.read
			}
		}
	}
	// A busy machine draws late: the first frame is waited for twice, and of the readings of a key the least is right.
	settle()
	first := settle()
	settle()
	at := settle()
	idle, cost := at-first, math.MaxInt
	for range 2 {
		for _, key := range []string{down, "\x1b[A"} {
			s.press(key)
			if key == down {
				s.see("▸ Lab")
			} else {
				s.unseen("▸ Lab")
			}
			after := settle()
			cost, at = min(cost, after-at), after
		}
	}
	if idle > 0 || cost > 200 {
		t.Errorf("%d bytes while idle; a cursor key costs %d", idle, cost)
	}
	t.Logf("first frame %d bytes, cursor key %d bytes", first, cost)
}

// TestKeysAreCheapOnWideWindows: a cursor key costs at most 35 bytes on the lists of a session in a window of 160x45, and 60 where the
// label of Enter changes with it; a letter in a field 25.
func TestKeysAreCheapOnWideWindows(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.sit("lab")
	if err := pty.Setsize(s.tty, &pty.Winsize{Rows: 45, Cols: 160}); err != nil {
		t.Fatal(err)
	}
	s.see("enter next")
	s.still()
	for _, c := range []struct {
		name, open string
		most       int
		keys       []string
	}{{"plan, from what is next", "", 60, []string{down, "\x1b[A"}}, {"plan", down, 35, []string{down, "\x1b[A"}}, {"trust", "t", 35, []string{down, "\x1b[A"}}, {"ports", "p", 35, []string{down, "\x1b[A"}}, {"connections", "v", 60, []string{down, "\x1b[A"}},
		{"adviser, with the number of the row", "a", 40, []string{down, "\x1b[A"}}, {"window", "w", 25, []string{"1", "2", ":", "\x1b[D", "3"}}} {
		if c.open != "" {
			s.press(c.open)
			s.still()
		}
		costs := map[string]int{} // the least of two: on a busy machine a page may be drawn only after the key
		for range 2 {
			for _, k := range c.keys {
				before := s.still()
				s.press(k)
				n := s.still() - before
				if least, ok := costs[k]; !ok || n < least {
					costs[k] = n
				}
			}
		}
		for k, n := range costs {
			if n > c.most {
				t.Errorf("%s: %q costs %d bytes, more than %d", c.name, k, n, c.most)
			}
		}
		if c.open != "" && c.open != down {
			s.press(esc)
			s.still()
		}
	}
}
