package input

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// planHashes are the hashes of the plans of every documented solution, on every path: "example path hash", a line each.
func planHashes(t *testing.T, version int) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "solutions.md"))
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, path := range steps.Paths() {
		paths = append(paths, path.ID)
	}
	var b strings.Builder
	for i, m := range regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		file, err := solution.Parse("docs/solutions.md", []byte(m[1]), paths)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			c := ChangeOf(file)
			c.Path, c.Plan = path, version
			p, err := steps.Preview(c)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%d %s %s\n", i+1, path, p.Hash())
		}
	}
	return b.String()
}

// A plan that somebody looked at and named by its hash is the same plan in this program, for every documented solution, every
// path and every version of the plan. A change of rows or of their order makes a new version; the former ones stay, for the
// sessions that were opened with them.
func TestPlanHashes(t *testing.T) {
	t.Parallel()
	for version := range plan.Version + 1 {
		want, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("plan-hashes-%d.txt", version)))
		if err != nil {
			t.Fatal(err)
		}
		got, old := strings.Split(planHashes(t, version), "\n"), strings.Split(string(want), "\n")
		if len(got) != len(old) {
			t.Fatalf("version %d: %d plans, %d are known", version, len(got), len(old))
		}
		for i := range got {
			if got[i] != old[i] {
				t.Errorf("version %d: %s, was %s", version, got[i], old[i])
			}
		}
	}
}
