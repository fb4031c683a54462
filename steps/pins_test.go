package steps_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestStoreChangedSince: a certificate that a person put into a trust store, or took out of it, since it was read stops the
// change before it uploads there; what the change itself uploads and replicates does not.
func TestStoreChangedSince(t *testing.T) {
	t.Parallel()
	for _, says := range some("was added", "is gone") {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			l.says = map[string]string{plan.AskChanged: plan.Yes}
			p := l.start()
			defer p.end()
			foreign := sim.Action{Do: sim.ActLeftover, On: []string{"uccx1"}, Name: "Foreign Root", Days: 400}
			if says == "is gone" {
				l.does(foreign)
			}
			p.until("root")
			if says == "is gone" {
				l.deletes(t, first, "Foreign")
			} else {
				l.does(foreign)
			}
			if err := p.runner.Run(p.ctx, "root"); err != nil {
				t.Fatal(err)
			}
			next := p.runner.Plan().Next()
			if next.Question == nil || next.Question.Question.ID != plan.AskChanged || next.Question.Task.Node != first {
				t.Fatalf("asked %+v", next.Question)
			}
			if lines := strings.Join(msg.Strings(next.Question.Question.Lines), "\n"); !strings.Contains(lines, says) || !strings.Contains(lines, "Foreign") {
				t.Errorf("it says %q", lines)
			}
			if n := len(l.cluster.Counts()[first].TrustUploads); n != 0 {
				t.Errorf("%d uploads all the same", n)
			}
			asked := map[string]int{}
			for next := p.runner.Plan().Next(); !next.Finished; next = p.runner.Plan().Next() {
				if next.Question != nil && next.Question.Question.ID == plan.AskChanged {
					asked[next.Question.Task.Node]++
				}
				if err := p.do(next); err != nil {
					t.Fatal(err)
				}
			}
			for node, n := range asked { // once where it was done, once where it was replicated
				if n != 1 || node == "ccp.lab.example" {
					t.Errorf("%s: asked %d times", node, n)
				}
			}
			l.finished()
		})
	}
}

// TestManualNodeChangedSince: a certificate that a person made on a node that no program logs in to stops the change when the
// person reads it the next time.
func TestManualNodeChangedSince(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.adapt = func(c *change.Change) { c.Solution.Clusters[0].Nodes[0].Connection = vos.ConnectionManual }
	p := l.start()
	defer p.end()
	p.until("install")
	l.does(sim.Action{Do: sim.ActSelfSign, On: []string{"uccx1"}, Days: 300})
	before := l.cluster.Counts()[first].OwnUploads
	_ = p.runner.Run(p.ctx, "install")
	next := p.runner.Plan().Next()
	if next.Question == nil || next.Question.Question.ID != plan.AskChanged || next.Question.Task.Node != first {
		t.Fatalf("asked %+v, %+v", next.Question, p.task("install", first).Trouble)
	}
	if l.cluster.Counts()[first].OwnUploads != before {
		t.Error("uploaded all the same")
	}
}

// deletes lets a person delete what is called so from the trust store of a node.
func (l *lab) deletes(t *testing.T, fqdn, name string) {
	t.Helper()
	n, _ := l.cluster.Solution().Node(fqdn)
	d, err := dialer().Dial(t.Context(), n, vos.Access{Login: l.cluster.Login(), Legacy: true, CheckKey: func(vos.HostKey) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	list, err := d.TrustList(t.Context(), "tomcat")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if strings.Contains(f.File, name) {
			if err := d.DeleteTrust(t.Context(), "tomcat", f); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("nothing is called %s", name)
}
