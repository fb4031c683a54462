package main_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// oldWords are words and figures that readers of another mother tongue do not know: there is a plain one for each.
var oldWords = regexp.MustCompile(`(?i)\b(lest|anew|whoever|nobody|somebody)\b|gone past|called back|stands twice|is held against|the word for`)

// TestHouseWords: comments, texts, documents, scenarios and tests are in plain English.
func TestHouseWords(t *testing.T) {
	root, seen := filepath.Join("..", ".."), 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		switch {
		case err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2:
			return skip(err)
		case d.IsDir() || !strings.Contains(" .go .md .toml ", " "+filepath.Ext(path)+" "):
			return nil
		case rel == "cmd/uccx-tui/house_words_test.go": // it lists them
			return nil
		}
		seen++
		data, err := os.ReadFile(path)
		for i, line := range strings.Split(string(data), "\n") {
			if word := oldWords.FindString(line); word != "" {
				t.Errorf("%s:%d: %q: use a plain word", rel, i+1, word)
			}
		}
		return err
	})
	if err != nil || seen < 300 {
		t.Errorf("%d files, %v", seen, err)
	}
	if !oldWords.MatchString("// Nobody waits") || oldWords.MatchString("blesters") {
		t.Error("the test cannot fail")
	}
}
