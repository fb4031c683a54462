package sim_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// night is a lesson in which a CA adds a name, a subscriber is off, and a namesake of the root lies in the store.
func night() *sim.Scenario {
	at := func(do sim.ActionKind, on ...string) []sim.Action { return []sim.Action{{Do: do, On: on, By: "30m"}} }
	return &sim.Scenario{Title: "t", Story: "s", Goal: "g", Path: "signed", Hints: []string{"1", "2", "3"}, CA: []sim.Behaviour{sim.AddSAN},
		Topology: sim.Pairs(1),
		Setup:    append(at(sim.ActDown, "uccx2"), at(sim.ActOldRoot, "uccx1")...),
		Outside: []sim.External{{Title: "on", Do: at(sim.ActUp, "uccx2")}, {Title: "tidy", Do: at(sim.ActDistrust, "uccx1")}, {Title: "upload", Mistake: sim.LineRefusals, Do: at(sim.ActUpload, "ccp")},
			{Title: "cut", Do: at(sim.ActCut, "uccx1")}, {Title: "late", Do: at(sim.ActWindow)}},
		Rubric: sim.Rubric{MaxCSRs: 3}}
}

// What is done outside of the program is done to the nodes, is counted as if it had been typed, and is written down.
func TestChoose(t *testing.T) {
	t.Parallel()
	dir := ""
	c := lab(t, func(o *sim.Options) { o.Scenario, dir = night(), o.Dir })
	var told []sim.Action
	c.Calls(func(d sim.Action) { told = append(told, d) })
	if err := c.Choose("no such thing"); err == nil {
		t.Error("what is not offered was done")
	}
	s, _ := c.Scenario()
	var titles []string
	for _, o := range s.Choices() {
		titles = append(titles, o.Title)
		if err := c.Choose(o.Title); err != nil {
			t.Fatalf("%s: %v", o.Title, err)
		}
	}
	counts := c.Counts()
	one, ccp := counts["uccx1.lab.example"], counts["ccp.lab.example"]
	if one.Restarts != 1 || one.CSRs != 1 || one.Deleted == 0 || ccp.Refused != 1 || ccp.OwnUploads != 0 {
		t.Errorf("uccx1 %+v\nccp %+v", one, ccp)
	}
	if len(told) != 1 || told[0].Do != sim.ActWindow {
		t.Errorf("told %+v", told)
	}
	for _, fqdn := range []string{"uccx1.lab.example", "uccx2.lab.example"} {
		if _, err := c.Page(fqdn); err != nil {
			t.Errorf("it was said to be up: %v", err)
		}
	}
	r, err := sim.ReadRecord(dir)
	if err != nil || strings.Join(r.Outside(), "|") != strings.Join(titles, "|") || !r.Touched() {
		t.Errorf("%v\n%v\n%v", err, r.Outside(), titles)
	}
}

