package steps_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestEveryChangeIsGuarded: a row that changes a node asks first whether others have changed it.
func TestEveryChangeIsGuarded(t *testing.T) {
	t.Parallel()
	for _, path := range steps.Paths() {
		rows, _ := steps.Procedure(path.ID)
		for _, row := range rows {
			if (row.Act != nil) != (row.Guard != nil) {
				t.Errorf("%s: the row %s changes nodes: %v, and is guarded: %v", path.ID, row.ID, row.Act != nil, row.Guard != nil)
			}
		}
	}
}

// guarded is a row before which a colleague makes another certificate on a node.
type guarded struct {
	step, course string
	unit         string // of the certificate; empty: tomcat
	asks         string // empty: whether the change was intended
}

// TestCertificateChangedSince: a certificate that a colleague made since the node was read stops every kind of row that changes the
// node. What was accepted once is not asked about again, in no row of the node.
func TestCertificateChangedSince(t *testing.T) {
	long(t)
	for _, g := range []guarded{
		{step: plan.StepCSR, course: "signed"}, {step: plan.StepRoot, course: "signed"}, {step: plan.StepIntermediate, course: "signed"}, {step: plan.StepInstall, course: "signed"},
		{step: plan.StepRestart, course: "signed", asks: plan.AskOther}, {step: plan.StepRegenerate, course: "regenerate"}, {step: plan.StepExchange, course: "self-signed exchange"},
		{step: plan.StepRestart, course: "self-signed exchange", asks: plan.AskOther},
		{step: plan.StepSharedCSR, course: "one certificate for both, by web page"}, {step: plan.StepByPage, course: "one certificate for both, by web page"},
		{step: plan.StepSharedCSR, course: "one certificate for both, by the API"}, {step: plan.StepByPage, course: "one certificate for both, by the API"},
		{step: plan.StepRegenerateEC, course: "regenerate, tomcat-ECDSA too", unit: change.UnitECDSA},
		{step: plan.StepECDSACSR, course: "tomcat-ECDSA", unit: change.UnitECDSA}, {step: plan.StepECDSAOwn, course: "tomcat-ECDSA", unit: change.UnitECDSA},
		{step: plan.StepRestart, course: "tomcat-ECDSA", unit: change.UnitECDSA}, {step: plan.StepPeerTrust, course: "Unified CM renewed"},
		{step: plan.StepRoot, course: "script target"}, {step: plan.StepEngine, course: "script target"},
	} {
		t.Run(g.step+" "+g.course, func(t *testing.T) {
			t.Parallel()
			g.stops(t)
		})
	}
}

// stops plays a course up to a row, and once more after a colleague came by.
func (g guarded) stops(t *testing.T) {
	var l *lab
	for _, c := range courses() {
		if c.name == g.course {
			l = c.start(t)
		}
	}
	if g.asks == "" {
		g.asks = plan.AskChanged
	}
	p := l.start()
	defer p.end()
	p.until(g.step)
	l.does(sim.Action{Do: sim.ActSelfSign, On: []string{"uccx1"}, Days: 300, Unit: g.unit})
	before := l.cluster.Counts()[first]
	asked := 0
	for range 12 { // restarts take turns
		next := p.runner.Plan().Next()
		if q := next.Question; q != nil && q.Question.ID == g.asks && q.Task.Node == first {
			asked++
			after := l.cluster.Counts()[first]
			if after.CSRs != before.CSRs || after.OwnUploads != before.OwnUploads || after.Restarts != before.Restarts || after.Regenerated != before.Regenerated ||
				len(after.TrustUploads) != len(before.TrustUploads) || after.Services[plan.ServiceEngine].Times != before.Services[plan.ServiceEngine].Times || p.paged > 0 && g.step == plan.StepSharedCSR {
				t.Errorf("changed all the same: %+v", after)
			}
			break
		}
		if next.Finished {
			break
		}
		if err := p.do(next); err != nil {
			t.Fatal(err)
		}
	}
	if asked == 0 {
		t.Fatalf("not stopped: %+v", p.task(g.step, first))
	}
	if g.asks == plan.AskChanged {
		g.once(t, p)
	}
}

// once accepts what was changed, and counts how often it is asked about from there on.
func (g guarded) once(t *testing.T, p *program) {
	asked := 0
	for range 60 {
		next := p.runner.Plan().Next()
		if next.Finished || next.Row.Step.Role == plan.RoleProve { // what the ports serve is not what was planned
			break
		}
		if q := next.Question; q != nil && q.Question.ID == plan.AskChanged {
			asked++
			if err := p.runner.Answer(*q, plan.Yes); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if next.Question != nil && (next.Question.Question.ID == plan.AskOther || next.Question.Question.ID == plan.AskStale) {
			break
		}
		if err := p.do(next); err != nil {
			break // a CSR that is gone, or a port that does not serve what was planned: another story
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

// TestRenamedIsAskedOnce: a new name that was accepted once is not asked about again in any later row of the node; another one is.
func TestRenamedIsAskedOnce(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until(plan.StepRoot)
	asked := []string{}
	again := false
	l.does(sim.Action{Do: sim.ActRename, On: []string{"uccx1"}, Name: "other.example"})
	for range 60 {
		next := p.runner.Plan().Next()
		if q := next.Question; q != nil && q.Question.ID == plan.AskChanged {
			asked = append(asked, q.Task.Step+" "+strings.Join(msg.Strings(q.Question.Lines), " "))
			if err := p.runner.Answer(*q, plan.Yes); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if next.Finished || next.Row.Step.Role == plan.RoleRestart {
			break
		}
		if next.Row.Step.ID == plan.StepInstall && !again {
			again = true
			l.does(sim.Action{Do: sim.ActRename, On: []string{"uccx1"}, Name: "third.example"})
		}
		if err := p.do(next); err != nil {
			t.Fatal(err)
		}
	}
	if len(asked) != 2 || !strings.HasPrefix(asked[0], plan.StepRoot) || !strings.HasPrefix(asked[1], plan.StepInstall) || !strings.Contains(asked[1], "third.example") {
		t.Errorf("asked %q", asked)
	}
}
