package steps_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// doing has something done in the lab by other people.
func (l *lab) doing(all ...sim.Action) {
	l.t.Helper()
	if err := l.cluster.Do(all...); err != nil {
		l.t.Fatal(err)
	}
}

// TestBackupIsLookedAt: no backup, and one of 90 days ago, are findings with cause and fix before anything is changed; one of
// yesterday is none, and a node that does not say is a note that tells where a person looks.
func TestBackupIsLookedAt(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until(plan.StepPreflight)
	for _, c := range []struct {
		deed sim.Action
		code string
	}{
		{sim.Action{Do: sim.ActBackup, On: []string{"uccx1"}}, codes.NoBackup},
		{sim.Action{Do: sim.ActBackup, On: []string{"uccx1"}, Days: 90}, codes.OldBackup},
		{sim.Action{Do: sim.ActBackup, On: []string{"uccx1"}, Days: 1}, ""},
	} {
		l.doing(c.deed)
		if err := p.runner.Run(p.ctx, plan.StepPreflight); err != nil {
			t.Fatal(err)
		}
		q := p.question()
		if c.code == "" {
			if q != nil && q.Question.ID == plan.AskFindings {
				t.Errorf("asked: %q", msg.Strings(q.Question.Told()))
			}
			break
		}
		if q == nil || q.Question.ID != plan.AskFindings || q.Question.Findings[0].Code != c.code || q.Question.Findings[0].Cause.IsZero() || q.Question.Findings[0].Next.IsZero() {
			t.Fatalf("%s: asked is %+v", c.code, q)
		}
		if err := p.runner.Answer(*q, plan.Again); err != nil {
			t.Fatal(err)
		}
		p.until(plan.StepPreflight)
	}
	view, _ := p.runner.Plan().Task(plan.Task{Step: plan.StepPreflight, Node: "uccx1.lab.example"})
	if view.Seen == nil || len(view.Seen.Readings) != 1 || !strings.Contains(view.Seen.Readings[0].Said, "SUCCESS") {
		t.Errorf("the answer is not kept: %+v", view.Seen)
	}
}

// TestReplicationIsLookedAt: a node is not restarted while the databases of its cluster are not replicated, until they are, or a
// person says so; what the node said is kept and reported.
func TestReplicationIsLookedAt(t *testing.T) {
	long(t)
	t.Parallel()
	for _, mended := range some(true, false) {
		l := newLab(t)
		p := l.start()
		defer p.end()
		p.until(plan.StepRestart)
		for p.runner.Plan().Next().Question.Task.Node != "uccx2.lab.example" {
			if err := p.do(p.runner.Plan().Next()); err != nil {
				t.Fatal(err)
			}
			if next := p.runner.Plan().Next(); next.Question == nil {
				if err := p.do(next); err != nil {
					t.Fatal(err)
				}
			}
		}
		l.doing(sim.Action{Do: sim.ActApart, On: []string{"uccx2"}})
		before := l.cluster.Counts()["uccx2.lab.example"].Restarts
		for range 2 {
			if err := p.do(p.runner.Plan().Next()); err != nil { // the name, then the row
				t.Fatal(err)
			}
		}
		q := p.question()
		if q == nil || q.Question.ID != plan.AskReplication || !strings.Contains(strings.Join(msg.Strings(q.Question.Told()), "\n"), "(4)") || l.cluster.Counts()["uccx2.lab.example"].Restarts != before {
			t.Fatalf("asked is %+v", q)
		}
		if mended {
			l.doing(sim.Action{Do: sim.ActRepair, On: []string{"uccx"}})
		}
		value := map[bool]string{true: plan.Again, false: plan.Yes}[mended]
		if err := p.runner.Answer(*q, value); err != nil {
			t.Fatal(err)
		}
		if q := p.question(); mended && (q == nil || q.Question.ID != plan.AskRestart || q.Task.Node != "uccx2.lab.example") {
			t.Fatalf("checked again, which may be days later, and the restart is not confirmed again: %+v", q)
		}
		l.says = map[string]string{plan.AskReplication: value}
		if err := p.play(); err != nil {
			t.Fatal(err)
		}
		l.onceEach()
		text := string(report.Of(l.finished()).Markdown())
		for _, want := range []string{"last successful backup", "uccx2.lab.example, read at", map[bool]string{true: "2 of 2 servers in state", false: "0 of 2 servers in state"}[mended]} {
			if !strings.Contains(text, want) {
				t.Errorf("mended %v: the report does not say %q:\n%s", mended, want, text)
			}
		}
		if !mended && !strings.Contains(text, "although replication") && !strings.Contains(text, plan.AskReplication) {
			t.Error("the report does not say that a person went on")
		}
	}
}
