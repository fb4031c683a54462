package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocsNameWhatIsThere: every command and exit code that the documents name exists, and every one that exists is named.
func TestDocsNameWhatIsThere(t *testing.T) {
	p := newPlace(t)
	readme, err := os.ReadFile(filepath.Join("..", "..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	help, _, code := p.run("--help")
	if code != 0 {
		t.Fatal("--help fails")
	}
	for _, m := range regexp.MustCompile("(?m)^  ([a-z]+) ").FindAllStringSubmatch(help, -1) {
		if !slices.Contains([]string{"completion", "help"}, m[1]) && !strings.Contains(string(readme), "uccx-tui "+m[1]) {
			t.Errorf("README.md does not name the command %s", m[1])
		}
	}
}
