package steps_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// firstLab is a UCCX pair and a CCP that were just installed, with what went wrong.
func firstLab(t *testing.T, setup ...sim.Action) *lab {
	t.Helper()
	l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{site(vos.UCCX, "uccx1", "uccx2"), site(vos.CCP, "ccp")}}, Setup: setup}))
	l.path = change.PathFirst
	return l
}

// upTo plays a plan until a row is next, and returns it; what a row asks or refuses ends it.
func (p *program) upTo(t *testing.T, id string) (plan.Next, error) {
	t.Helper()
	for range 60 {
		next := p.runner.Plan().Next()
		if next.Row.Step.ID == id && (next.Question != nil || next.Row.Count(plan.Failed) > 0) || next.Finished {
			return next, nil
		}
		if next.Row.Step.ID == id {
			if err := p.runner.Run(p.ctx, id); err != nil {
				return p.runner.Plan().Next(), err
			}
			if next = p.runner.Plan().Next(); next.Question == nil && next.Row.Step.ID == id {
				t.Fatalf("%s: nothing moves", id)
			}
			continue
		}
		if err := p.do(next); err != nil {
			return next, err
		}
	}
	t.Fatalf("%s is never next", id)
	return plan.Next{}, nil
}

// foundBy are the findings of a row on a node.
func foundBy(p *plan.Plan, row, fqdn string) []plan.Finding {
	task, _ := p.Task(plan.Task{Step: row, Node: fqdn})
	switch {
	case task.Asked != nil:
		return task.Asked.Question.Findings
	case task.Seen != nil:
		return task.Seen.Findings
	}
	return nil
}

// TestFirstNames: each way in which a name does not resolve is a finding on the nodes that need the name, with what to do; nodes
// that are right have none (FIRST-1). The nodes are asked, not this machine.
func TestFirstNames(t *testing.T) {
	long(t)
	t.Parallel()
	for _, c := range []struct {
		setup sim.Action
		node  string // on which it is found
		code  string
		next  string
	}{
		{sim.Action{Do: sim.ActPTR, On: []string{"uccx1"}}, "uccx1", codes.NoPTR, "add the PTR record of 198.18.10.11"},
		{sim.Action{Do: sim.ActPTR, On: []string{"uccx1"}}, "ccp", codes.NoPTR, "uccx1.lab.example"},
		{sim.Action{Do: sim.ActPTR, On: []string{"ccp"}, Name: "old.lab.example"}, "uccx2", codes.PTR, "with the name ccp.lab.example"},
		{sim.Action{Do: sim.ActNoRecord, On: []string{"ccp"}}, "uccx1", codes.NoDNS, "set network dns primary"},
		{sim.Action{Do: sim.ActNoRecord, On: []string{"uccx2"}}, "uccx2", codes.NoDNS, "add the A record of uccx2.lab.example"},
		{sim.Action{Do: sim.ActSkew, On: []string{"ccp"}, By: "1s"}, "uccx1", "", ""},
	} {
		l := firstLab(t, c.setup)
		p := l.start()
		_, err := p.upTo(t, "names")
		found := foundBy(p.runner.Plan(), "names", c.node+".lab.example")
		f, there := coded(found, c.code)
		switch {
		case err != nil:
			t.Errorf("%v: %v", c.setup, err)
		case c.code == "" && len(found) > 0:
			t.Errorf("%s is healthy: %+v", c.node, found)
		case c.code != "" && (!there || f.Rule != "FIRST-1" || f.Severity != plan.Warning || !strings.Contains(f.Next.String(), c.next)):
			t.Errorf("%v on %s: %+v", c.setup, c.node, found)
		}
		p.end()
	}
}

