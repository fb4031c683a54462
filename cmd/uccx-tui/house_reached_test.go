package main_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// reached returns the packages that a package needs, itself too: those of the module without its name before them.
func reached(from string, all []source) map[string]bool {
	needs := map[string][]string{}
	for _, s := range all {
		for _, i := range s.file.Imports {
			needs[s.room] = append(needs[s.room], strings.TrimPrefix(strings.Trim(i.Path.Value, `"`), module))
		}
	}
	seen := map[string]bool{from: true}
	for todo := []string{from}; len(todo) > 0; todo = todo[1:] {
		for _, name := range needs[todo[0]] {
			if !seen[name] {
				seen[name] = true
				todo = append(todo, name)
			}
		}
	}
	return seen
}

// TestNothingOfTestsIsShipped: the program needs no package that is for tests. One of them holds private keys that everyone can read.
func TestNothingOfTestsIsShipped(t *testing.T) {
	shipped := reached("cmd/uccx-tui", sources(t))
	for _, name := range []string{"testing", "vos/cert/certtest", "vos/vostest", "vos/loopback", "vos/goldentest", "vos/waitbound", "steps/stepstest", "ui/files/filestest", "ui/lang/po/pseudo"} {
		if shipped[name] {
			t.Errorf("the program needs %s", name)
		}
		if name != "testing" && !slices.Contains(slices.Collect(maps.Keys(storeys())), name) {
			t.Errorf("there is no package %s", name)
		}
	}
	for _, name := range []string{".goreleaser.yaml", ".ci/run", ".ci/snapshot", ".ci/debian"} { // keys of few primes are for labs of tests
		text, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil || strings.Contains(string(text), "sim.paired") {
			t.Errorf("%s: builds a program for tests, or %v", name, err)
		}
	}
	if !shipped["vos/sim"] || !reached("vos/vostest", sources(t))["testing"] {
		t.Error("the test cannot fail")
	}
}
