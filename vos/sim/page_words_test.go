package sim

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// docs/lab.md names every word that a scenario file may use.
func TestLabPageNamesAllWords(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "lab.md"))
	if err != nil {
		t.Fatal(err)
	}
	words := gradeLines()
	for _, a := range append(slices.Collect(maps.Keys(actionKinds())), ActCA, ActWindow, ActDie) {
		words = append(words, string(a))
	}
	for _, b := range behaviours() {
		words = append(words, string(b))
	}
	for _, q := range []Quirk{QuirkRough, QuirkSlow, QuirkPager, QuirkLevel0, QuirkNarrow, QuirkChatty, QuirkREST, QuirkECDSA, QuirkLegacy} {
		words = append(words, string(q))
	}
	for _, w := range append(words, string(Untouched), string(InWindow)) {
		if w != "" && !strings.Contains(string(page), fmt.Sprintf("`%s`", w)) {
			t.Errorf("docs/lab.md does not name %q", w)
		}
	}
}
