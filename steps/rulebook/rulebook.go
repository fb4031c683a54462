// Package rulebook tells where each rule of the source documents lives in the program.
package rulebook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/kit"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// homes are the places in which rules live: "row: Restart", "check: san", by the ids of the rules.
type homes map[string][]string

// add names a place of some rules, once.
func (h homes) add(place string, ids ...string) {
	for _, id := range ids {
		if id != "" && !strings.Contains(id, " ") && !slices.Contains(h[id], place) { // a name with blanks is a document's
			h[id] = append(h[id], place)
		}
	}
}

// Homes returns where each rule lives: the rows that stand on it, the checks of certificates, the addresses that are
// proven, the table of trusts, the adviser, and the pages of the client kit.
func Homes() map[string][]string {
	h := homes{}
	for _, path := range steps.Paths() {
		rows, _ := steps.Procedure(path.ID)
		for _, row := range rows {
			h.add("row: "+row.Title, row.Rules...)
			for _, q := range row.Ask {
				h.add("row: "+row.Title, q.Rule)
			}
		}
	}
	for _, f := range cert.Table() {
		h.add("check: "+f.Code, f.Rule)
	}
	for _, p := range vos.Products() {
		f, _ := vos.Lookup(p, "")
		for _, port := range f.Ports {
			h.add(fmt.Sprintf("address: %d %s of %s", port.Number, port.Name, p.Title("")), strings.Fields(port.Rules)...)
		}
	}
	for _, t := range trust.Rules() {
		h.add("trust: "+t.From.Title("")+" into "+t.Into.Title(""), t.Rules...)
	}
	for _, p := range vos.Products() {
		if p.Traits().Scripts {
			h.add("trust: script targets into "+p.Title(""), "REL-3")
		}
	}
	for _, r := range restart.Rules() {
		h.add("restart: "+r.Product.Title("")+", "+titles.OfReason(r.For), r.Rules...)
	}
	h.add("client kit", kit.Rules()...)
	for _, a := range advice.All() {
		h.add("advice: "+a.ID, a.Rules...)
	}
	return h
}

const rulesHead = `# Rules

What the source documents ask for (118855 *Configure UCCX Solution Certificate Management*, 210528 *Understand ECDSA
certificates in a UCCX solution*, and the UCCE guide for third-party CA certificates), and where each lives in the program:
a row of a plan, a check of certificates, an address that is proven, the table of trusts, or the adviser. A rule that lives
nowhere fails a test. The last column names a scenario of the lab that exercises the rule, and the place that it reaches; a test plays
it. Printed from the code: ` + "`go test ./steps/rulebook -update`" + `.

| id | rule | where it lives | exercised by |
| --- | --- | --- | --- |
`

// Markdown is docs/rules.md: every rule, and where it lives.
func Markdown() []byte {
	var b strings.Builder
	b.WriteString(rulesHead)
	where, played := Homes(), Exercises()
	for _, id := range rules.IDs() {
		by := played[id].Scenario + ", " + played[id].Place
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", id, rules.Text(id), strings.ReplaceAll(strings.Join(where[id], "; "), "|", `\|`), by)
	}
	return []byte(b.String())
}
