//go:build unix

package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// toCSR brings a new lab to the row that makes the requests.
func (s *seat) toCSR() {
	s.t.Helper()
	s.see("Log in to every node", "enter next")
	s.press(enter)
	s.see("enter start")
	s.press(enter)
	for _, node := range []string{"uccx1", "uccx2", "ccp"} {
		s.answer(down+enter, node+".lab.example shows this SSH host key")
	}
	s.see("✓ ccp", "enter next")
	s.press(enter)
	s.row("Read every node", "✓ ccp")
	s.row("Check before starting", "no findings")
	s.see("Generate a CSR on each node", "enter start")
}

// TestLeaveInTheMiddle: Ctrl+C while nodes are being changed ends the program when they are done, and at the second time
// at once; either way it is said how to go on, and going on does nothing twice.
func TestLeaveInTheMiddle(t *testing.T) {
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
			if end := s.stream(); !strings.Contains(end, "uccx-tui resume lab goes on") {
				t.Errorf("it is not said how to go on:\n%s", s.screen())
			}
			journal, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "journal.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			if done := strings.Count(string(journal), `"kind":"done","step":"csr"`); whole && done != 3 {
				t.Errorf("%d of 3 requests were seen to be made before the end\n%s", done, journal)
			}
			p.must(0, "nothing is owed", "resume", "--auto")
			p.onceEach("lab")
		})
	}
}
