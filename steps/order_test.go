package steps_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// typedAnyhow is a solution in an order that no document knows.
func typedAnyhow() vos.Solution {
	two := func(p vos.Product, a, b string) vos.Cluster {
		return vos.Cluster{Nodes: []vos.Node{{FQDN: b + ".x.example", Product: p, Role: vos.Subscriber}, {FQDN: a + ".x.example", Product: p, Role: vos.Publisher}}}
	}
	return vos.Solution{Clusters: []vos.Cluster{two(vos.Finesse, "fin1", "fin2"), two(vos.UCCX, "uccx1", "uccx2"),
		{Nodes: []vos.Node{{FQDN: "ccp.x.example", Product: vos.CCP, Role: vos.Standalone}}}, two(vos.MediaSense, "ms1", "ms2"), two(vos.CUIC, "cuic1", "cuic2")}}
}

// restartsOf are the nodes of the row that restarts, in the order of their turns.
func restartsOf(t *testing.T, c change.Change) string {
	t.Helper()
	p, err := steps.Preview(c)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, row := range plan.RoleRows(p, plan.RoleRestart) {
		for _, task := range row.Tasks {
			names = append(names, vos.Node{FQDN: task.Task.Node}.Short())
		}
		names = append(names, "|")
	}
	return strings.Join(names, " ")
}

// However a solution was typed, MediaSense is restarted first, then SocialMiner or CCP, then UCCX, each publisher before its
// subscriber (SIG-8, SELF-2, EC-5); products without a documented order come after these. A session that an older program
// opened keeps the order of its solution.
func TestRestartOrder(t *testing.T) {
	t.Parallel()
	want := "ms1 ms2 ccp uccx1 uccx2 fin1 fin2 cuic1 cuic2 |"
	for _, path := range []string{change.PathSigned, change.PathSelfSigned, change.PathRegenerate, change.PathDomain, change.PathExpired} {
		c := change.Change{Name: "x", Path: path, Unit: "tomcat", Solution: typedAnyhow(), Plan: plan.Version}
		rows := want
		if path == change.PathExpired {
			rows = want + " " + want
		}
		if got := restartsOf(t, c); got != rows {
			t.Errorf("%s: %s, want %s", path, got, rows)
		}
		c.Plan = 0
		if got := restartsOf(t, c); !strings.HasPrefix(got, "fin2 fin1 uccx2 uccx1 ccp ms2 ms1 cuic2 cuic1") {
			t.Errorf("%s, of an older program: %s", path, got)
		}
	}
}

// A node may have its turn when no document puts another before it: the sides of different products in any order, one at a
// time, and never a subscriber before its publisher, nor UCCX before MediaSense.
func TestWhoseTurnItCanBe(t *testing.T) {
	t.Parallel()
	var entries []session.Entry
	add := func(kind, step, node string, data any) {
		raw, err := json.Marshal(data)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, session.Entry{Seq: len(entries) + 1, Time: time.Unix(int64(len(entries)), 0), Kind: kind, Step: step, Node: node, Data: raw})
	}
	add(plan.KindOpened, "", "", change.Change{Name: "x", Path: change.PathRegenerate, Unit: "tomcat", Solution: typedAnyhow(), Plan: plan.Version})
	fold := func() *plan.Plan {
		p, err := steps.Fold(entries)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for next := fold().Next(); next.Row.Step.Role != plan.RoleRestart; next = fold().Next() {
		for _, task := range next.Row.Tasks {
			if task.State != plan.Done {
				add(plan.KindDone, task.Task.Step, task.Task.Node, plan.Seen{})
				break
			}
		}
	}
	turns := func() string {
		next := fold().Next()
		if next.Question == nil {
			return "no one is asked"
		}
		var names []string
		for _, q := range fold().Turns(*next.Question) {
			names = append(names, vos.Node{FQDN: q.Task.Node}.Short())
		}
		return strings.Join(names, " ")
	}
	done := func(nodes ...string) {
		for _, n := range nodes {
			add(plan.KindDone, plan.StepRestart, n+".x.example", plan.Seen{})
		}
	}
	for _, c := range []struct {
		done []string
		want string
	}{{nil, "ms1"}, {[]string{"ms1", "ms2"}, "ccp"}, {[]string{"ccp"}, "uccx1"}, {[]string{"uccx1", "uccx2"}, "fin1 cuic1"}, {[]string{"cuic1"}, "fin1 cuic2"}} {
		if done(c.done...); turns() != c.want {
			t.Errorf("after %v: %s, want %s", c.done, turns(), c.want)
		}
	}
	add(plan.KindAnswered, plan.StepRestart, "cuic2.x.example", plan.Answer{Question: "restart", Value: "cuic2"})
	if next := fold().Next(); next.Question != nil || len(next.Tasks) != 1 || next.Tasks[0].Node != "cuic2.x.example" {
		t.Errorf("cuic2 has its word: %+v", next.Tasks)
	}
	add(plan.KindBegan, plan.StepRestart, "cuic2.x.example", plan.Seen{})
	add(plan.KindUnsure, plan.StepRestart, "cuic2.x.example", plan.Trouble{Class: "uncertain"})
	if next := fold().Next(); next.Question != nil && next.Question.Task.Node != "cuic2.x.example" || slices.ContainsFunc(next.Tasks, func(t plan.Task) bool { return t.Node != "cuic2.x.example" }) {
		t.Errorf("one at a time: %+v %+v", next.Question, next.Tasks)
	}
}
