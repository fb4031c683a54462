//go:build release

package packaging

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/topics"
	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // knows -update: go test ./... -update
)

// TestForMan: no page has a table, which man draws wider than any terminal, nor a link to a file; code is as it was.
func TestForMan(t *testing.T) {
	got := forMan("# T\n\n| a | b | c |\n| --- | --- | --- |\n| `x \\| y` | one | [f](facts.md#z) |\n| | two | |\n\n```\n| code | [a](b) |\n```\nsee [facts.md](facts.md), [pictures](#p) and [web](https://example.com)\n")
	for _, want := range []string{"`x | y`\n: *b*: one. *c*: f (uccx-tui-dated-facts(7))\n", "(a)\n: *b*: two\n", "| code | [a](b) |", "see uccx-tui-dated-facts(7), pictures and [web](https://example.com)"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing:\n%s", want, got)
		}
	}
	local := regexp.MustCompile(`\]\([^)]*\.md`)
	for _, topic := range topics.All() {
		text, err := topics.Text(topic.Name)
		if err != nil {
			t.Fatal(err)
		}
		if page := forMan(text); strings.Contains(page, "\n| --- ") || local.MatchString(page) {
			t.Errorf("%s: %v", topic.Name, local.FindString(page))
		}
	}
}

// TestDated: pages and changelog have the time of the commit.
func TestDated(t *testing.T) {
	dir, at := t.TempDir(), time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)
	if err := manPages(&cobra.Command{Use: "uccx-tui"}, dir, at); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"uccx-tui.1", "uccx-tui-solutions.7"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !regexp.MustCompile(`\.TH .*"May 2031"`).Match(text) {
			t.Errorf("%s: %v %.200s", name, err, text)
		}
	}
}
