package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// dependencies reads the modules that go.mod requires directly, with their versions, and the table of docs/dependencies.md: licence by
// module, and the version at which a module is held back.
func dependencies(mod, page string) (direct, licences, held map[string]string) {
	direct, licences, held = map[string]string{}, map[string]string{}, map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^(?:require |\t)([a-z][\w.-]*\.[a-z]+/\S+) (v\S+)$`).FindAllStringSubmatch(mod, -1) {
		direct[m[1]] = m[2]
	}
	for line := range strings.Lines(page) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) == 4 {
			name := strings.TrimSpace(regexp.MustCompile(`\*[a-z]+:\*`).ReplaceAllString(cells[0], ""))
			licences[name] = strings.TrimSpace(cells[2])
		}
		if len(cells) == 3 && regexp.MustCompile(`^ \d+\.\d`).MatchString(cells[1]) {
			held[strings.TrimSpace(cells[0])] = "v" + strings.TrimSpace(cells[1])
		}
	}
	delete(licences, "module")
	delete(licences, "---")
	return direct, licences, held
}

// TestDocsDependencies: docs/dependencies.md names each module that go.mod requires directly, with its licence, and no other; what is held back is at
// the version that it says.
func TestDocsDependencies(t *testing.T) {
	root := filepath.Join("..", "..")
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	direct, licences, held := dependencies(string(mod), string(page))
	if len(direct) < 20 {
		t.Fatalf("only %d modules were read", len(direct))
	}
	for name := range direct {
		if !regexp.MustCompile(`^(MIT|BSD-[23]|Apache-2|MPL-2)`).MatchString(licences[name]) {
			t.Errorf("%s stands in go.mod, and docs/dependencies.md gives it the licence %q", name, licences[name])
		}
	}
	for name := range licences {
		if direct[name] == "" {
			t.Errorf("docs/dependencies.md names %s, which go.mod does not require directly", name)
		}
	}
	for name, at := range held {
		if direct[name] != at {
			t.Errorf("docs/dependencies.md holds %s at %s, go.mod has %s", name, at, direct[name])
		}
	}
}
