package e2e_test

import (
	"bytes"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestVersionInJournalAndReport: what `version` says stands in the first entry of a journal, and in its report in every form, so
// that a report tells which program did the change.
func TestVersionInJournalAndReport(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	line, _, _ := p.run("version")
	var built struct{ Version string }
	if out, _, _ := p.run("version", "--json"); json.Unmarshal([]byte(out), &built) != nil || built.Version == "" {
		t.Fatalf("version --json: %q", out)
	}
	if _, errout, code := p.run("lab", "--auto", "--name", "hq"); code != 0 {
		t.Fatalf("exit %d\n%s", code, errout)
	}
	journal, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", "hq", "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(journal), "\n")
	if !strings.Contains(first, `"program":"`+built.Version) {
		t.Errorf("%s is not in the first entry: %s", built.Version, first)
	}
	for _, form := range []string{"md", "json", "html"} {
		if out, _, _ := p.run("report", "hq", "--format", form); !strings.Contains(html.UnescapeString(out), built.Version) || !strings.Contains(line, built.Version) {
			t.Errorf("%s: the report does not name %s", form, built.Version)
		}
	}
}

// TestBringsTimeZones: the program holds the list of time zones, which Windows and a container of one file do not have.
func TestBringsTimeZones(t *testing.T) {
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(program, []byte("Antarctica/Troll")) {
		t.Error("the time zones are not in the program: nodes' clocks would be taken for UTC")
	}
}
