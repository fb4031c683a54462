package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestMoves walks every pair of state and entry: what is not in the table is refused and changes nothing.
func TestMoves(t *testing.T) {
	const node = "uccx1.example.com"
	reach := map[plan.State][]string{plan.Idle: nil, plan.Running: {plan.KindBegan}, plan.Done: {plan.KindDone}, plan.Failed: {plan.KindFailed}, plan.Unsure: {plan.KindBegan, plan.KindUnsure}}
	for state, way := range reach {
		for _, kind := range []string{plan.KindBegan, plan.KindDone, plan.KindFailed, plan.KindUnsure, plan.KindReopened, "nonsense"} {
			p := stepstest.Begun(t)
			for _, k := range way {
				p.Add(t, k, plan.StepCSR, node, struct{}{})
			}
			pl := stepstest.Fold(t, p)
			before, _ := pl.Task(plan.Task{Step: plan.StepCSR, Node: node})
			if before.State != state {
				t.Fatalf("the way to %s leads to %s", state, before.State)
			}
			err := pl.Apply(p.Add(t, kind, plan.StepCSR, node, struct{}{}))
			after, _ := pl.Task(plan.Task{Step: plan.StepCSR, Node: node})
			want, ok := plan.Moves[kind][state]
			if ok != (err == nil) {
				t.Errorf("%s + %s: allowed %v, got error %v", state, kind, ok, err)
			}
			if !ok && after.State != state {
				t.Errorf("%s + %s was refused, but moved to %s", state, kind, after.State)
			}
			if ok && after.State != want {
				t.Errorf("%s + %s: %s, want %s", state, kind, after.State, want)
			}
		}
	}
}

func TestRefusedEntries(t *testing.T) {
	for name, e := range map[string]session.Entry{
		"opened twice": {Kind: plan.KindOpened, Data: []byte(`{"path":"signed"}`)},
		"unknown node": {Kind: plan.KindLogin, Node: "stranger", Data: []byte(`{}`)},
		"unknown task": {Kind: plan.KindBegan, Step: "nothing", Data: []byte(`{}`)},
		"bad data":     {Kind: plan.KindBegan, Step: plan.StepCSR, Node: "uccx1.example.com", Data: []byte(`[`)},
	} {
		if err := stepstest.Fold(t, stepstest.Begun(t)).Apply(e); err == nil {
			t.Errorf("%s: was taken", name)
		}
	}
	if _, err := steps.Fold(nil); err == nil {
		t.Error("an empty journal makes no plan")
	}
	p := &stepstest.Journal{}
	p.Add(t, plan.KindDone, plan.StepLogin, "uccx1.example.com", plan.Seen{})
	if _, err := steps.Fold(p.Entries); err == nil {
		t.Error("a journal must begin with opened")
	}
}

// TestResumedMakesUnsure: a beginning without an end is looked at before anything else.
func TestResumedMakesUnsure(t *testing.T) {
	p := stepstest.Begun(t)
	p.Add(t, plan.KindBegan, plan.StepCSR, "uccx1.example.com", plan.Seen{CSR: "before"})
	p.Add(t, plan.KindResumed, "", "", plan.Resumed{Program: "test"})
	v, _ := stepstest.Fold(t, p).Task(plan.Task{Step: plan.StepCSR, Node: "uccx1.example.com"})
	if v.State != plan.Unsure || v.Before == nil || v.Before.CSR != "before" || v.Trouble == nil {
		t.Fatalf("got %+v", v)
	}
}

