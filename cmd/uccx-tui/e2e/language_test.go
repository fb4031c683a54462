package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/lang/po/pseudo"
)

// TestPseudoLanguage: help, errors, a whole change in line mode and what commands print about it show no English sentence in a
// language that has all of them; names, codes, commands that are typed and titles of documents are as in English.
func TestPseudoLanguage(t *testing.T) {
	template, err := os.ReadFile(filepath.Join("..", "..", "..", "ui", "lang", "po", "uccx-tui.pot"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "qps.po")
	if err := os.WriteFile(file, pseudo.Language(template), 0o600); err != nil {
		t.Fatal(err)
	}
	p := newPlace(t)
	exempt := regexp.MustCompile(`uccx|lab\b|example|--|string|duration|\.crt|\(default|[A-Z]|flags\]|ccp|finesse|cuic|livedata|cucm|cuc|standalone|authentication`) // titles of field notices
	for _, args := range [][]string{{"--help"}, {"run", "--help"}, {"check", "--help"}, {"--bogus"}, {"repotr"}, {"report"}, {"report", "nosuch"}, {"resume"}, {"check"},
		{"lab", "--auto"}, {"sessions"}, {"verify", "lab"}, {"plan", "lab"}, {"doctor"}, {"advise"}, {"advise", "NET::ERR_CERT_COMMON_NAME_INVALID"}, {"help", "nosuch"}} {
		out, errout, _ := p.run(append([]string{"--lang", file}, args...)...)
		if out+errout == "" {
			t.Errorf("%q says nothing", args)
		}
		if english := pseudo.English(out+errout, exempt); len(english) > 0 {
			t.Errorf("%q: English is left: %q", args, english)
		}
	}
	if _, errout, code := p.run("--lang", "klingon", "version"); code != 2 {
		t.Errorf("exit %d, %s", code, errout)
	}
}
