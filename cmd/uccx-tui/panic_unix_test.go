//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// TestPanicInAnyGoroutine: the parent puts the terminal back as it was, and says how to go on; the trace is kept, not
// shown.
func TestPanicInAnyGoroutine(t *testing.T) {
	if os.Getenv("TEST_PANIC_HOME") != "" {
		panicking()
	}
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	before, err := term.GetState(slave.Fd())
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	c := exec.Command(os.Args[0], "-test.run=^TestPanicInAnyGoroutine$")
	c.Env = append(os.Environ(), "TEST_PANIC_HOME="+home, "XDG_STATE_HOME="+home)
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
	if !ok || !strings.Contains(string(rest), "uccx-tui resume night goes on") || !strings.Contains(string(rest), "crash-") {
		t.Errorf("after the screen:\n%q", rest)
	}
}

// panicking is the program under test: first the parent, then its child, whose goroutine panics on a raw terminal.
func panicking() {
	if code, ok := guard(os.Stdin, os.Stdout, os.Stderr); ok {
		os.Exit(code)
	}
	parent := underParent()
	parent.says(wordSession + "night")
	parent.says(wordOn)
	_, _ = term.MakeRaw(os.Stdin.Fd())
	_, _ = io.WriteString(os.Stdout, "\x1b[?1049h\x1b[?25l")
	go func() { panic("of a goroutine") }()
	select {}
}

// TestRedacted: no values and no control characters are kept of a crash.
func TestRedacted(t *testing.T) {
	got := string(redacted([]byte("panic: \x1b[31mred\n\ngoroutine 1 [running]:\nmain.f(0xc000123, {0x5f, 0x3})\n\t/src/main.go:3 +0x1d\nmain.g({0xc000456?, 0x0?})\n")))
	if strings.Contains(got, "0xc000") || strings.Contains(got, "\x1b") || !strings.Contains(got, "main.f(...)") || !strings.Contains(got, "\t/src/main.go:3") {
		t.Error(got)
	}
}
