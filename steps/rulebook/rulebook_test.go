package rulebook_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/rulebook"
	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

// TestRulesDocument: docs/rules.md is what the code says.
func TestRulesDocument(t *testing.T) {
	goldentest.File(t, filepath.Join("..", "..", "docs", "rules.md"), rulebook.Markdown())
}

// TestRulesAreKnown: every rule that a row or a question cites has a text.
func TestRulesAreKnown(t *testing.T) {
	for _, row := range steps.AllRows() {
		for _, id := range row.Rules {
			if rules.Text(id) == "" {
				t.Errorf("%s cites %s, which has no text", row.ID, id)
			}
		}
	}
}

// TestEveryRuleLives: each rule of the source documents has a text, and is cited by a row, a check, an address, a trust or
// an advice.
func TestEveryRuleLives(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "rules.txt"))
	if err != nil {
		t.Fatal(err)
	}
	listed := strings.Fields(string(data))
	if len(listed) < 40 || !slices.Equal(listed, rules.IDs()) {
		t.Errorf("the rules of the code are not those of the documents (testdata/rules.txt):\n%s\n%s", rules.IDs(), listed)
	}
	where := rulebook.Homes()
	for _, id := range listed {
		if len(where[id]) == 0 {
			t.Errorf("%s lives nowhere: %s", id, rules.Text(id))
		}
	}
	for id := range where {
		if rules.Text(id) == "" {
			t.Errorf("%s is cited by %s, and is no rule", id, where[id])
		}
	}
}

// TestEveryRuleIsExercised: each rule names a scenario that exercises it, and a place where the rule lives. The scenarios are
// played by TestRulesAreExercised of the tests of the binary.
func TestEveryRuleIsExercised(t *testing.T) {
	where, played := rulebook.Homes(), rulebook.Exercises()
	for _, id := range rules.IDs() {
		if e := played[id]; e.Scenario == "" || !slices.Contains(where[id], e.Place) {
			t.Errorf("%s: %+v is no place where it lives: %q", id, e, where[id])
		}
	}
	for id := range played {
		if rules.Text(id) == "" {
			t.Errorf("%s is no rule", id)
		}
	}
}
