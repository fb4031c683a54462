package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// planHashes are the hashes of the plans of every documented solution, on every path: "example path hash", a line each.
func planHashes(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "solutions.md"))
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, p := range steps.Paths() {
		paths = append(paths, p.ID)
	}
	var b strings.Builder
	for i, m := range regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		file, err := solution.Parse("docs/solutions.md", []byte(m[1]), paths)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			c := changeOf(file)
			c.Path = path
			plan, err := steps.Preview(c)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%d %s %s\n", i+1, path, plan.Hash())
		}
	}
	return b.String()
}

// A plan that somebody looked at and named by its hash is the same plan in this program, for every documented solution and
// every path. A change of rows or of their order renews these hashes, and says why in its commit.
func TestPlanHashes(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(filepath.Join("testdata", "plan-hashes.txt"))
	if err != nil {
		t.Fatal(err)
	}
	got, old := strings.Split(planHashes(t), "\n"), strings.Split(string(want), "\n")
	if len(got) != len(old) {
		t.Fatalf("%d plans, %d are known", len(got), len(old))
	}
	for i := range got {
		if got[i] != old[i] {
			t.Errorf("%s, was %s", got[i], old[i])
		}
	}
}
