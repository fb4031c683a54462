package app_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/ui/app"
)

// TestOneLoginForAll: after a resume the account is asked for once, for all nodes, also where the next task is about one of them; a
// node that refused it is asked for alone, and so is the last one that has none.
func TestOneLoginForAll(t *testing.T) {
	p := stepstest.Fold(t, stepstest.Begun(t))
	nodes := p.Nodes()
	known := map[string]bool{}
	w := &app.Work{HasLogin: func(fqdn string) bool { return known[fqdn] }}
	last := []plan.Task{{Step: plan.StepRestart, Node: nodes[len(nodes)-1].FQDN}}
	if node, ask := app.NeedsLogin(w, p, last); node != "" || !ask {
		t.Errorf("%q, %v: want one account for all nodes", node, ask)
	}
	for _, n := range nodes[:len(nodes)-1] {
		known[n.FQDN] = true
	}
	if node, ask := app.NeedsLogin(w, p, last); node != last[0].Node || !ask {
		t.Errorf("%q, %v: want the account of the last node", node, ask)
	}
	known[last[0].Node] = true
	if node, ask := app.NeedsLogin(w, p, last); ask {
		t.Errorf("%q: want nothing asked", node)
	}
}
