package steps_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
)

// A node whose trust store was not changed owes no restart: its name is not asked for, and it holds up neither the nodes that owe one
// nor a play that runs until a person is needed.
func TestNoNameIsAskedWhereNoRestartIsOwed(t *testing.T) {
	t.Parallel()
	j, c := &stepstest.Journal{}, stepstest.ThreeNodes()
	c.Path, c.Plan = change.PathSelfSigned, plan.Version
	j.Add(t, plan.KindOpened, "", "", c)
	nodes := c.Solution.Nodes()
	chat := nodes[2].FQDN
	for _, row := range stepstest.Fold(t, j).Rows() {
		if row.Step.Role == plan.RoleRestart {
			break
		}
		for _, task := range row.Tasks {
			for _, q := range row.Step.Ask {
				j.Add(t, plan.KindAnswered, task.Task.Step, task.Task.Node, plan.Answer{Question: q.ID, Value: plan.Yes})
			}
			if row.Step.Owes.For != "" && task.Task.Node != chat {
				j.Add(t, plan.KindBegan, task.Task.Step, task.Task.Node, plan.Seen{})
			}
			j.Add(t, plan.KindDone, task.Task.Step, task.Task.Node, plan.Seen{Found: task.Task.Node == chat})
		}
	}
	p := stepstest.Fold(t, j)
	if why := debts.RestartFor(p, plan.StepRestart, chat); why != "" {
		t.Fatalf("the chat server owes a restart for %q", why)
	}
	for _, n := range nodes[:2] {
		if debts.RestartFor(p, plan.StepRestart, n.FQDN) != plan.ForTrust {
			t.Fatalf("%s owes no restart", n.FQDN)
		}
	}
	next := p.Next()
	if next.Row.Step.ID != plan.StepRestart || next.Question != nil || len(next.Tasks) != 1 || next.Tasks[0].Node != chat {
		t.Fatalf("next is %s, question %+v, tasks %v", next.Row.Step.ID, next.Question, next.Tasks)
	}
	if play.NeedsPerson(p, next) {
		t.Error("a person is needed for a node that is not restarted")
	}
	j.Add(t, plan.KindDone, plan.StepRestart, chat, plan.Seen{Found: true})
	p = stepstest.Fold(t, j)
	next = p.Next()
	if next.Question == nil || next.Question.Task.Node != nodes[0].FQDN || len(next.Tasks) != 0 || !play.NeedsPerson(p, next) {
		t.Fatalf("after it: question %+v, tasks %v", next.Question, next.Tasks)
	}
}
