package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestRunNamesNeighbours: an unattended run believes no neighbour before its certificate was named by its fingerprint.
func TestRunNamesNeighbours(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.run("lab", "cucm-renewed", "--name", "night") // no one answers: it ends at its first question
	args := []string{"run", "night", "--answer", "findings=yes", "--answer", "*=yes", "--restart", "uccx1,uccx2"}
	named := regexp.MustCompile(`(--host-key|--trust) ([^ ;\n]+)`)
	for range 5 {
		out, errout, code := p.run(args...)
		if strings.Contains(out+errout, "--trust") {
			if code != 10 || !strings.Contains(out+errout, "cucm2.lab.example (Unified CM), until ") {
				t.Fatalf("exit %d\n%s%s", code, out, errout)
			}
			more := named.FindStringSubmatch(errout)
			if prints := strings.Split(more[2], ","); len(prints) != 2 {
				t.Fatalf("two certificates are to be named: %s", more[0])
			}
			half, _, _ := strings.Cut(more[2], ",")
			if _, errout, code := p.run(append(args, "--trust", half)...); code != 10 || strings.Contains(errout, "--trust "+half) {
				t.Errorf("with one of the two: exit %d\n%s", code, errout)
			}
			if out, errout, code := p.run(append(args, "--trust", strings.ToLower(more[2]))...); code != 0 {
				t.Errorf("with both: exit %d\n%s%s", code, out, errout)
			}
			journal, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", "night", "journal.jsonl"))
			if err != nil || !strings.Contains(string(journal), half) {
				t.Errorf("the journal does not say what was accepted: %v", err)
			}
			return
		}
		more := named.FindStringSubmatch(errout)
		if more == nil {
			t.Fatalf("exit %d\n%s%s", code, out, errout)
		}
		args = append(args, more[1], more[2])
	}
	t.Fatal("the peers are not asked about")
}
