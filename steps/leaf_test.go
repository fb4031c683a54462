package steps_test

import (
	"context"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TestNothingSentBesideTheLeaf: some nodes serve the certificate without the CA certificates above it, and looking again never
// helps. It does not count before a person says so, no node is started twice for it, and it stays in what was found.
func TestNothingSentBesideTheLeaf(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	l.probe = func(ctx context.Context, n vos.Node, port int) (vos.Served, error) {
		got, err := vos.Probe(ctx, n, port)
		got.Chain = nil
		return got, err
	}
	p := l.start()
	defer p.end()
	q := p.asked(plan.AskUnchained)
	p.say(q, "again")
	if p.asked(plan.AskUnchained); len(debts.Of(p.runner.Plan())) == 0 {
		t.Error("the restart was paid without the chain")
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	pl := l.finished()
	l.onceEach()
	row, _ := pl.Row("prove")
	for _, task := range row.Tasks {
		if f := task.Seen.Findings; len(f) != 1 || !strings.Contains(f[0].What.String(), "without") || !strings.Contains(f[0].What.String(), "443") {
			t.Errorf("%s: %+v", task.Task.Node, f)
		}
	}
}
