package main_test

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tried is one line of the recipe that picks tests by their names.
type tried struct {
	names    []string // patterns of top-level tests
	packages []string // rooms; none: those of the whole tree
}

// picks returns what a recipe runs, or leaves out, by name.
func picks(recipe string) (all []tried) {
	said := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^\s*(\w+)='(.*)'$`).FindAllStringSubmatch(recipe, -1) {
		said[m[1]] = m[2]
	}
	flags := regexp.MustCompile(`-(run|skip) (?:'([^']*)'|"\$(\w+)"|(\w+))`)
	for line := range strings.Lines(recipe) {
		m := flags.FindStringSubmatch(line)
		if !strings.Contains(line, "go test") || m == nil {
			continue
		}
		var p tried
		for _, one := range strings.Split(m[2]+said[m[3]]+m[4], "|") {
			name, _, _ := strings.Cut(one, "/")
			p.names = append(p.names, name)
		}
		if m[1] == "run" {
			for _, dir := range regexp.MustCompile(` \./(\S+)`).FindAllStringSubmatch(line, -1) {
				p.packages = append(p.packages, dir[1])
			}
		}
		all = append(all, p)
	}
	return all
}

// missing returns the patterns that name no test of the given ones: room and name.
func (p tried) missing(tests [][2]string) (none []string) {
	for _, name := range p.names {
		pattern, err := regexp.Compile(name)
		found := err == nil && name != ""
		if found {
			found = false
			for _, t := range tests {
				found = found || pattern.MatchString(t[1]) && (p.packages == nil || strings.Contains(" "+strings.Join(p.packages, " ")+" ", " "+t[0]+" "))
			}
		}
		if !found {
			none = append(none, name)
		}
	}
	return none
}

// TestRecipeNamesTests: what .ci/run runs or leaves out by name is there. A test that gets another name is not lost without a word.
func TestRecipeNamesTests(t *testing.T) {
	recipe, err := os.ReadFile(filepath.Join("..", "..", ".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	var tests [][2]string
	for _, s := range goFiles(t, true) {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				tests = append(tests, [2]string{s.room, f.Name.Name})
			}
		}
	}
	all, names := picks(string(recipe)), 0
	for _, p := range all {
		names += len(p.names)
		for _, name := range p.missing(tests) {
			t.Errorf("%q is no test of %v", name, p.packages)
		}
	}
	if len(all) < 5 || names < 15 {
		t.Errorf("%d lines of .ci/run pick tests by %d names: %v", len(all), names, all)
	}
	lost := picks("beside='TestPath$|TestGone$'\n  go test -race ./steps -run \"$beside\"\ngo test ./vos -run 'TestPath$'\n")
	if len(lost) != 2 || len(lost[0].missing(tests)) != 1 || len(lost[1].missing(tests)) != 1 {
		t.Errorf("the test cannot fail: %v", lost)
	}
}
