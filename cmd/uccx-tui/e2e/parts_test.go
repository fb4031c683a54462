package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// asks lays the CSRs of some nodes before the far CA, and waits until it has sent so many files.
func (s served) asks(t *testing.T, outbox string, files int, hosts ...string) {
	t.Helper()
	for _, host := range hosts {
		data, err := os.ReadFile(filepath.Join(outbox, host+".lab.example_tomcat.csr"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(s.Inbox, host+".csr"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.sent(t, files)
}

// TestUnattendedInParts: the CA answers for two of three nodes first. Without a word about it a run waits; with one it installs
// what is there, ends with 3, and says everywhere who still waits. Another person takes the rest days later on another machine.
func TestUnattendedInParts(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	file, pw := s.solution(t, true), s.passwordFile(t)
	p.must(4, "outbox", "run", "--solution", file, "--password-file", pw)
	outbox := filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal", "outbox")
	s.asks(t, outbox, 4, "uccx1", "uccx2")
	run := []string{"run", "--solution", file, "--password-file", pw, "--reply", s.Outbox, "--restart", "uccx1,uccx2,ccp", "--answer", "VER-*=yes"}
	p.must(4, "ccp.lab.example", run...)
	p.must(3, "ccp.lab.example", append(run, "--answer", "reply-parts=install")...)
	p.must(3, "ccp.lab.example", run...)
	if out := p.must(0, "", "report", "HQ-renewal"); !strings.Contains(out, "ccp.lab.example: its certificate is still at the CA") {
		t.Errorf("the report does not say who waits:\n%s", out)
	}
	if out := p.must(0, "", "report", "HQ-renewal", "--format", "json"); !strings.Contains(out, "still at the CA") || !strings.Contains(out, `"outcome": "owed"`) {
		t.Errorf("the JSON report does not say who waits:\n%.2000s", out)
	}

	s.asks(t, outbox, 5, "ccp")
	packed := filepath.Join(t.TempDir(), "hq.tar")
	p.must(0, "Handed over", "export", "HQ-renewal", packed)
	p = newPlace(t)
	p.must(0, "", "import", packed)
	p.must(0, "", run...)
	if out := p.must(0, "", "report", "HQ-renewal"); strings.Contains(out, "still at the CA;") {
		t.Errorf("the report says that a node waits:\n%s", out)
	}
	s.seenFromOutside(t)
}