// TestHintsThatAreNotKnown: a log of hints that was removed, emptied, written again or cut is missed, also after a further hint; one of a
// lab that an older program made is taken as it is. A log that is longer than its sum is whole: a program may be killed between the two.
func TestHintsThatAreNotKnown(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(t *testing.T, dir string){
		"whole":   func(*testing.T, string) {},
		"removed": func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "hints.log")) },
		"emptied": func(t *testing.T, dir string) { rewrite(t, dir, "hints.log", func([]string) []string { return nil }) },
		"first taken": func(t *testing.T, dir string) {
			rewrite(t, dir, "hints.log", func(l []string) []string { return slices.Delete(l, 1, 2) })
		},
		"last taken": func(t *testing.T, dir string) {
			rewrite(t, dir, "hints.log", func(l []string) []string { return l[:len(l)-1] })
		},
		"last taken, then one more": func(t *testing.T, dir string) {
			rewrite(t, dir, "hints.log", func(l []string) []string { return l[:len(l)-1] })
			if _, _, ok, err := sim.NextHint(dir, time.Now().Add(time.Hour)); !ok || err != nil {
				t.Fatal(ok, err)
			}
		},
		"all taken but the first line": func(t *testing.T, dir string) {
			rewrite(t, dir, "hints.log", func(l []string) []string { return l[:1] })
		},
		"sum removed": func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "hints.log.sum")) },
		"sum garbled": func(t *testing.T, dir string) {
			rewrite(t, dir, "hints.log.sum", func(l []string) []string { return []string{"{"} })
		},
		"another log": func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "agents.log")) },
		"lab without sums": func(t *testing.T, dir string) {
			remove(t, filepath.Join(dir, "hints.log.sum"))
			rewrite(t, dir, "lab.json", func(l []string) []string {
				return []string{strings.Replace(strings.Join(l, ""), `"sums": true`, `"sums": false`, 1)}
			})
		},
		"older lab": func(t *testing.T, dir string) {
			remove(t, filepath.Join(dir, "agents.log"))
			rewrite(t, dir, "lab.json", func(l []string) []string {
				return []string{strings.NewReplacer(`"logs": true`, `"logs": false`, `"sums": true`, `"sums": false`).Replace(strings.Join(l, ""))}
			})
		},
	} {
		dir := filepath.Join(t.TempDir(), "lab")
		lab(t, func(o *sim.Options) { o.Scenario, o.Dir = night(), dir })
		for range 2 {
			if _, _, ok, err := sim.NextHint(dir, time.Now()); !ok || err != nil {
				t.Fatal(ok, err)
			}
		}
		change(t, dir)
		r, err := sim.ReadRecord(dir)
		if err != nil {
			t.Fatal(err)
		}
		lost := !slices.Contains([]string{"whole", "another log", "older lab", "lab without sums"}, name)
		if r.HintsLost() != lost || (len(r.Lost) > 0) != (lost || name == "another log") || !lost && r.Hints != 2 {
			t.Errorf("%s: %d hints, lost %v", name, r.Hints, r.Lost)
		}
	}
}

// TestHintWithoutItsSum: a program that is killed after it wrote a hint down and before it wrote the sum leaves a log that is whole.
func TestHintWithoutItsSum(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "lab")
	lab(t, func(o *sim.Options) { o.Scenario, o.Dir = night(), dir })
	sum := filepath.Join(dir, "hints.log.sum")
	before, err := os.ReadFile(sum)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, _, ok, err := sim.NextHint(dir, time.Now()); !ok || err != nil {
			t.Fatal(ok, err)
		}
		if err := os.WriteFile(sum, before, 0o600); err != nil {
			t.Fatal(err)
		}
		if r, err := sim.ReadRecord(dir); err != nil || r.HintsLost() {
			t.Errorf("%v: lost %v", err, r.Lost)
		}
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// rewrite changes the lines of a file of a lab.
func rewrite(t *testing.T, dir, name string, change func([]string) []string) {
	t.Helper()
	path := filepath.Join(dir, name)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Join(change(slices.Collect(strings.Lines(string(raw)))), "")), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The upload of what the CA sends as it comes asks the CA for nothing: its next reply is what it would have been.
func TestUploadTeachesTheCANothing(t *testing.T) {
	t.Parallel()
	s := night()
	s.CA = []sim.Behaviour{sim.AddSAN, sim.Honest}
	c := lab(t, func(o *sim.Options) { o.Scenario = s })
	p, err := c.Page("ccp.lab.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.GenerateCSR(sim.Form{}); err != nil {
		t.Fatal(err)
	}
	if err := c.Choose("upload"); err != nil {
		t.Fatal(err)
	}
	der, err := p.DownloadCSR("tomcat")
	if err != nil {
		t.Fatal(err)
	}
	from, to := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(from, "a.csr"), der, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{2, 2, 1} { // it corrects what goes back for the right reason, and nothing else
		if i > 0 {
			reason := []string{"key", "name"}[i-1]
			if _, err := c.CA().SendBack(sim.Reason{ID: reason, Text: "it is wrong"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.CA().SignFolder(context.Background(), from, to); err != nil {
			t.Fatal(err)
		}
		if leaf := certOf(t, readAnswer(t, to).leaf["ccp.lab.example"]); len(leaf.DNSNames) != want {
			t.Errorf("reply %d: %v", i+1, leaf.DNSNames)
		}
	}
}
