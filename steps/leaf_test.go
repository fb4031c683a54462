package steps_test

import (
	"context"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
)

// TestNothingSentBesideTheLeaf: some nodes serve the certificate without the CA certificates above it, and nobody can change
// that. The change is proven all the same, no node is started twice for it, and it is said.
func TestNothingSentBesideTheLeaf(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.probe = func(ctx context.Context, n vos.Node, port int) (vos.Served, error) {
		got, err := vos.Probe(ctx, n, port)
		got.Chain = nil
		return got, err
	}
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	plan := l.finished()
	l.onceEach()
	row, _ := plan.Row("prove")
	for _, task := range row.Tasks {
		if f := task.Seen.Findings; len(f) != 1 || !strings.Contains(f[0].What, "without") || !strings.Contains(f[0].What, "443") {
			t.Errorf("%s: %+v", task.Task.Node, f)
		}
	}
}
