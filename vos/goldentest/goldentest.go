// Package goldentest compares what a test made with a golden file or a printed document, and writes that file again with
// -update: `go test ./... -update`. Every package with tests imports it, so that all of them know the flag.
package goldentest

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// update is the one flag of all packages.
var update = flag.Bool("update", false, "write golden files and printed documents again")

// Updating tells whether -update was given: for files that are written in a form of their own.
func Updating() bool { return *update }

// File compares got, byte for byte, with the file at path. With -update it writes the file first (mode 0644; its folder is made).
// A difference fails the test, names the file and shows got.
func File(t testing.TB, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	switch {
	case err != nil:
		t.Errorf("%v (to write it: go test -run %s -update)", err, t.Name())
	case !bytes.Equal(want, got):
		t.Errorf("%s differs (to write it again: go test -run %s -update):\n%s", filepath.Base(path), t.Name(), got)
	}
}

// Line compares got with the one line of the document at path that begins with a prefix. With -update it writes that line first.
func Line(t testing.TB, path, prefix, got string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	begins := func(line string) bool { return strings.HasPrefix(line, prefix) }
	at := slices.IndexFunc(lines, begins)
	if at < 0 || slices.ContainsFunc(lines[at+1:], begins) {
		t.Fatalf("%s has no line, or several, that begins with %q", filepath.Base(path), prefix)
	}
	if lines[at] != got && !*update {
		t.Errorf("a line of %s differs (to write it again: go test -run %s -update):\n%s", filepath.Base(path), t.Name(), got)
		return
	}
	lines[at] = got
	File(t, path, []byte(strings.Join(lines, "\n")))
}
