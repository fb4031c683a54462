//go:build unix

package supervisor

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"github.com/uccx-tui/uccx-tui/ui"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos"
	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // knows -update: go test ./... -update
)

// panics are the places in which the program under test fails. What is said there would clear the screen.
func panics() map[string]func(Child) {
	fail := func() { panic("on purpose \x1b[2J") }
	show := func(parent Child, app app.App) {
		app.Guarded = parent.Supervised()
		_, _ = ui.Run(context.Background(), app, nil, os.Stdin, os.Stdout)
	}
	return map[string]func(Child){
		"a goroutine": func(Child) {
			_, _ = term.MakeRaw(os.Stdin.Fd())
			_, _ = io.WriteString(os.Stdout, "\x1b[?1049h\x1b[?25l")
			go fail()
			select {}
		},
		"a login": func(Child) { // on its way from the keys to the wire
			l := vos.Login{User: "administrator", Password: vos.NewSecret(panicSecret())}
			go func(l vos.Login, words string, raw []byte) {
				panic(fmt.Errorf("on purpose \x1b[2J of %s with %d and %d bytes: %+v", l.User, len(words), len(raw), l))
			}(l, l.Password.Reveal(), []byte(l.Password.Reveal()))
			select {}
		},
		"a command of the screens": func(p Child) {
			show(p, app.App{Sessions: func() ([]app.Listed, error) { fail(); return nil, nil }})
		},
		"a screen": func(p Child) { // the list that comes is drawn: an error that cannot be said
			show(p, app.App{Sessions: func() ([]app.Listed, error) { return nil, mute{} }})
		},
	}
}

// panicSecret is the password of the login in whose midst the program panics.
func panicSecret() string { return "canary-in-the-mine" }

// mute is an error whose words fail.
type mute struct{}

func (mute) Error() string { panic("on purpose \x1b[2J") }

// TestPanicInAnyGoroutine: the parent puts the terminal back as it was, and says how to go on; the trace is kept, not
// shown.
func TestPanicInAnyGoroutine(t *testing.T) {
	if where := os.Getenv("TEST_PANIC"); where != "" {
		panicking(panics()[where])
	}
	for where := range panics() {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			panicsIn(t, where)
		})
	}
}

func panicsIn(t *testing.T, where string) {
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	before, err := term.GetState(slave.Fd())
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	c := exec.Command(os.Args[0], "-test.run=^TestPanicInAnyGoroutine$")
	c.Env = append(os.Environ(), "TEST_PANIC="+where, "XDG_STATE_HOME="+home)
	c.Stdin, c.Stdout, c.Stderr = slave, slave, slave
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	seen := make(chan []byte)
	go func() {
		all, _ := io.ReadAll(master)
		seen <- all
	}()
	_ = c.Wait()
	after, err := term.GetState(slave.Fd())
	if err != nil || *after != *before {
		t.Errorf("the line settings are not as before: %v", err)
	}
	_ = slave.Close()
	text := <-seen
	if code := c.ProcessState.ExitCode(); code != exitError {
		t.Errorf("exit %d, want %d", code, exitError)
	}
	_, rest, ok := bytes.Cut(text, []byte(leave))
	if !ok || !strings.Contains(string(rest), "uccx-tui resume night") || !strings.Contains(string(rest), "crash-") {
		t.Errorf("after the screen:\n%q", rest)
	}
	if bytes.Contains(text, []byte("on purpose")) {
		t.Errorf("the words of the panic are shown:\n%q", text)
	}
	files, _ := filepath.Glob(filepath.Join(home, "uccx-tui", "crash-*.txt"))
	if len(files) != 1 {
		t.Fatalf("crash files: %v", files)
	}
	if data, err := os.ReadFile(files[0]); err != nil || !bytes.Contains(data, []byte("on purpose")) || bytes.Contains(data, []byte("\x1b")) {
		t.Errorf("%v\n%s", err, data)
	} else if bytes.Contains(append(data, text...), []byte(panicSecret())) {
		t.Errorf("the password that was in memory is in the crash:\n%s", data)
	}
}

// panicking is the program under test: first the parent, then its child, which panics.
func panicking(where func(Child)) {
	parent := Join()
	if !parent.Supervised() {
		code, _ := Run(os.Stdin, os.Stdout, os.Stderr)
		os.Exit(code)
	}
	parent.Opened("night")
	parent.ScreenOn()
	where(parent)
	os.Exit(0)
}

// TestRedacted: no values and no control characters are kept of a crash.
func TestRedacted(t *testing.T) {
	got := string(redacted([]byte("panic: \x1b[31mred\n\ngoroutine 1 [running]:\nmain.f(0xc000123, {0x5f, 0x3})\n\t/src/main.go:3 +0x1d\nmain.g({0xc000456?, 0x0?})\n")))
	if strings.Contains(got, "0xc000") || strings.Contains(got, "\x1b") || !strings.Contains(got, "main.f(...)") || !strings.Contains(got, "\t/src/main.go:3") {
		t.Error(got)
	}
}
