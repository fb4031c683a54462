package main_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var lessons = flag.Bool("lessons", false, "play every scenario of the lab unattended; takes two minutes")

// unfinished are the scenarios that an unattended technician does not finish: they want a person.
func unfinished() map[string]bool {
	return map[string]bool{"orphaned-csr": true, "same-cn-root": true, "subscriber-down": true, "service-fails": true, "hostname-changed": true}
}

// Scenarios end as they should, are graded by how they were done, and their hints are logged.
func TestScenarios(t *testing.T) {
	t.Parallel()
	list, errout, code := newPlace(t).run("lab", "--list")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errout)
	}
	short := map[string]bool{"single-node": true, "thirdparty": true, "san-mismatch": true, "same-cn-root": true}
	for line := range strings.Lines(list) {
		name := strings.Fields(line)[0]
		if name == "service-fails" || !*lessons && !short[name] {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, name, unfinished()[name])
		})
	}
}

func play(t *testing.T, name string, wrong bool) {
	t.Helper()
	p := newPlace(t)
	out, errout, code := p.run("lab", name, "--auto")
	if (code == 0) == wrong {
		t.Fatalf("exit %d\n%s%s", code, out, errout)
	}
	for i, want := range []string{"hint 1: ", "hint 2: ", "hint 3: ", "no further hint"} {
		if text, errout, code := p.run("lab", "hint", name); code != 0 || !strings.Contains(text, want) {
			t.Errorf("hint %d: exit %d %s%s", i+1, code, text, errout)
		}
	}
	text, errout, code := p.run("lab", "grade", name)
	if want := map[bool]int{false: 0, true: 3}[wrong]; code != want || !strings.Contains(text, "(3 of 3)") || strings.Contains(text, "Result: passed") == wrong {
		t.Errorf("grade: exit %d\n%s%s", code, text, errout)
	}
	if file, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", name, "grade.md")); err != nil || string(file) != text {
		t.Errorf("the trainer's report: %v", err)
	}
}
