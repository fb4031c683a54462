package plan

import (
	"encoding/json"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/planhash"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Preview is the plan of a change before anything is written: the rows as a session would begin with them.
func Preview(c change.Change, procedures Procedures) (*Plan, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return nil, msg.Errorf("the change cannot be written as JSON: %w", err)
	}
	return Fold([]session.Entry{{Seq: 1, Kind: KindOpened, Data: data}}, procedures)
}

// Hash is the fingerprint of the plan as it was opened: SHA-256, hex. Two plans with one hash touch the same nodes at the
// same addresses, by the same rows in the same order, and ask the same. What happened since does not change it.
func (p *Plan) Hash() string {
	if text := p.print.Load(); text != nil {
		return *text
	}
	opened, err := Preview(p.Change(), p.procedures)
	if err != nil { // it was opened once
		return ""
	}
	text := opened.hash()
	p.print.Store(&text)
	return text
}

func (p *Plan) hash() string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	h := planhash.Plan{Path: p.change.Path, Unit: p.change.Unit, Nodes: p.change.Solution.Nodes(),
		Peers: p.change.Solution.Peers, Call: p.change.Solution.Targets, Some: p.change.Replace, Multi: p.change.MultiServer,
		Route: p.change.Solution.Route}
	for i := range h.Nodes {
		h.Nodes[i].Release = "" // learnt, not planned
	}
	for _, row := range p.rows {
		one := planhash.Row{ID: row.ID, Risk: row.Risk.String(), After: row.After}
		for _, t := range p.tasksOf(row) {
			one.Nodes = append(one.Nodes, t.Node)
		}
		for _, q := range row.Ask {
			one.Asks = append(one.Asks, q.ID)
		}
		h.Rows = append(h.Rows, one)
	}
	return h.Sum()
}
