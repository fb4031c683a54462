package steps_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// broken is a way into nodes that fails on one of them, as only a fault of ours can make it fail.
type broken struct {
	vos.Dialer
	on string
}

func (b broken) Dial(ctx context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	if n.FQDN == b.on {
		panic("on purpose")
	}
	return b.Dialer.Dial(ctx, n, a)
}

// TestPanicInADriver: a fault of ours on one node does not stop the work on the others, leaves that one as it was, keeps its
// trace, and the next program goes on.
func TestPanicInADriver(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	for p.runner.Plan().Next().Row.Step.ID == "login" {
		if err := p.do(p.runner.Plan().Next()); err != nil {
			t.Fatal(err)
		}
	}
	p.end()
	l.dialer = broken{dialer(), "ccp.lab.example"}
	p = l.start()
	if err := p.runner.Run(p.ctx, "survey"); err == nil || !strings.Contains(err.Error(), "Internal error: on purpose") {
		t.Errorf("got %v", err)
	}
	for node, want := range map[string]plan.State{"ccp.lab.example": plan.Failed, "uccx1.lab.example": plan.Done} {
		if v, _ := p.runner.Plan().Task(plan.Task{Step: "survey", Node: node}); v.State != want {
			t.Errorf("%s: %v, want %v", node, v.State, want)
		}
	}
	if trace, err := os.ReadFile(filepath.Join(p.disk.Dir(), "crash.txt")); err != nil || !strings.Contains(string(trace), "goroutine ") {
		t.Errorf("%v\n%s", err, trace)
	}
	p.end()
	l.dialer = nil
	p = l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.onceEach()
}
