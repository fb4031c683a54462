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
	if bad, _ := missingTests("`TestNo`, `TestOne` in steps; `TestLost`", map[string]bool{"steps TestOne": true}); len(bad) != 2 || cited < 40 {
		t.Errorf("the test cannot fail: %v, %d cited", bad, cited)
	}
}
