package steps_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// partly loads a reply in which the chat server's certificate is missing, and answers what is asked about it.
func (p *program) partly(t *testing.T, value string) {
	t.Helper()
	p.lab.cluster.CA().Behave(sim.ChatLater)
	files, err := p.signed()
	if err != nil {
		t.Fatal(err)
	}
	if verdict, err := intake.TakeReply(p.runner, files); err != nil || verdict.OK() {
		t.Fatalf("%v, %+v", err, verdict)
	}
	q := p.question()
	if q == nil || q.Question.ID != plan.AskParts || q.Question.Options[0].Value != plan.Wait {
		t.Fatalf("asked is %+v", q)
	}
	told := strings.Join(msg.Strings(q.Question.Told()), "\n")
	for _, want := range []string{"uccx1.lab.example: complete", "ccp.lab.example: no certificate yet", "valid until", "Restart order now: ccp (for the trust chain", "Later, for its own certificate: ccp"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told:\n%s", want, told)
		}
	}
	if err := p.runner.Answer(*q, value); err != nil {
		t.Fatal(err)
	}
}

// TestReplyInParts: what is complete is installed while the rest is at the CA; the nodes that wait keep their certificates, and
// the change stays pending with their names, also for a program that resumes days later. The rest finishes it: one CSR and one
// upload each, and no node is restarted that got nothing.
func TestReplyInParts(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	p := l.start()
	p.until(plan.StepReply)
	p.partly(t, plan.Wait)
	if q := p.question(); q == nil || q.Question.Kind != plan.Files {
		t.Fatalf("after waiting, asked is %+v", q)
	}
	l.nothingUploaded()
	p.partly(t, plan.Install)
	p.until(plan.StepRest)
	p.end()

	p = l.start() // another day, perhaps another person
	defer p.end()
	if err := p.runner.Run(p.ctx, plan.StepRest); err != nil {
		t.Fatal(err)
	}
	pl := p.runner.Plan()
	s := standing.Of(pl)
	if s.Outcome != standing.Owed || s.Clear() || len(s.Late) != 1 || s.Late[0].FQDN != "ccp.lab.example" || len(s.Debts) != 0 {
		t.Errorf("%s, late %+v, debts %+v", s.Outcome, s.Late, s.Debts)
	}
	if r := report.Of(pl); !slices.ContainsFunc(msg.Strings(r.Owed), func(one string) bool {
		return strings.Contains(one, "ccp.lab.example: its certificate is still at the CA")
	}) {
		t.Errorf("the report does not say who waits: %q", msg.Strings(r.Owed))
	}
	if q := p.question(); q == nil || q.Question.ID != plan.AskReply || !strings.Contains(strings.Join(msg.Strings(q.Question.Lines), "\n"), "ccp.lab.example") {
		t.Fatalf("asked is %+v", q)
	}

	l.cluster.CA().Behave(sim.All)
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.proven()
	if s := standing.Of(l.finished()); s.Outcome != standing.Proven {
		t.Errorf("in the end: %s, %q", s.Outcome, msg.Strings(s.Lines(l.finished())))
	}
	for fqdn, c := range l.cluster.Counts() {
		restarts := 1
		if fqdn == "ccp.lab.example" {
			restarts = 2 // for the chain, then for its own certificate
		}
		if c.CSRs != 1 || c.OwnUploads != 1 || c.Restarts != restarts {
			t.Errorf("%s: %d CSRs, %d installs, %d restarts; want 1, 1, %d", fqdn, c.CSRs, c.OwnUploads, c.Restarts, restarts)
		}
	}
}

