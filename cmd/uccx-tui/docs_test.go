package main_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	testName  = regexp.MustCompile("`((?:Test|Fuzz|Benchmark)[A-Z0-9]\\w*)`")
	testPlace = regexp.MustCompile("((?:`\\w+`(?:, | and )?)+) in ((?:cmd|session|steps|ui|vos)[\\w/-]*)")
	testFunc  = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`)
)

// testsOf returns the tests of the module, each as "folder name".
func testsOf(t *testing.T) map[string]bool {
	t.Helper()
	root, all := filepath.Join("..", ".."), map[string]bool{}
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, filepath.Dir(path))
		for _, m := range testFunc.FindAllStringSubmatch(string(data), -1) {
			all[filepath.ToSlash(rel)+" "+m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// missingTests returns the tests that a page cites and that are not where it says, and how many it cites.
func missingTests(page string, there map[string]bool) (missing []string, cited int) {
	placed := map[string]bool{}
	for _, m := range testPlace.FindAllStringSubmatch(page, -1) {
		for _, name := range testName.FindAllStringSubmatch(m[1], -1) {
			placed[name[1]] = true
			if cited++; !there[m[2]+" "+name[1]] {
				missing = append(missing, name[1]+" in "+m[2])
			}
		}
	}
	for _, m := range testName.FindAllStringSubmatch(page, -1) {
		if !placed[m[1]] {
			missing = append(missing, m[1]+", which has no place")
		}
	}
	return missing, cited
}

// noPublicSource finds sources that no reader has: codes of translations, and notes that are not shipped.
var noPublicSource = regexp.MustCompile(`vos-` + `facts|\b(?:118855|210528|guide) \(00[0-4]\)|\b(?:needs|domain|findings|words)\.md|\bneeds \d`)

// TestSourcesArePublic: texts, code and documents cite what a reader can get: documents by their public names, rules by
// their ids, and docs/nodes.md.
func TestSourcesArePublic(t *testing.T) {
	root, read := filepath.Join("..", ".."), 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if err == nil && d.Name() == ".git" {
				return filepath.SkipDir
			}
			return err
		}
		if rel, _ := filepath.Rel(root, path); strings.Contains(filepath.ToSlash(rel), "testdata/journals/") { // kept as former programs wrote them
			return nil
		}
		switch filepath.Ext(path) {
		case ".go", ".md", ".txt", ".toml", ".golden", ".html", ".json":
		default:
			return nil
		}
		data, err := os.ReadFile(path)
		read++
		if found := noPublicSource.Find(data); found != nil {
			t.Errorf("%s cites %q", path, found)
		}
		return err
	})
	if err != nil || read < 500 {
		t.Fatalf("%d files were read: %v", read, err)
	}
	for _, text := range []string{"118855 " + "(000)", "see vos-" + "facts 6.1", "needs " + "9"} {
		if !noPublicSource.MatchString(text) {
			t.Errorf("%q passes", text)
		}
	}
}

// TestPromisesAreHeld: every test that docs/reliability.md cites is where the page says.
func TestPromisesAreHeld(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "reliability.md"))
	if err != nil {
		t.Fatal(err)
	}
	missing, cited := missingTests(string(page), testsOf(t))
	for _, m := range missing {
		t.Errorf("docs/reliability.md cites %s: it is not there", m)
	}
	platforms, err := os.ReadFile(filepath.Join("..", "..", "docs", "dev", "platforms.md"))
	if err != nil {
		t.Fatal(err)
	}
	missing, here := missingTests(string(platforms), testsOf(t))
	for _, m := range missing {
		t.Errorf("docs/dev/platforms.md cites %s: it is not there", m)
	}
	if here < 15 {
		t.Errorf("docs/dev/platforms.md cites %d tests", here)
	}
	if bad, _ := missingTests("`TestNo`, `TestOne` in steps; `TestLost`", map[string]bool{"steps TestOne": true}); len(bad) != 2 || cited < 40 {
		t.Errorf("the test cannot fail: %v, %d cited", bad, cited)
	}
}
