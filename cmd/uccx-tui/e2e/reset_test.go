package e2e_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// A lab that is reset is as at its start: the same scenario, ports and seed; what was done lies in the archive, whole. Its ports are free
// for a moment, and a lab of another test may take them: then it is done once more.
func TestReset(t *testing.T) {
	t.Parallel()
	for seed := 90417; seed < 90425; seed++ {
		if resets(t, strconv.Itoa(seed)) {
			return
		}
	}
	t.Error("in none of eight labs the ports are those of the start")
}

// resets plays a lab, resets it, and reports whether its ports are the same.
func resets(t *testing.T, seed string) bool {
	t.Helper()
	p := newPlace(t)
	if out, errout, code := p.run("lab", "hostname-changed", "--auto", "--seed", seed); code != 7 {
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
	after := labOf(t, filepath.Join(state, "labs", "hostname-changed"))
	if after.Seed != before.Seed || !reflect.DeepEqual(after.Scenario, before.Scenario) || len(after.Ports) != len(before.Ports) {
		t.Errorf("the lab was %+v and is %+v", before, after)
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
	return maps.Equal(before.Ports, after.Ports)
}

// laid is what makes a lab: its seed, its scenario, and the ports of its nodes.
type laid struct {
	Seed     int64
	Scenario *sim.Scenario
	Ports    map[string]int
}

func labOf(t *testing.T, dir string) (lab laid) {
	t.Helper()
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
	return lab
}
