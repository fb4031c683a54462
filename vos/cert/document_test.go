package cert_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

// document is docs/verdict.md as the table prints it.
func document() string {
	var b strings.Builder
	b.WriteString(`# The verdict

All that the verdict on a CA's files, and on CSRs before they go out, can say. Printed from the table in vos/cert:
` + "`go test ./vos/cert -run TestDocument -update`" + `. A *fault* is refused before anything is uploaded; a *warning* needs your acceptance by name before it is installed; a
*note* informs. Words of a node in italics are a guess: the sources say no more than that it refuses.

| code | severity | the node would say | cause | cure | rule | source |
| --- | --- | --- | --- | --- | --- | --- |
`)
	for _, f := range cert.Table() {
		says := f.Says
		if f.Guess {
			says = "*" + says + "*"
		}
		cells := []string{f.Code, f.Severity.String(), says, f.Cause.String(), f.Cure.String(), f.Rule, f.Fact}
		for i, c := range cells {
			if cells[i] = strings.ReplaceAll(c, "|", "\\|"); c == "" {
				cells[i] = "-"
			}
		}
		fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
	}
	b.WriteString("\nCodes never change. The dated facts behind the sources: `uccx-tui facts`, or docs/facts.md.\n")
	return b.String()
}

// TestDocument: docs/verdict.md is what the table says.
func TestDocument(t *testing.T) {
	goldentest.File(t, filepath.Join("..", "..", "docs", "verdict.md"), []byte(document()))
}

// TestTable: codes are unique, and each finding has a severity, a cure and, where it is a fault, a rule to look up.
func TestTable(t *testing.T) {
	var codes []string
	for _, f := range cert.Table() {
		if slices.Contains(codes, f.Code) || f.Code == "" {
			t.Errorf("%q is listed twice", f.Code)
		}
		codes = append(codes, f.Code)
		if f.Severity == cert.Fault && (f.Cure.IsZero() && f.Code != "chain") {
			t.Errorf("%s: no cure", f.Code)
		}
		if f.Cause.IsZero() && f.Cure.IsZero() {
			t.Errorf("%s: says nothing", f.Code)
		}
	}
}
