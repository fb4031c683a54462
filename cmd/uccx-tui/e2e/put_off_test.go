package e2e_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestAnsweredLater: what a person was asked and answered "later" is answered by a following run: it is in the journal, and the
// report says it. "later" takes no answer back, and a pattern no "no".
func TestAnsweredLater(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	file, pw := s.solution(t, true), s.passwordFile(t)
	run := func(code int, says string, args ...string) {
		t.Helper()
		p.must(code, says, append([]string{"run", "--solution", file, "--password-file", pw}, args...)...)
	}
	run(4, "outbox")
	s.signed(t, filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal", "outbox"))
	run(3, `VER-1: answered "later"`, "--reply", s.Outbox, "--restart", "uccx1,uccx2,ccp", "--answer", "VER-*=later")
	entries := func() int {
		t.Helper()
		return strings.Count(p.must(0, "", "report", "HQ-renewal", "--format", "json"), `"VER-`)
	}
	before := entries()
	run(3, `VER-3: answered "no"`, "--answer", "VER-3@uccx2=no")
	if entries() <= before {
		t.Errorf("%d answers in the report, %d before", entries(), before)
	}
	run(3, `uccx2.lab.example: VER-3: answered "no"`, "--answer", "VER-*=later", "--answer", "VER-3@uccx2=later")
	run(3, `uccx2.lab.example: VER-3: answered "no"`, "--answer", "VER-3@uccx2=later")
	run(3, `uccx2.lab.example: VER-3: answered "no"`, "--answer", "VER-*=yes")
	if report := p.must(0, "", "report", "HQ-renewal"); !strings.Contains(report, `1 "no"`) && !strings.Contains(report, `answered "no"`) || strings.Contains(report, `answered "later"`) {
		t.Errorf("the report says that it is pending otherwise:\n%s", report)
	}
	run(0, "Nothing is pending", "--answer", "VER-3@uccx2=yes")
	report := p.must(0, "", "report", "HQ-renewal")
	const question = "uccx2.lab.example Do the Live Data gadgets of an agent and of a supervisor load and refresh in Finesse?"
	for _, answer := range []string{": later", ": no", ": yes"} {
		if !strings.Contains(report, question+answer) {
			t.Errorf("the report does not hold the answer%s", answer)
		}
	}
	p.must(0, "", "verify", "HQ-renewal")
}
