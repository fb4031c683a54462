package steps

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/rules.md anew")

// TestRulesDocument: docs/rules.md is what the code says.
func TestRulesDocument(t *testing.T) {
	path := filepath.Join("..", "docs", "rules.md")
	if *update {
		if err := os.WriteFile(path, RulesMarkdown(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, RulesMarkdown()) {
		t.Errorf("docs/rules.md is out of date: go test ./steps -run TestRulesDocument -update (%v)", err)
	}
}

// TestRulesAreKnown: every rule that a row or a question cites has a text.
func TestRulesAreKnown(t *testing.T) {
	for _, row := range allRows() {
		for _, id := range row.Rules {
			if RuleText(id) == "" {
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
	if len(listed) < 40 || !slices.Equal(listed, RuleIDs()) {
		t.Errorf("the rules of the code are not those of the documents (testdata/rules.txt):\n%s\n%s", RuleIDs(), listed)
	}
	where := RuleHomes()
	for _, id := range listed {
		if len(where[id]) == 0 {
			t.Errorf("%s lives nowhere: %s", id, RuleText(id))
		}
	}
	for id := range where {
		if RuleText(id) == "" && !strings.HasPrefix(id, "vos-facts") {
			t.Errorf("%s is cited by %s, and is no rule", id, where[id])
		}
	}
}
