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
` + "`go test ./vos/cert -run TestDocument -update`" + `. A *fault* is refused before anything is uploaded; a *warning* may be gone past knowingly; a
*note* informs. Words of a node in italics are a guess: the sources say no more than that it refuses.

| code | severity | the node would say | cause | cure | rule |
| --- | --- | --- | --- | --- | --- |
`)
	for _, f := range cert.Table() {
		says := f.Says
		if f.Guess {
			says = "*" + says + "*"
		}
		cells := []string{f.Code, f.Severity.String(), says, f.Cause, f.Cure, f.Rule}
		for i, c := range cells {
			if cells[i] = strings.ReplaceAll(c, "|", "\\|"); c == "" {
				cells[i] = "-"
			}
		}
		fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
	}
	n := cert.ClientAuthNotice()
	fmt.Fprintf(&b, "\n## Dated facts\n\n- %s, %s, %s: releases %s to %s expect %s; %s; a mend is announced for %s. Ways out: %s.\n", n.ID, n.Issued, n.Defect, n.From, n.To, n.Expects, n.Ends, n.Mended, strings.Join(n.Ways, "; "))
	for _, l := range cert.Lifetimes() {
		fmt.Fprintf(&b, "- Certificates of public CAs that begin on %s or later live %d days at most (CA/Browser Forum).\n", l.Since.Format("2 January 2006"), l.Days)
	}
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
		if f.Severity == cert.Fault && (f.Cure == "" && f.Code != "chain") {
			t.Errorf("%s: no cure", f.Code)
		}
		if f.Cause == "" && f.Cure == "" {
			t.Errorf("%s: says nothing", f.Code)
		}
	}
}
