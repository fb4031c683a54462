package main_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var mutate = flag.Bool("mutants", false, "break the security code in a copy of the tree, one check at a time, and list what no test notices; takes half an hour. -run TestMutants/REGEXP plays some of them")

// mutant is one change that takes a check of the security code away, and the tests that must fail then.
type mutant struct {
	file     string // from the root of the module
	old, new string // old is in the file once
	room     string // package whose tests must fail, from the root of the module
	tests    string // their names, with | between them
	survives string // why no test can notice it; empty: one must
}

func (m mutant) name() string {
	return strings.ReplaceAll(m.file, "/", ".") + ": " + strings.Join(strings.Fields(m.old), " ")
}

// soundLimit is how long tests may take without a change. With one they have little more than what they took: one that takes a
// bound away may never end.
const soundLimit = 4 * time.Minute

// copyTree copies the module without what no build needs.
func copyTree(t *testing.T) string {
	t.Helper()
	root, to := filepath.Join("..", ".."), t.TempDir()
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case d.Name() == ".git" && d.IsDir():
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		case !d.Type().IsRegular() || d.Name() == ".git":
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), data, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// testsIn runs tests of a package in a tree, and returns what they print; ok: all passed.
func testsIn(tree, room, names string, limit time.Duration) (out string, ok bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit+time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, "go", "test", "-count=1", "-vet=off", "-failfast", "-timeout", limit.String(), "-run", "^("+names+")$", "./"+room)
	c.Dir, c.WaitDelay = tree, time.Second
	c.Env = append(os.Environ(), "GOFLAGS=-trimpath") // what is not changed comes from the cache
	text, err := c.CombinedOutput()
	out = string(text)
	var exit *exec.ExitError
	switch {
	case strings.Contains(out, "[build failed]"), strings.Contains(out, "[setup failed]"), strings.Contains(out, "no tests to run"):
		return out, false, errors.New("the tests did not run")
	case err == nil:
		return out, true, nil
	case errors.As(err, &exit):
		return out, false, nil
	}
	return out, false, err
}

// TestMutants takes one check after the other out of a copy of the tree, and fails for each that its tests do not notice.
func TestMutants(t *testing.T) {
	if !*mutate {
		t.Skip("takes half an hour: -mutants")
	}
	tree := copyTree(t)
	took := map[string]time.Duration{} // the tests, without a change
	for _, m := range mutants() {
		t.Run(m.name(), func(t *testing.T) {
			which := m.room + " " + m.tests
			began := time.Now()
			if took[which] == 0 {
				if out, ok, err := testsIn(tree, m.room, m.tests, soundLimit); !ok || err != nil {
					t.Fatalf("%s fail without a change: %v\n%s", which, err, out)
				}
				took[which] = time.Since(began)
			}
			path := filepath.Join(tree, filepath.FromSlash(m.file))
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(strings.Replace(string(data), m.old, m.new, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			out, ok, err := testsIn(tree, m.room, m.tests, 2*took[which]+20*time.Second)
			t.Logf("%s: %s", which, time.Since(began).Round(time.Second))
			if strings.Contains(out, "panic: test timed out") {
				t.Log("the tests did not end")
			}
			if again := os.WriteFile(path, data, 0o600); again != nil {
				t.Fatal(again)
			}
			switch {
			case err != nil:
				t.Errorf("%v\n%s", err, out)
			case ok && m.survives == "":
				t.Errorf("SURVIVES %s with %q", which, m.new)
			case !ok && m.survives != "":
				t.Errorf("dies, and is said to survive: %s", m.survives)
			}
		})
	}
}

// ill returns what is wrong with a mutant: it no longer fits its file, or a test that must notice it is gone.
func ill(m mutant, source string, there map[string]bool) []string {
	var all []string
	if n := strings.Count(source, m.old); n != 1 {
		all = append(all, fmt.Sprintf("%q is in it %d times: correct the table", m.old, n))
	}
	if m.old == m.new {
		all = append(all, "changes nothing")
	}
	for name := range strings.SplitSeq(m.tests, "|") {
		if !there[m.room+" "+name] {
			all = append(all, fmt.Sprintf("%s has no %s", m.room, name))
		}
	}
	return all
}

// TestMutantsFit: each mutant still fits the code, and the page about reliability has each that survives and how many there are.
func TestMutantsFit(t *testing.T) {
	there, all := testsOf(t), mutants()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "reliability.md"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range all {
		source, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(m.file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, what := range ill(m, string(source), there) {
			t.Errorf("%s: %s", m.file, what)
		}
		if m.survives != "" && !strings.Contains(string(page), m.survives) {
			t.Errorf("docs/reliability.md does not say why %s survives", m.name())
		}
		names = append(names, m.name()+m.new)
	}
	if slices.Sort(names); len(slices.Compact(names)) != len(all) {
		t.Error("one stands in the table more than once")
	}
	if m := regexp.MustCompile(`(\d+) mutants`).FindStringSubmatch(string(page)); m == nil || m[1] != fmt.Sprint(len(all)) {
		t.Errorf("docs/reliability.md has %q, the table %d mutants", m, len(all))
	}
	if len(ill(mutant{old: "a", new: "a", room: "x", tests: "TestNo"}, "aa", there)) != 3 {
		t.Error("the test cannot fail")
	}
}
