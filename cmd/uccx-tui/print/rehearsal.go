package print

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// rehearsalView is a rehearsal as JSON.
type rehearsalView struct {
	Hash    string         `json:"hash"`
	CA      string         `json:"ca"`
	Outcome string         `json:"outcome"`
	Left    float64        `json:"left_seconds"`
	Stops   float64        `json:"stopped_seconds"`
	Rows    []rehearsedRow `json:"rows"`
	Trouble []plan.Finding `json:"trouble"`
	Asks    []string       `json:"asks"`
}

type rehearsedRow struct {
	ID      string  `json:"id"`
	State   string  `json:"state"`
	Nodes   int     `json:"nodes,omitempty"`
	Seconds float64 `json:"seconds"`
	Learnt  bool    `json:"learnt"`
	Past    bool    `json:"past"`
}

// RehearsalJSON writes a rehearsal as one JSON object.
func RehearsalJSON(w io.Writer, r plan.Rehearsal) error {
	return json.NewEncoder(JSON{w}).Encode(rehearsedOf(r))
}

func rehearsedOf(r plan.Rehearsal) rehearsalView {
	all := rehearsalView{Hash: r.Hash, CA: r.CA, Outcome: r.Outcome, Left: r.Left.Seconds(), Stops: r.Stops.Seconds(),
		Trouble: append([]plan.Finding{}, r.Trouble...), Asks: append([]string{}, msg.Strings(r.Asks)...)}
	for _, row := range r.Rows {
		all.Rows = append(all.Rows, rehearsedRow{row.Step, row.State, row.Nodes, row.Took.Seconds(), row.Learnt, row.Past})
	}
	return all
}

// Rehearsal is a rehearsal for people.
func Rehearsal(say lang.Localizer, p *plan.Plan, r plan.Rehearsal) string {
	head := say.Say("%s: rehearsed on simulated nodes. No real node was touched.", cert.Printable(p.Change().Name)) + "\n\n"
	return head + strings.Join(pages.RehearsalLines(say, p, r), "\n") + "\n"
}