// TestOrder: a row waits for the rows it stands on, on every node; restarts go one at a time, publisher first.
func TestOrder(t *testing.T) {
	p := stepstest.Begun(t)
	pl := stepstest.Fold(t, p)
	next := pl.Next()
	if next.Row.Step.ID != plan.StepLogin || len(next.Tasks) != 3 {
		t.Fatalf("first is %s with %d tasks", next.Row.Step.ID, len(next.Tasks))
	}
	if b := pl.Blocked(plan.Task{Step: plan.StepSurvey, Node: "uccx2.example.com"}); b == nil || !strings.Contains(b.Error(), "Log in") {
		t.Errorf("survey before login: %v", b)
	}
	stepstest.DoneUntil(t, p, plan.StepRestart)
	pl = stepstest.Fold(t, p)
	next = pl.Next()
	if next.Row.Step.ID != plan.StepRestart || next.Question == nil || next.Question.Task.Node != "uccx1.example.com" || len(next.Tasks) != 0 {
		t.Fatalf("got %s, question %+v, tasks %v", next.Row.Step.ID, next.Question, next.Tasks)
	}
	p.Add(t, plan.KindAnswered, plan.StepRestart, "uccx1.example.com", plan.Answer{Question: "restart", Value: "uccx1"})
	if next = stepstest.Fold(t, p).Next(); len(next.Tasks) != 1 || next.Tasks[0].Node != "uccx1.example.com" || next.Question != nil {
		t.Fatalf("after the word: %+v", next)
	}
	p.Add(t, plan.KindBegan, plan.StepRestart, "uccx1.example.com", plan.Seen{})
	p.Add(t, plan.KindDone, plan.StepRestart, "uccx1.example.com", plan.Seen{})
	if next = stepstest.Fold(t, p).Next(); next.Question == nil || next.Question.Task.Node != "uccx2.example.com" {
		t.Fatalf("the subscriber is next: %+v", next.Question)
	}
}

// TestRestartWordCountsOnce: after a restart that failed, the name must be typed again.
func TestRestartWordCountsOnce(t *testing.T) {
	p := stepstest.Begun(t)
	stepstest.DoneUntil(t, p, plan.StepRestart)
	const node = "uccx1.example.com"
	p.Add(t, plan.KindAnswered, plan.StepRestart, node, plan.Answer{Question: "restart", Value: "uccx1"})
	p.Add(t, plan.KindBegan, plan.StepRestart, node, plan.Seen{})
	p.Add(t, plan.KindFailed, plan.StepRestart, node, plan.Trouble{Class: "refused", What: msg.T("no")})
	next := stepstest.Fold(t, p).Next()
	if next.Question == nil || len(next.Tasks) != 0 {
		t.Fatalf("a failed restart may not run again without a word: %+v", next)
	}
}

// TestNameCountsInOneProgram: a name that was typed and has started no restart is typed again where a program takes the session up
// again, also where a question about the node came between; a restart that has begun is checked first, and no name is asked for.
func TestNameCountsInOneProgram(t *testing.T) {
	const node = "uccx1.example.com"
	named := func() *stepstest.Journal {
		j := stepstest.Begun(t)
		stepstest.DoneUntil(t, j, plan.StepRestart)
		j.Add(t, plan.KindAnswered, plan.StepRestart, node, plan.Answer{Question: plan.AskRestart, Value: "uccx1"})
		return j
	}
	asks := func(j *stepstest.Journal, id string) {
		t.Helper()
		next := stepstest.Fold(t, j).Next()
		if next.Question == nil || next.Question.Question.ID != id || next.Question.Task.Node != node || len(next.Tasks) != 0 {
			t.Errorf("%s is not asked: %+v, %v", id, next.Question, next.Tasks)
		}
	}
	for _, kind := range []string{plan.KindResumed, plan.KindTaken, plan.KindExported, plan.KindImported} {
		j := named()
		j.Add(t, kind, "", "", plan.Resumed{})
		asks(j, plan.AskRestart)
		j = named()
		j.Add(t, plan.KindBegan, plan.StepRestart, node, plan.Seen{})
		if j.Add(t, kind, "", "", plan.Resumed{}); kind == plan.KindResumed {
			if next := stepstest.Fold(t, j).Next(); next.Question != nil || len(next.Tasks) != 1 {
				t.Errorf("after %s a restart that has begun is not checked: %+v", kind, next.Question)
			}
		}
	}
	j := named()
	j.Add(t, plan.KindAsked, plan.StepRestart, node, plan.Question{ID: plan.AskChanged, Kind: plan.Choice, Options: []plan.Option{{Value: plan.Again}, {Value: plan.Yes}}})
	j.Add(t, plan.KindResumed, "", "", plan.Resumed{})
	asks(j, plan.AskChanged)
	j.Add(t, plan.KindAnswered, plan.StepRestart, node, plan.Answer{Question: plan.AskChanged, Value: plan.Yes})
	asks(j, plan.AskRestart)
}

