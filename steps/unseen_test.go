package steps_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// shy dials nodes that do not show their CSR as often as Hides says after one was made.
type shy struct {
	vos.Dialer
	hides atomic.Int32
}

func (s *shy) Dial(ctx context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	d, err := s.Dialer.Dial(ctx, n, a)
	if err != nil {
		return nil, err
	}
	return &shyDriver{Driver: d, of: s}, nil
}

type shyDriver struct {
	vos.Driver
	of   *shy
	made atomic.Bool
}

func (d *shyDriver) GenerateCSR(ctx context.Context, unit string) error {
	err := d.Driver.GenerateCSR(ctx, unit)
	d.made.Store(err == nil)
	return err
}

func (d *shyDriver) CSR(ctx context.Context, unit string) ([]byte, error) {
	if d.made.Load() && d.of.hides.Add(-1) >= 0 {
		return nil, nil
	}
	return d.Driver.CSR(ctx, unit)
}

// TestShownLate: a node says that it made a CSR and shows it late. It is not made again: not without a person's word, and not
// once it has come to light.
func TestShownLate(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	hidden := &shy{Dialer: dialer()}
	hidden.hides.Store(5) // once after each of the three commands, then once more on two nodes
	l.dialer = hidden
	p := l.start()
	defer p.end()
	p.until("csr")
	if err := p.runner.Run(p.ctx, "csr"); err == nil {
		t.Fatal("nothing is said of a CSR that is not there")
	}
	for _, n := range l.cluster.Solution().Nodes() {
		if !p.trouble("csr", n.FQDN).Taken {
			t.Errorf("%s: it is forgotten that the node took the command", n.FQDN)
		}
	}
	_ = p.runner.Run(p.ctx, "csr")
	asked := 0
	for q := p.runner.Plan().Next().Question; q != nil && q.Question.ID == plan.AskUnseen; q = p.runner.Plan().Next().Question {
		p.say(*q, "again")
		asked++
	}
	if asked != 2 {
		t.Errorf("%d questions, want one for each of the two nodes that still show none", asked)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
	l.onceEach()
}
