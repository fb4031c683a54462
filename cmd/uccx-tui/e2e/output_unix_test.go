//go:build linux

package e2e_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestLostOutput: an output that no one reads ends a run in order, with a code of its own and the way to go on; the same
// command goes on afterwards. One that is full is an error of every command.
func TestLostOutput(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	file, pw := s.solution(t, true), s.passwordFile(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	c := p.command("run", "--solution", file, "--password-file", pw, "--survey")
	var errout bytes.Buffer
	c.Stdout, c.Stderr = w, &errout
	_ = c.Run()
	_ = w.Close()
	if code := c.ProcessState.ExitCode(); code != 141 || !strings.Contains(errout.String(), "uccx-tui resume HQ-renewal") {
		t.Errorf("exit %d\n%s", code, errout.String())
	}
	p.must(7, "", "run", "--solution", file, "--password-file", pw, "--survey")

	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	for _, args := range [][]string{{"sessions"}, {"sessions", "--json"}, {"version"}, {"report", "HQ-renewal"}, {"report", "HQ-renewal", "--format", "json"}, {"verify", "HQ-renewal"}, {"plan", "HQ-renewal"},
		{"plan", "HQ-renewal", "--json"}, {"advise", "connection refused"}, {"lab", "--list"}, {"--help"}, {"completion", "bash"}, {"completion", "zsh"}, {"run", "--solution", file, "--password-file", pw, "--survey"}} {
		c := p.command(args...)
		errout.Reset()
		c.Stdout, c.Stderr = full, &errout
		_ = c.Run()
		if code := c.ProcessState.ExitCode(); code != 1 || !strings.Contains(errout.String(), "no space left on device") {
			t.Errorf("%v: exit %d\n%s", args, code, errout.String())
		}
	}
	for _, args := range [][]string{{"sessions"}, {"report", "HQ-renewal"}, {"lab", "--list"}, {"completion", "bash"}, {"completion", "zsh"}} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
		c := p.command(args...)
		errout.Reset()
		c.Stdout, c.Stderr = w, &errout
		_ = c.Run()
		_ = w.Close()
		if code := c.ProcessState.ExitCode(); code != 141 || errout.Len() > 0 {
			t.Errorf("%v: exit %d\n%s", args, code, errout.String())
		}
	}
}