// TestDecisionsCountForTheNode: pins, legacy and lockout are folded from answers.
func TestDecisionsCountForTheNode(t *testing.T) {
	p := stepstest.Begun(t)
	const node = "ccp.example.com"
	key := vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:abc"}
	p.Add(t, plan.KindAsked, plan.StepLogin, node, plan.Question{ID: plan.AskHostKey})
	if pl := stepstest.Fold(t, p); pl.Next().Question == nil {
		t.Error("an asked question waits")
	}
	p.Add(t, plan.KindAnswered, plan.StepLogin, node, plan.Answer{Question: plan.AskHostKey, Value: plan.No, Key: &key})
	if pin, _ := stepstest.Fold(t, p).Pin(node); pin != nil {
		t.Error("no is no")
	}
	p.Add(t, plan.KindAnswered, plan.StepLogin, node, plan.Answer{Question: plan.AskHostKey, Value: plan.Yes, Key: &key})
	p.Add(t, plan.KindAnswered, plan.StepLogin, node, plan.Answer{Question: plan.AskLegacy, Value: "ccp"})
	if pin, legacy := stepstest.Fold(t, p).Pin(node); pin == nil || *pin != key || !legacy {
		t.Errorf("pin %v legacy %v", pin, legacy)
	}
	other := vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:xyz"}
	p.Add(t, plan.KindAnswered, plan.StepLogin, node, plan.Answer{Question: plan.AskChangedKey, Value: "yes", Key: &other})
	if pin, _ := stepstest.Fold(t, p).Pin(node); *pin != key {
		t.Error("a changed key needs the node's name")
	}
	p.Add(t, plan.KindLogin, "", node, plan.LoginTry{User: "admin", OK: false})
	p.Add(t, plan.KindLogin, "", node, plan.LoginTry{User: "admin", OK: false})
	if got := stepstest.Fold(t, p).Refusals(node); got != 2 {
		t.Errorf("%d refusals", got)
	}
	p.Add(t, plan.KindAnswered, plan.StepLogin, node, plan.Answer{Question: plan.AskLockout, Value: "CCP.example.com"})
	if got := stepstest.Fold(t, p).Refusals(node); got != plan.MaxRefusals-1 {
		t.Errorf("%d refusals after the word: it is for one more try", got)
	}
}

// TestNameTyped: full or short, any case; nothing else.
func TestNameTyped(t *testing.T) {
	n := vos.Node{FQDN: "uccx1.example.com"}
	for typed, want := range map[string]bool{"uccx1": true, " UCCX1.Example.COM ": true, "": false, "uccx": false, "yes": false, "uccx2": false} {
		if plan.SameName(typed, n) != want {
			t.Errorf("%q: %v", typed, !want)
		}
	}
}

func BenchmarkFold1000Nodes(b *testing.B) {
	c := stepstest.ThreeNodes()
	c.Solution.Clusters, c.Plan = nil, plan.Version
	p := &stepstest.Journal{}
	for i := range 1000 {
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: []vos.Node{{FQDN: fmt.Sprintf("n%d.example.com", i), Product: vos.UCCX, Role: vos.Standalone}}})
	}
	_, _ = p.Append(plan.KindOpened, "", "", c)
	for i := range 1000 {
		_, _ = p.Append(plan.KindDone, plan.StepLogin, fmt.Sprintf("n%d.example.com", i), plan.Seen{})
	}
	for b.Loop() {
		if _, err := steps.Fold(p.Entries); err != nil {
			b.Fatal(err)
		}
	}
}

// TestNotYetIsNoAnswer: only "yes, they are with the CA" lets the change go on.
func TestNotYetIsNoAnswer(t *testing.T) {
	p := stepstest.Begun(t)
	stepstest.DoneUntil(t, p, plan.StepHandOver)
	p.Add(t, plan.KindAnswered, plan.StepHandOver, "", plan.Answer{Question: "handed", Value: plan.No})
	next := stepstest.Fold(t, p).Next()
	if next.Question == nil || len(next.Tasks) != 0 {
		t.Errorf("not yet was taken for yes: %+v", next.Tasks)
	}
}
