package goldentest

import (
	"os"
	"path/filepath"
	"testing"
)

// recorder is a test whose failures are counted, not passed on.
type recorder struct {
	testing.TB
	failed int
}

func (r *recorder) Errorf(string, ...any) { r.failed++ }
func (r *recorder) Helper()               {}
func (r *recorder) Name() string          { return "TestX" }

// TestFile: the same bytes pass, other bytes and a missing file fail, and -update writes the file.
func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "a.golden")
	defer func(was bool) { *update = was }(*update)
	for _, c := range []struct {
		update bool
		got    string
		fails  int
	}{{false, "one", 1}, {true, "one", 0}, {false, "one", 0}, {false, "two", 1}, {true, "two", 0}} {
		*update = c.update
		r := &recorder{TB: t}
		if File(r, path, []byte(c.got)); r.failed != c.fails {
			t.Errorf("%+v: %d failures", c, r.failed)
		}
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "two" {
		t.Errorf("%q, %v", data, err)
	}
}

// TestLine: one line of a document is compared and written, and all others stay.
func TestLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.md")
	if err := os.WriteFile(path, []byte("# Ids\n| id | old |\nend\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	defer func(was bool) { *update = was }(*update)
	*update = false
	r := &recorder{TB: t}
	if Line(r, path, "| id | ", "| id | new |"); r.failed != 1 {
		t.Errorf("%d failures", r.failed)
	}
	*update = true
	Line(t, path, "| id | ", "| id | new |")
	if data, err := os.ReadFile(path); err != nil || string(data) != "# Ids\n| id | new |\nend\n" {
		t.Errorf("%q, %v", data, err)
	}
}
