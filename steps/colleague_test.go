package steps_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// colleague makes a CSR on a node, behind the back of the program.
func colleague(t *testing.T, l *lab, n vos.Node) {
	t.Helper()
	d, err := dialer().Dial(t.Context(), n, vos.Access{Login: l.cluster.Login(), CheckKey: func(vos.HostKey) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if err := d.GenerateCSR(t.Context(), "tomcat"); err != nil {
		t.Fatal(err)
	}
}

// TestAnotherPendingCSR: the answer that a CSR is not needed is about that CSR. One that a colleague makes while the question waits, or
// before the program goes on, is asked about.
func TestAnotherPendingCSR(t *testing.T) {
	t.Parallel()
	for name, answerFirst := range map[string]bool{"while the question waits": false, "after the answer": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			n := l.cluster.Solution().Nodes()[0]
			colleague(t, l, n)
			p := l.start()
			defer p.end()
			p.until("csr")
			if err := p.runner.Run(p.ctx, "csr"); err != nil {
				t.Fatal(err)
			}
			ask := func(csrs int) plan.Asked {
				t.Helper()
				q := p.runner.Plan().Next().Question
				if q == nil || q.Question.ID != plan.AskPending || q.Task.Node != n.FQDN || len(q.Question.Lines) != 2 {
					t.Fatalf("asked %+v", q)
				}
				if got := l.cluster.Counts()[n.FQDN].CSRs; got != csrs {
					t.Fatalf("%d CSRs, want %d", got, csrs)
				}
				return *q
			}
			q := ask(1)
			if !answerFirst {
				colleague(t, l, n)
			}
			if err := p.runner.Answer(q, plan.MakeCSR); err != nil {
				t.Fatal(err)
			}
			if answerFirst {
				colleague(t, l, n)
			}
			if err := p.runner.Run(p.ctx, "csr"); err != nil {
				t.Fatal(err)
			}
			if err := p.runner.Answer(ask(2), plan.MakeCSR); err != nil {
				t.Fatal(err)
			}
			if err := p.play(); err != nil {
				t.Fatal(err)
			}
			l.finished()
			if got := l.cluster.Counts()[n.FQDN].CSRs; got != 3 {
				t.Errorf("%d CSRs, want 3", got)
			}
		})
	}
}

// TestPendingCSRSinceRead: a CSR that a colleague made after the node was read is not lost to a regeneration without a word, nor is one
// that comes after the answer about another.
func TestPendingCSRSinceRead(t *testing.T) {
	t.Parallel()
	for _, path := range []string{change.PathRegenerate, change.PathExpired} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			l.path = path
			n := l.cluster.Solution().Nodes()[0]
			p := l.start()
			defer p.end()
			p.until(plan.StepRegenerate)
			for range 2 {
				colleague(t, l, n)
				if err := p.runner.Run(p.ctx, plan.StepRegenerate); err != nil {
					t.Fatal(err)
				}
				q := p.runner.Plan().Next().Question
				if q == nil || q.Question.ID != plan.AskOverwrite || q.Task.Node != n.FQDN || l.cluster.Counts()[n.FQDN].Regenerated != 0 {
					t.Fatalf("asked %+v, regenerated %d", q, l.cluster.Counts()[n.FQDN].Regenerated)
				}
				if err := p.runner.Answer(*q, plan.Yes); err != nil {
					t.Fatal(err)
				}
			}
			if err := p.runner.Run(p.ctx, plan.StepRegenerate); err != nil {
				t.Fatal(err)
			}
			if got := l.cluster.Counts()[n.FQDN].Regenerated; got != 1 {
				t.Errorf("regenerated %d times", got)
			}
		})
	}
}
