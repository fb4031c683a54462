package main_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// glossaryTerms are the terms that docs/glossary.md explains.
func glossaryTerms(t *testing.T) []string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range regexp.MustCompile(`(?m)^\| ([^|]+) \| [^|]+ \|$`).FindAllStringSubmatch(string(page), -1) {
		if m[1] != "term" && !strings.HasPrefix(m[1], "---") {
			all = append(all, m[1])
		}
	}
	return all
}

// unusedTerms are the terms that no text holds, in singular or plural.
func unusedTerms(terms []string, texts string) []string {
	var unused []string
	for _, term := range terms {
		if !regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(term) + `(s|es)?\b`).MatchString(texts) {
			unused = append(unused, term)
		}
	}
	return unused
}

// TestDocsGlossary: each term of the glossary is used in a document or in a text of the program, stands there once, and the
// packages of steps that are named after a term of their own are explained.
func TestDocsGlossary(t *testing.T) {
	terms := glossaryTerms(t)
	if len(terms) < 80 {
		t.Fatalf("only %d terms were read", len(terms))
	}
	var texts strings.Builder
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		page := filepath.Ext(path) == ".md" && d.Name() != "glossary.md"
		if err != nil || d.IsDir() || !page && !(strings.HasSuffix(path, ".go") && strings.Contains(filepath.ToSlash(path), "/steps/")) {
			return err
		}
		data, err := os.ReadFile(path)
		texts.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if unused := unusedTerms(terms, texts.String()); len(unused) > 0 {
		t.Errorf("used nowhere: %q", unused)
	}
	seen := map[string]bool{}
	for _, term := range terms {
		if seen[strings.ToLower(term)] {
			t.Errorf("%s stands there more than once", term)
		}
		seen[strings.ToLower(term)] = true
	}
	for _, must := range []string{"plan", "step", "look", "act", "journal", "session", "restart table", "standing", "peer", "owed", "pending", "verdict", "rehearsal", "survey", "CSR", "SAN", "trust store", "publisher", "VOS", "keystore"} {
		if !seen[strings.ToLower(must)] {
			t.Errorf("%s is not explained", must)
		}
	}
	if len(unusedTerms([]string{"flux capacitor", "chain"}, "two chains")) != 1 {
		t.Error("the test cannot fail")
	}
}