// TestFirstWrongName: a node with another domain, or another host name, stops the path before anything is made for the wrong name.
// What to type is said together with what it does to the node; nothing else may be accepted.
func TestFirstWrongName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, next string }{
		{codes.OtherName, "set network domain lab.example. It regenerates all certificates of the node and restarts it."},
		{codes.OtherName, "set network hostname on the node and enter uccx9. This regenerates all its certificates"},
	} {
		l := firstLab(t)
		if strings.Contains(c.next, "domain") {
			l = firstLab(t, sim.Action{Do: sim.ActRename, On: []string{"uccx2"}, Name: "staging.local"})
		} else {
			l.adapt = func(c *change.Change) { c.Solution.Clusters[0].Nodes[1].FQDN = "uccx9.lab.example" }
		}
		p := l.start()
		next, err := p.upTo(t, "names")
		var refused *vos.Error
		if !errors.As(err, &refused) || refused.Code != c.code || !strings.Contains(refused.Next.String(), c.next) || refused.Means.IsZero() {
			t.Errorf("%s: %+v %v", c.next, next.Question, err)
		}
		for fqdn, n := range l.cluster.Counts() {
			if n.CSRs+n.Regenerated > 0 {
				t.Errorf("%s was changed", fqdn)
			}
		}
		p.end()
	}
}

// TestFirstNoDNS: a node without DNS servers has one finding, not one for each name.
func TestFirstNoDNS(t *testing.T) {
	t.Parallel()
	one := site(vos.UCCX, "uccx1")
	one.Nodes = map[string]sim.NodeSpec{"uccx1": {Quirks: []sim.Quirk{sim.QuirkNoDNS}}}
	l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{one, site(vos.CCP, "ccp")}}}))
	l.path = change.PathFirst
	p := l.start()
	defer p.end()
	if _, err := p.upTo(t, "names"); err != nil {
		t.Fatal(err)
	}
	found := foundBy(p.runner.Plan(), "names", "uccx1.lab.example")
	if len(found) != 1 || found[0].Code != codes.NoServers || !strings.Contains(found[0].Next.String(), "set network dns") {
		t.Errorf("%+v", found)
	}
}

// TestFirstClock: a clock that follows no server is a finding beside the difference, with the command of that node's role; the
// check before the change does not ask about it again (FIRST-2).
func TestFirstClock(t *testing.T) {
	t.Parallel()
	l := firstLab(t, sim.Action{Do: sim.ActSkew, On: []string{"uccx1"}, By: "-72h"})
	p := l.start()
	defer p.end()
	if _, err := p.upTo(t, "ntp"); err != nil {
		t.Fatal(err)
	}
	for node, want := range map[string]string{"uccx1": "utils ntp server add", "uccx2": "on the publisher first"} {
		if f, there := coded(foundBy(p.runner.Plan(), "ntp", node+".lab.example"), "ntp"); !there || !strings.Contains(f.Next.String(), want) || f.Rule != "FIRST-2" {
			t.Errorf("%s: %+v", node, f)
		}
	}
	if f, there := coded(foundBy(p.runner.Plan(), "ntp", "uccx1.lab.example"), codes.Clock); !there || f.Severity != plan.Warning {
		t.Errorf("%+v", f)
	}
	if len(foundBy(p.runner.Plan(), "ntp", "ccp.lab.example")) > 0 {
		t.Error("ccp is healthy")
	}
	if _, err := p.upTo(t, plan.StepCA); err != nil {
		t.Fatal(err)
	}
	for _, d := range p.runner.Plan().Decisions() {
		if d.Task.Step == plan.StepPreflight {
			t.Errorf("asked again before the change: %+v", d)
		}
	}
}

