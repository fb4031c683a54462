package facts_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

func document() string {
	var b strings.Builder
	b.WriteString("# Dated facts\n\nWhat the program knows from documents of others, with the source and the date of that source. Printed from the tables in\n" +
		"vos/facts: `go test ./vos/facts -run TestDocument -update`; `uccx-tui facts` prints the same.\n")
	topic := ""
	for _, f := range facts.All() {
		if f.Topic != topic {
			topic = f.Topic
			fmt.Fprintf(&b, "\n## %s\n\n| id | about | fact | source | date |\n| --- | --- | --- | --- | --- |\n", strings.ToUpper(topic[:1])+topic[1:])
		}
		source := f.Source
		if f.Link != "" {
			source = "[" + source + "](" + f.Link + ")"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", f.ID, f.About, f.Text, source, f.Date)
	}
	return b.String()
}

// TestDocument: docs/facts.md is what the tables say.
func TestDocument(t *testing.T) {
	goldentest.File(t, filepath.Join("..", "..", "docs", "facts.md"), []byte(document()))
}

// TestFacts: each fact has an id of its own, a source and a date, and is found by its words.
func TestFacts(t *testing.T) {
	seen, day := map[string]bool{}, regexp.MustCompile(`^20\d\d-\d\d(-\d\d)?$`)
	for _, f := range facts.All() {
		if f.ID == "" || seen[f.ID] || f.Topic == "" || f.About == "" || f.Text == "" || f.Source == "" || !day.MatchString(f.Date) {
			t.Errorf("%+v", f)
		}
		seen[f.ID] = true
		if facts.Get(f.ID) != f {
			t.Errorf("%s is not found", f.ID)
		}
	}
	for _, id := range []string{"fn74382-uccx", "fn74382-finesse", "fn74345-cucm", "fn74362", "fn74350", "build-ccx", "letsencrypt-gen-y", "sectigo-roots", "digicert-g1", "incommon-chain", "upgrade-expired",
		"chrome-client-auth", "letsencrypt-client-auth", "sectigo-client-auth", "digicert-client-auth", "chrome-key-usage", "lifetime-47", "root-isrg-root-x1"} {
		if !seen[id] {
			t.Errorf("%s is missing", id)
		}
	}
	if n := len(facts.Find([]string{"FN74382"})); n != 3 {
		t.Errorf("FN74382 in %d facts", n)
	}
	if len(facts.Find([]string{"fn74345", "15su5"})) != 1 || len(facts.Find([]string{"toaster"})) != 0 || len(facts.Find(nil)) != len(facts.All()) {
		t.Error("words find the wrong facts")
	}
	if facts.Get("toaster") != (facts.Fact{}) {
		t.Error("a fact that is not there")
	}
}

// TestTestCAs: CAs for tests are told by their names, and a company's own test CA is none of them.
func TestTestCAs(t *testing.T) {
	for name, want := range map[string]bool{"(STAGING) Pretend Pear X1": true, "Fake LE Intermediate X1": true, "Pebble Intermediate CA 0f3d": true, "mkcert development CA 1": true, "minica root ca 3d": true,
		"DigiCert Test Root CA": true, "GlobalSign Test R3": true, "Caddy Local Authority - 2026 ECC Root": true, "Corp Test CA": false, "Staging Systems Ltd Root": false, "Contest Root": false,
		"R11": false, "YR1": false, "DigiCert Global Root G2": false, "Let's Encrypt": false, "": false} {
		if got := facts.TestCA(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// TestRoots: fingerprints are whole, and names are found whatever their case.
func TestRoots(t *testing.T) {
	for _, r := range facts.Roots() {
		if r.SHA256 != "" && !regexp.MustCompile(`^[0-9A-F]{64}$`).MatchString(r.SHA256) || !strings.HasPrefix(r.From, "https://") {
			t.Errorf("%+v", r)
		}
	}
	for name, want := range map[string]bool{"ISRG Root X1": true, "isrg root x2": true, "Root YR": true, "ISRG Root YE": true, "USERTrust RSA Certification Authority": true, "Corp Root": false, "": false} {
		if _, ok := facts.RootNamed(name); ok != want {
			t.Errorf("%q: %v", name, ok)
		}
	}
}
