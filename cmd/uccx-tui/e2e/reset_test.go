package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// A lab that is reset is as at its start: the same scenario, ports and seed; what was done lies in the archive, whole.
func TestReset(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	if out, errout, code := p.run("lab", "hostname-changed", "--auto", "--seed", "90417"); code != 7 {
		t.Fatalf("exit %d\n%s%s", code, out, errout)
	}
	p.run("lab", "hint", "hostname-changed")
	state := filepath.Join(p.home, "state", "uccx-tui")
	before := labOf(t, filepath.Join(state, "labs", "hostname-changed"))
	if _, errout, code := p.run("lab", "reset", "hostname-changed"); code != 10 || !strings.Contains(errout, "Nothing was done") {
		t.Errorf("without the name: exit %d %s", code, errout)
	}
	if _, err := os.Stat(filepath.Join(state, "archive")); err == nil {
		t.Error("something was put away although no one typed the name")
	}
	out, errout, code := p.run("lab", "reset", "hostname-changed", "--yes", "--auto")
	if code != 7 || !strings.Contains(out, "Archived to ") || !strings.Contains(out, "hints (0 of 3)") {
		t.Fatalf("exit %d\n%s%s", code, out, errout)
	}
	if after := labOf(t, filepath.Join(state, "labs", "hostname-changed")); after != before {
		t.Errorf("the lab was %s and is %s", before, after)
	}
	kept, err := filepath.Glob(filepath.Join(state, "archive", "hostname-changed-*", "*"))
	if err != nil || len(kept) != 2 {
		t.Errorf("in the archive: %v %v", kept, err)
	}
	for _, f := range []string{"session/journal.jsonl", "lab/lab.json", "lab/hints.log"} {
		if _, err := os.Stat(filepath.Join(filepath.Dir(kept[0]), f)); err != nil {
			t.Error(err)
		}
	}
}

// labOf is what makes a lab: its seed, its scenario, and the ports of its nodes.
func labOf(t *testing.T, dir string) string {
	t.Helper()
	var lab struct {
		Seed     int64
		Scenario *sim.Scenario
		Ports    map[string]int
	}
	raw, err := os.ReadFile(filepath.Join(dir, "lab.json"))
	if err != nil || json.Unmarshal(raw, &lab) != nil {
		t.Fatal(err)
	}
	nodes, _ := filepath.Glob(filepath.Join(dir, "nodes", "*.json"))
	lab.Ports = map[string]int{}
	for _, f := range nodes {
		var n struct {
			FQDN string `json:"fqdn"`
			Base int    `json:"base"`
		}
		if raw, err := os.ReadFile(f); err == nil && json.Unmarshal(raw, &n) == nil {
			lab.Ports[n.FQDN] = n.Base
		}
	}
	all, err := json.Marshal(lab)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}
