package steps

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
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
