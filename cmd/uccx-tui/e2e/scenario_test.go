package e2e_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

var lessons = flag.Bool("lessons", false, "play every scenario of the lab, carefully and carelessly, instead of a few; takes five minutes")

// ending is how a scenario ends that does not end with 0: the exit code of the first run, and how it goes on.
type ending struct {
	code   int
	goesOn func(t *testing.T, p place, name string) place
}

func endings() map[string]ending {
	return map[string]ending{
		"hostname-changed": {7, nil},
		"window-ends":      {13, nil},
		"hand-over":        {4, handOver},
		"laptop-dies":      {-1, takeUp}, // killed
	}
}

func takeUp(t *testing.T, p place, name string) place {
	t.Helper()
	if out, errout, code := p.run("resume", name, "--auto"); code != 0 {
		t.Fatalf("resume: exit %d\n%s%s", code, out, errout)
	}
	return p
}

func handOver(t *testing.T, p place, name string) place {
	t.Helper()
	file := filepath.Join(t.TempDir(), "session")
	q := newPlace(t)
	for _, c := range []struct {
		p    place
		args []string
	}{{p, []string{"export", name, file}}, {q, []string{"import", file}}} {
		if out, errout, code := c.p.run(c.args...); code != 0 {
			t.Fatalf("%v: exit %d\n%s%s", c.args, code, out, errout)
		}
	}
	return takeUp(t, q, name)
}

// Every scenario can be brought to the end that is right for it, with the answers that a person has; and who makes the
// mistake that it is about finds it in the grade.
func TestScenarios(t *testing.T) {
	t.Parallel()
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	carefully := map[string]bool{"same-cn-root": true, "hostname-changed": true, "window-ends": true, "hand-over": true, "laptop-dies": true, "platform": true}
	carelessly := map[string]bool{"san-mismatch": true, "subscriber-down": true, "platform": true}
	for _, s := range all {
		if *lessons || carefully[s.Name] {
			t.Run(s.Name, func(t *testing.T) {
				t.Parallel()
				play(t, s)
			})
		}
		if *lessons || carelessly[s.Name] {
			t.Run(s.Name+"/careless", func(t *testing.T) {
				t.Parallel()
				playCarelessly(t, s)
			})
		}
	}
}

func play(t *testing.T, s sim.Scenario) {
	t.Helper()
	p, end := newPlace(t), endings()[s.Name]
	out, errout, code := p.run("lab", s.Name, "--auto")
	if code != end.code {
		t.Fatalf("exit %d, want %d\n%s%s", code, end.code, out, errout)
	}
	if end.goesOn != nil {
		p = end.goesOn(t, p, s.Name)
	}
	for i, want := range []string{"hint 1: ", "hint 2: ", "hint 3: ", "No more hints"} {
		if text, errout, code := p.run("lab", "hint", s.Name); code != 0 || !strings.Contains(text, want) {
			t.Errorf("hint %d: exit %d %s%s", i+1, code, text, errout)
		}
	}
	text, errout, code := p.run("lab", "grade", s.Name)
	if code != 0 || !strings.Contains(text, "(3 of 3)") || !strings.Contains(text, "Result: passed, with 3 hints, played by uccx-tui") {
		t.Errorf("grade: exit %d\n%s%s", code, text, errout)
	}
	if file, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", s.Name, "grade.md")); err != nil || string(file) != text {
		t.Errorf("the trainer's report: %v", err)
	}
	if err := os.Remove(filepath.Join(p.home, "state", "uccx-tui", "labs", s.Name, "hints.log")); err != nil {
		t.Fatal(err)
	}
	if text, _, code := p.run("lab", "grade", s.Name); code != 0 || !strings.Contains(text, "Result: passed, hints not known, played by uccx-tui") || !strings.Contains(text, "hints.log") {
		t.Errorf("without its hints: exit %d\n%s", code, text)
	}
}

func playCarelessly(t *testing.T, s sim.Scenario) {
	t.Helper()
	p := newPlace(t)
	out, errout, ended := p.run("lab", s.Name, "--auto", "--careless")
	text, _, _ := p.run("lab", "grade", s.Name)
	if allowed := append([]int{3, 4, 5, 6, 7, 13}, endings()[s.Name].code); ended == 0 || !slices.Contains(allowed, ended) {
		t.Errorf("exit %d, and the grade is 3\n%s\n%s", ended, out, errout)
	}
	var grade struct {
		Format                     int
		Session, Scenario, Student string
		Begun, Ended               time.Time
		Passed                     bool
		Lines                      []struct {
			What       string
			OK, Counts bool
		}
		Nodes []struct{ FQDN string }
	}
	data, errout, code := p.run("lab", "grade", s.Name, "--json")
	if err := json.Unmarshal([]byte(data), &grade); err != nil || code != 3 || grade.Format != 1 || grade.Session != s.Name || grade.Scenario != s.Name || grade.Passed || grade.Student == "" || !grade.Ended.After(grade.Begun) || len(grade.Nodes) == 0 {
		t.Errorf("grade --json: exit %d, %v\n%s%s", code, err, data, errout)
	}
	failed := 0
	for _, l := range grade.Lines {
		if l.Counts && !l.OK {
			failed++
		}
	}
	if failed == 0 {
		t.Errorf("no line of the grade says why it is not passed: %s", data)
	}
	if want := spoiled(t, s); code != 3 || !strings.Contains(text, want) || !strings.Contains(text, "Result: not passed") {
		t.Errorf("grade: exit %d, want %q\n%s%s%s", code, want, text, out, errout)
	}
}

// spoiled is the line of the grade that the mistake of a lesson spoils.
func spoiled(t *testing.T, s sim.Scenario) string {
	t.Helper()
	mistake := s.Mistake
	for _, o := range s.Choices() {
		if o.Mistake != "" && o.At != "" {
			mistake = o.Mistake
		}
	}
	line := map[string]string{sim.LineGoal: "goal reached", sim.LineRestarts: "no unnecessary restarts", sim.LineCSRs: "one CSR per node",
		sim.LineRefusals: "no refused uploads", sim.LineElse: "outside actions done"}[mistake]
	if line == "" {
		t.Fatalf("no one can go wrong in %s", s.Name)
	}
	return "- FAIL  " + line
}

// What the flags of a lesson need is said before anything is made.
func TestCarelessNeedsALesson(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"lab", "--careless", "--auto"}, {"lab", "san-mismatch", "--careless"}} {
		if out, errout, code := newPlace(t).run(args...); code != 2 {
			t.Errorf("%v: exit %d %s%s", args, code, out, errout)
		}
	}
}
