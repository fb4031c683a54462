package main_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// drawn reads the drawing of ARCHITECTURE.md: package of steps -> the packages of steps that its arrows go to.
func drawn(page string) map[string][]string {
	all := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?m)^  \+-> (\w+) .*-> (.*)$`).FindAllStringSubmatch(page, -1) {
		all[m[1]] = append(all[m[1]], strings.FieldsFunc(m[2], func(r rune) bool { return strings.ContainsRune(", ;()", r) })...)
		all[m[1]] = append(all[m[1]], "")
	}
	return all
}

// TestHouseDrawing: every package is named in ARCHITECTURE.md, and the arrows between the packages of steps are those of the table.
func TestHouseDrawing(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	arrows, may := drawn(string(data)), storeys()
	for room, imports := range may {
		name := strings.TrimPrefix(room, "steps/")
		if room == "knowledge" {
			continue
		}
		if !regexp.MustCompile(`(?m)(^|[ ,|/])` + regexp.QuoteMeta(name) + `([ ,;|(:]|$)`).Match(data) {
			t.Errorf("ARCHITECTURE.md does not name %s", room)
		}
		to, there := arrows[name]
		if !there || room == name || name == "play" || name == "lab" {
			continue
		}
		for _, one := range imports {
			if below, ours := strings.CutPrefix(one, "steps/"); ours && !slices.Contains(to, below) {
				t.Errorf("the drawing has no arrow from %s to %s", name, below)
			}
		}
		for _, below := range to {
			if _, known := may["steps/"+below]; known && !slices.Contains(imports, "steps/"+below) {
				t.Errorf("the drawing has an arrow from %s to %s, the table has none", name, below)
			}
		}
	}
	if len(arrows) < 20 || len(drawn("  +-> a   text -> b, c\n")["a"]) != 3 {
		t.Errorf("the test cannot fail: %v", arrows)
	}
}
