package topics_test

import (
	"os"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/topics"
	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // knows -update: go test ./... -update
)

// TestTopics: every document of docs is a topic, but for those of people who work on the program, and every topic is a document.
func TestTopics(t *testing.T) {
	listed := map[string]bool{"dependencies": true, "speed": true, "screens": true, "languages": true}
	for _, one := range topics.All() {
		listed[strings.TrimSuffix(one.File(), ".md")] = true
		if text, err := topics.Text(one.Name); err != nil || !strings.HasPrefix(text, "# ") || one.Title == "" {
			t.Errorf("%s: %v", one.Name, err)
		}
	}
	entries, err := os.ReadDir("../../../docs")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".md"); ok && !listed[name] {
			t.Errorf("docs/%s.md is not a help topic", name)
		}
	}
}