// TestFirstChoice: the plan has what the choice needs, and nothing of the other: rows come and go with the answer, and the plan is
// the same after it was read again.
func TestFirstChoice(t *testing.T) {
	t.Parallel()
	signed, exchanged := []string{"csr", "outbox", "handover", "reply", "root", "install", "clients"}, []string{"exchange", "exchanged", "clients-self"}
	for answer, want := range map[string][2][]string{"internal": {signed, exchanged}, "public": {signed, exchanged}, "self": {exchanged, signed}, "again": {signed, exchanged}} {
		l := firstLab(t)
		l.says = map[string]string{plan.AskCA: answer}
		p := l.start()
		next, err := p.upTo(t, plan.StepCA)
		if err != nil || next.Question == nil {
			t.Fatalf("%v %+v", err, next)
		}
		if err := p.answer(*next.Question); err != nil {
			t.Fatal(err)
		}
		entries, err := l.home.Read("test")
		if err != nil {
			t.Fatal(err)
		}
		again, err := steps.Fold(entries)
		if err != nil {
			t.Fatal(err)
		}
		for _, now := range []*plan.Plan{p.runner.Plan(), again} {
			var ids []string
			for _, row := range now.Rows() {
				ids = append(ids, row.Step.ID)
			}
			for _, id := range want[0] {
				if !slices.Contains(ids, id) {
					t.Errorf("%s: there is no %s: %v", answer, id, ids)
				}
			}
			for _, id := range want[1] {
				if slices.Contains(ids, id) {
					t.Errorf("%s: there is %s: %v", answer, id, ids)
				}
			}
			if now.Hash() != p.runner.Plan().Hash() {
				t.Errorf("%s: the choice changes the hash of the plan", answer)
			}
		}
		p.end()
	}
}

// TestFirstPrivateNames: no public CA signs a name that exists on no public server, so it is not offered, and it is said why.
func TestFirstPrivateNames(t *testing.T) {
	t.Parallel()
	for domain, offered := range map[string]bool{"cc.local": false, "lab.example": true} {
		one := site(vos.UCCX, "uccx1")
		one.Domain = domain
		l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{one}}}))
		l.path = change.PathFirst
		p := l.start()
		next, err := p.upTo(t, plan.StepCA)
		if err != nil || next.Question == nil {
			t.Fatal(err)
		}
		said := slices.ContainsFunc(msg.Strings(next.Question.Question.Lines), func(line string) bool { return strings.Contains(line, "private names uccx1."+domain) })
		if next.Question.Question.Allows("public") != offered || said == offered {
			t.Errorf("%s: %+v", domain, next.Question.Question)
		}
		p.end()
	}
}

// TestFirstClients: PCs that are not prepared stay pending; the kit is in the folder of the session before it is asked for.
func TestFirstClients(t *testing.T) {
	long(t)
	t.Parallel()
	l := firstLab(t)
	l.says = map[string]string{plan.AskCA: "internal", "clients": plan.Later}
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	now := p.runner.Plan()
	kit, _ := now.Task(plan.Task{Step: "client-kit"})
	if kit.Seen == nil || !slices.ContainsFunc(kit.Seen.Files, func(f string) bool { return strings.Contains(f, "group-policy.txt") }) {
		t.Errorf("%+v", kit.Seen)
	}
	if s := standing.Of(now); s.Outcome != standing.Owed || len(s.Answers) != 1 || s.Answers[0].Question.ID != "clients" || len(s.Answers[0].Question.Lines) != 17 {
		t.Errorf("%+v", s)
	}
}

// TestFirstLetter: the letter asks the kind of CA to sign that was chosen (FIRST-4); a node that customers reach has a public one, whatever
// signs the others (PRE-7).
func TestFirstLetter(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]int{"public": 3, "internal": 1} {
		l := firstLab(t)
		l.says = map[string]string{plan.AskCA: answer}
		l.adapt = func(c *change.Change) { c.Solution.Clusters[1].Nodes[0].CA = vos.PublicCA }
		p := l.start()
		p.until(plan.StepReply)
		text := p.letterTo(t)
		if n := strings.Count(text, "a public RSA CA"); n != want || strings.Count(text, "an RSA CA") != 3-want || strings.Count(text, "customers use this server") != 1 {
			t.Errorf("%s:\n%s", answer, text)
		}
		p.end()
	}
}
