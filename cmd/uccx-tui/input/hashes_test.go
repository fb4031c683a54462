package input

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// planHashes are the hashes of the plans of every documented solution, on every path: "example: path hash", a line each.
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
	for _, m := range regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
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
			fmt.Fprintf(&b, "%s: %s %s\n", file.Name, path, p.Hash())
		}
	}
	return b.String()
}

// TestPlanHashes: a plan that a person looked at and named by its hash is the same plan in this program, for every documented
// solution, every path and every version of the plan. A change of rows or of their order makes a new version; the former ones
// stay, for the sessions that were opened with them. -update adds new examples and paths; it never hides that a known plan has
// changed.
func TestPlanHashes(t *testing.T) {
	t.Parallel()
	for version := range plan.Version + 1 {
		path := filepath.Join("testdata", fmt.Sprintf("plan-hashes-%d.txt", version))
		known, err := os.ReadFile(path)
		if err != nil && !(version == plan.Version && errors.Is(err, fs.ErrNotExist)) {
			t.Fatal(err)
		}
		got := planHashes(t, version)
		lines := strings.Split(got, "\n")
		for _, line := range strings.Split(string(known), "\n") {
			if !slices.Contains(lines, line) {
				t.Errorf("version %d: %q is no longer so: a row or a question that is new has Since, the next version of the plan (plan.Version)", version, line)
			}
		}
		if !t.Failed() {
			goldentest.File(t, path, []byte(got))
		}
	}
}
