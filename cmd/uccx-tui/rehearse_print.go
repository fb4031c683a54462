package main

import (
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// rehearsal is a rehearsal as JSON.
type rehearsal struct {
	Hash    string          `json:"hash"`
	CA      string          `json:"ca"`
	Outcome string          `json:"outcome"`
	Left    float64         `json:"left_seconds"`
	Stops   float64         `json:"stopped_seconds"`
	Rows    []rehearsedRow  `json:"rows"`
	Trouble []steps.Finding `json:"trouble"`
	Asks    []string        `json:"asks"`
}

type rehearsedRow struct {
	ID      string  `json:"id"`
	State   string  `json:"state"`
	Nodes   int     `json:"nodes,omitempty"`
	Seconds float64 `json:"seconds"`
	Learnt  bool    `json:"learnt"`
	Past    bool    `json:"past"`
}

func rehearsedOf(r steps.Rehearsal) rehearsal {
	all := rehearsal{Hash: r.Hash, CA: r.CA, Outcome: r.Outcome, Left: r.Left.Seconds(), Stops: r.Stops.Seconds(),
		Trouble: append([]steps.Finding{}, r.Trouble...), Asks: append([]string{}, r.Asks...)}
	for _, row := range r.Rows {
		all.Rows = append(all.Rows, rehearsedRow{row.Step, row.State, row.Nodes, row.Took.Seconds(), row.Learnt, row.Past})
	}
	return all
}

// rehearsalText is a rehearsal for people: a line a row, then what will be asked and what would go wrong.
func rehearsalText(p *steps.Plan, r steps.Rehearsal) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: rehearsed on simulated nodes, no real node was touched\nsigned by %s\n\n", cert.Printable(p.Change().Name), r.CA)
	for i, row := range r.Rows {
		title, nodes := steps.TitleOf(p.Change().Path, row.Step), ""
		if row.Nodes > 0 {
			nodes = fmt.Sprint(row.Nodes)
		}
		fmt.Fprintf(&b, "  %2d  %-36s %5s  %-7s  %s\n", i+1, title, nodes, row.State, rowTime(row))
	}
	fmt.Fprintf(&b, "\nleft: %s, of it %s with services stopped; waiting for the CA is not counted\n", steps.InWords(r.Left), steps.InWords(r.Stops))
	if len(r.Asks) > 0 {
		b.WriteString("\nwhat will be asked:\n")
		for _, text := range r.Asks {
			fmt.Fprintf(&b, "  %s\n", cert.Printable(text))
		}
	}
	b.WriteString("\nwhat would go wrong: ")
	if len(r.Trouble) == 0 {
		b.WriteString("nothing that a rehearsal can see\n")
	} else {
		b.WriteString("\n")
	}
	for _, f := range r.Trouble {
		fmt.Fprintf(&b, "  %-8s %s\n", f.Severity, cert.Printable(f.What))
		if f.Next != "" {
			fmt.Fprintf(&b, "           -> %s\n", cert.Printable(f.Next))
		}
	}
	fmt.Fprintf(&b, "\nplan %s\n", r.Hash)
	return b.String()
}

func rowTime(row steps.RehearsedRow) string {
	switch {
	case row.Past:
		return "done already"
	case row.Took == 0:
		return "moments"
	case row.Learnt:
		return steps.InWords(row.Took) + ", as on this site"
	}
	return steps.InWords(row.Took) + ", as a rule"
}
