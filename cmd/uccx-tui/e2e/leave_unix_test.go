//go:build unix

package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// toCSR brings a new lab to the row that makes the requests.
func (s *seat) toCSR() {
	s.t.Helper()
	s.see("Log in to every node", "enter next")
	s.believe()
	s.press(enter)
	s.row("Read every node", "✓ ccp")
	s.row("Check prerequisites", "1 note")
	s.see("Generate a CSR on each node", "enter start")
}

// TestLeaveLinesInTheMiddle: in line mode, too, the first Ctrl+C lets the node's answer come, and the end says how to go on.
func TestLeaveLinesInTheMiddle(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	c := p.command("lab", "--rtt", "20ms")
	c.Env = append(c.Env, "TERM=dumb")
	s := p.seat(c)
	for range 3 {
		s.hear("First connection to", "q to quit")
		s.press("2\r")
	}
	s.hear("Generate a CSR on each node", "uccx1: started")
	s.press("\x03")
	<-s.gone
	if code := s.cmd.ProcessState.ExitCode(); code != 7 {
		t.Errorf("exit %d, want 7", code)
	}
	for _, words := range []string{"quits when this is finished", "uccx1: done", "uccx2: done", "ccp: done", "Not finished. Continue: uccx-tui resume"} {
		if !strings.Contains(s.stream(), words) {
			t.Errorf("%q is not said:\n%s", words, s.stream())
		}
	}
	if strings.Contains(s.stream(), "Prepare the CSRs") {
		t.Errorf("it went on:\n%s", s.stream())
	}
	p.must(0, "Nothing is pending", "resume", "--auto")
	p.onceEach("lab")
}

// hear waits until all that came since the last time holds the words, one behind the other.
func (s *seat) hear(words ...string) {
	s.t.Helper()
	late := time.After(60 * time.Second)
	for _, w := range words {
		for {
			if i := strings.Index(s.stream()[s.heard:], w); i >= 0 {
				s.heard += i + len(w)
				break
			}
			select {
			case <-s.news:
			case <-s.gone:
				s.t.Fatalf("the program ended; %q is not heard in\n%s", w, s.stream()[s.heard:])
			case <-late:
				s.t.Fatalf("%q is not heard in\n%s", w, s.stream()[s.heard:])
			}
		}
	}
}

// TestLeaveInTheMiddle: Ctrl+C while nodes are being changed ends the program when they are done, and at the second time
// at once; either way it is said how to go on, and going on does nothing twice.
func TestLeaveInTheMiddle(t *testing.T) {
	t.Parallel()
	for keys, whole := range map[string]bool{"\x03": true, "\x03\x03": false} {
		t.Run(map[bool]string{true: "once", false: "twice"}[whole], func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			s := p.sit("lab", "--rtt", "20ms")
			s.toCSR()
			s.press(enter + keys)
			<-s.gone
			if code, want := s.cmd.ProcessState.ExitCode(), map[bool]int{true: 7, false: 6}[whole]; code != want {
				t.Errorf("exit %d, want %d", code, want)
			}
			if end := s.stream(); !strings.Contains(end, "uccx-tui resume lab") {
				t.Errorf("it is not said how to go on:\n%s", s.screen())
			}
			journal, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "journal.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			if done := strings.Count(string(journal), `"kind":"done","step":"csr"`); whole && done != 3 {
				t.Errorf("%d of 3 requests were seen to be made before the end\n%s", done, journal)
			}
			p.must(0, "Nothing is pending", "resume", "--auto")
			p.onceEach("lab")
		})
	}
}