// TestRestHasWarnings: a person decides about the warnings of what comes later before it is installed.
func TestRestHasWarnings(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until(plan.StepReply)
	p.partly(t, plan.Install)
	p.until(plan.StepRest)
	l.cluster.CA().Behave(sim.NoClientAuth)
	for _, value := range []string{plan.Back, plan.Yes} {
		files, err := p.signed()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := intake.TakeReply(p.runner, files); err != nil {
			t.Fatal(err)
		}
		q := p.question()
		if q == nil || q.Question.ID != plan.AskWarnings || q.Task.Step != plan.StepRest {
			t.Fatalf("asked is %+v", q)
		}
		if err := p.runner.Answer(*q, value); err != nil {
			t.Fatal(err)
		}
		if late := standing.Of(p.runner.Plan()).Late; (len(late) == 1) != (value == plan.Back) {
			t.Errorf("%s: late are %+v", value, late)
		}
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	r := report.Of(l.finished())
	if len(r.Reply) == 0 || !strings.Contains(r.Reply[0].Accepted.String(), "@") {
		t.Errorf("the report does not say who accepted: %+v", r.Reply)
	}
}

// TestFaultyPart: a certificate that nodes would refuse counts as missing, and keeps no other node waiting.
func TestFaultyPart(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until(plan.StepReply)
	good, err := p.signed()
	if err != nil {
		t.Fatal(err)
	}
	l.cluster.CA().Behave(sim.AddSAN)
	bad, err := p.signed()
	if err != nil {
		t.Fatal(err)
	}
	mixed := slices.Clone(good)
	for i, f := range mixed {
		if len(f.Items) == 1 && f.Items[0].Cert.Subject.CommonName == "ccp.lab.example" {
			for _, other := range bad {
				if len(other.Items) == 1 && other.Items[0].Cert.Subject.CommonName == "ccp.lab.example" {
					mixed[i] = other
				}
			}
		}
	}
	if _, err := intake.TakeReply(p.runner, mixed); err != nil {
		t.Fatal(err)
	}
	q := p.question()
	if q == nil || q.Question.ID != plan.AskParts || !strings.Contains(strings.Join(msg.Strings(q.Question.Lines), "\n"), "ccp.lab.example: not usable: the names (SAN) differ") {
		t.Fatalf("asked is %+v", q)
	}
	if r := q.Question.Reply; r == nil || len(r.Leaves) != 2 || r.Leaves["ccp.lab.example"] != "" {
		t.Errorf("would be taken: %+v", r)
	}
}

// TestRestFromAnotherCA: where what comes later brings a CA that is new to the nodes, those that got it restart once more, for
// trust alone, and nothing counts as proven meanwhile. What was asked and reported before is asked and reported again.
func TestRestFromAnotherCA(t *testing.T) {
	t.Parallel()
	const first, second, chat = "uccx1.example.com", "uccx2.example.com", "ccp.example.com"
	c := stepstest.ThreeNodes()
	c.Plan = plan.Version
	j := &stepstest.Journal{}
	j.Add(t, plan.KindOpened, "", "", c)
	stepstest.DoneUntil(t, j, plan.StepReply)
	j.Add(t, plan.KindAnswered, plan.StepReply, "", plan.Answer{Question: plan.AskParts, Value: plan.Install,
		Reply: &plan.Reply{Roots: []string{"root A"}, Leaves: map[string]string{first: "1", second: "2"}}})
	stepstest.DoneUntil(t, j, plan.StepRest)
	state := func(step, node string) plan.State {
		t.Helper()
		v, ok := stepstest.Fold(t, j).Task(plan.Task{Step: step, Node: node})
		if !ok {
			t.Fatalf("%s %s is not in the plan", step, node)
		}
		return v.State
	}
	if next := stepstest.Fold(t, j).Next(); next.Row.Step.ID != plan.StepRest {
		t.Fatalf("next is %s", next.Row.Step.ID)
	}
	if _, there := stepstest.Fold(t, j).Task(plan.Task{Step: plan.StepInstall, Node: chat}); there {
		t.Error("a certificate that is not here is to be installed")
	}

	j.Add(t, plan.KindAnswered, plan.StepRest, "", plan.Answer{Question: plan.AskReply, Value: "taken",
		Reply: &plan.Reply{Roots: []string{"root B"}, Leaves: map[string]string{chat: "3"}}})
	if p := stepstest.Fold(t, j); p.Next().Row.Step.ID != plan.StepRoot || len(p.Reply().Roots) != 2 || len(p.Reply().Leaves) != 3 {
		t.Errorf("next is %s, the reply %+v", p.Next().Row.Step.ID, p.Reply())
	}
	j.Add(t, plan.KindBegan, plan.StepRoot, first, plan.Seen{})
	j.Add(t, plan.KindDone, plan.StepRoot, first, plan.Seen{})
	j.Add(t, plan.KindDone, plan.StepRoot, chat, plan.Seen{Found: true})
	for _, node := range []string{first, second} {
		p := stepstest.Fold(t, j)
		if got := debts.RestartFor(p, plan.StepRestart, node); got != plan.ForTrust || state(plan.StepRestart, node) != plan.Idle || state(plan.StepProve, node) != plan.Idle {
			t.Errorf("%s: restart for %q, %s, proof %s", node, got, state(plan.StepRestart, node), state(plan.StepProve, node))
		}
	}
	if state(plan.StepRestart, chat) != plan.Done || state(plan.StepFunction, first) != plan.Idle {
		t.Errorf("restart of the chat server %s, functional tests %s", state(plan.StepRestart, chat), state(plan.StepFunction, first))
	}
	if owed := debts.Of(stepstest.Fold(t, j)); len(owed) != 2 || owed[0].For != plan.ForTrust || owed[0].Restarted() {
		t.Errorf("debts %+v", owed)
	}
	stepstest.DoneUntil(t, j, plan.StepInstall)
	j.Add(t, plan.KindDone, plan.StepInstall, chat, plan.Seen{})
	if p := stepstest.Fold(t, j); state(plan.StepRestart, chat) != plan.Idle || debts.RestartFor(p, plan.StepRestart, chat) != plan.ForIdentity || len(debts.Of(p)) != 3 {
		t.Errorf("the chat server: restart %s, for %q, debts %+v", state(plan.StepRestart, chat), debts.RestartFor(p, plan.StepRestart, chat), debts.Of(p))
	}
	stepstest.DoneUntil(t, j, plan.StepReport)
	j.Add(t, plan.KindDone, plan.StepReport, "", plan.Seen{})
	if p := stepstest.Fold(t, j); !p.Next().Finished || len(debts.Of(p)) != 0 {
		t.Errorf("not finished: %s, %+v", p.Next().Row.Step.ID, debts.Of(p))
	}
}

// TestFormerPlansTakeNoParts: a session of a former program keeps its rows, and files that are not complete ask nothing.
func TestFormerPlansTakeNoParts(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	l.adapt = func(c *change.Change) { c.Plan = 3 }
	p := l.start()
	defer p.end()
	p.until(plan.StepReply)
	l.cluster.CA().Behave(sim.ChatLater)
	files, err := p.signed()
	if err != nil {
		t.Fatal(err)
	}
	if verdict, err := intake.TakeReply(p.runner, files); err != nil || verdict.OK() {
		t.Fatalf("%v, %+v", err, verdict)
	}
	if q := p.question(); q == nil || q.Question.Kind != plan.Files {
		t.Errorf("asked is %+v", q)
	}
	l.cluster.CA().Behave(sim.All)
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.onceEach()
}

// TestForeignParts: files that came with a session from other hands stay foreign, also where the rest of the reply is loaded here;
// a question about such files that was open is not answered here.
func TestForeignParts(t *testing.T) {
	t.Parallel()
	c := stepstest.ThreeNodes()
	c.Plan = plan.Version
	for _, answered := range []bool{true, false} {
		j := &stepstest.Journal{}
		j.Add(t, plan.KindOpened, "", "", c)
		stepstest.DoneUntil(t, j, plan.StepReply)
		part := &plan.Reply{Roots: []string{"root A"}, Leaves: map[string]string{"uccx1.example.com": "1", "uccx2.example.com": "2"}}
		j.Add(t, plan.KindAsked, plan.StepReply, "", plan.Question{ID: plan.AskParts, Kind: plan.Choice, Reply: part})
		if answered {
			j.Add(t, plan.KindAnswered, plan.StepReply, "", plan.Answer{Question: plan.AskParts, Value: plan.Install, Reply: part})
		}
		j.Add(t, plan.KindExported, "", "", plan.Resumed{})
		j.Add(t, plan.KindImported, "", "", plan.Imported{})
		if !answered {
			if q := stepstest.Fold(t, j).Next().Question; q == nil || q.Question.ID != plan.AskReply || q.Question.Reply != nil {
				t.Errorf("asked is %+v", q)
			}
			continue
		}
		j.Add(t, plan.KindAnswered, plan.StepRest, "", plan.Answer{Question: plan.AskReply, Value: "taken",
			Reply: &plan.Reply{Roots: []string{"root B"}, Leaves: map[string]string{"ccp.example.com": "3"}}})
		if p := stepstest.Fold(t, j); len(plan.Foreign(p, []string{"root A"})) != 1 {
			t.Error("the root of other hands counts as taken here")
		}
	}
}
