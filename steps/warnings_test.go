package steps_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// taken loads the reply of the lab's CA and runs the row that takes it.
func (p *program) taken(t *testing.T, manner sim.Behaviour) {
	t.Helper()
	p.lab.cluster.CA().Behave(manner)
	files, err := p.signed()
	if err != nil {
		t.Fatal(err)
	}
	if verdict, err := intake.TakeReply(p.runner, files); err != nil || !verdict.OK() {
		t.Fatalf("%v, %+v", err, verdict.Findings)
	}
	if err := p.runner.Run(p.ctx, plan.StepReply); err != nil {
		t.Fatal(err)
	}
}

// question is the question that is next, nil where there is none.
func (p *program) question() *plan.Asked { return p.runner.Plan().Next().Question }

// TestWarningsAreDecided: a reply that the nodes take, with warnings, is not installed with Enter alone: a person is asked
// once, with cause and fix. Sent back, the next files are a new question, and none where they have no warning. Accepted, the
// report says by whom.
func TestWarningsAreDecided(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until(plan.StepReply)

	p.taken(t, sim.NoClientAuth)
	q := p.question()
	if q == nil || q.Question.ID != plan.AskWarnings || q.Question.Options[0].Value != plan.Back {
		t.Fatalf("asked is %+v", q)
	}
	told := strings.Join(msg.Strings(q.Question.Told()), "\n")
	for _, want := range []string{"client authentication", "FN74382", "-> ", "uccx1.lab.example"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told:\n%s", want, told)
		}
	}
	if err := p.runner.Answer(*q, plan.Back); err != nil {
		t.Fatal(err)
	}
	if err := p.runner.Run(p.ctx, plan.StepReply); err != nil {
		t.Fatal(err)
	}
	if q = p.question(); q == nil || q.Question.Kind != plan.Files || q.Task.Step != plan.StepReply {
		t.Fatalf("sent back, asked is %+v", q)
	}
	l.nothingUploaded()

	p.taken(t, sim.NoClientAuth)
	if q = p.question(); q == nil || q.Question.ID != plan.AskWarnings {
		t.Fatalf("the former answer counts for other files: %+v", q)
	}
	if err := p.runner.Answer(*q, plan.Yes); err != nil {
		t.Fatal(err)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	r := report.Of(l.finished())
	if len(r.Reply) == 0 || !strings.Contains(r.Reply[0].Accepted.String(), "@") {
		t.Errorf("the report does not say who accepted: %+v", r.Reply)
	}
	for name, text := range map[string]string{"report.md": string(r.Markdown()), "report.html": string(r.HTML())} {
		if !strings.Contains(text, "accepted by") || !strings.Contains(text, "FN74382") || !strings.Contains(strings.ToLower(text), "fix:") {
			t.Errorf("%s does not list what was accepted", name)
		}
	}
}

// TestSoundReplyAsksNothing: a reply without warnings is taken without a question.
func TestSoundReplyAsksNothing(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until(plan.StepReply)
	p.taken(t, "")
	if next := p.runner.Plan().Next(); next.Row.Step.ID == plan.StepReply {
		t.Errorf("still there: %+v", next.Question)
	}
	if found := reply.Warnings(p.runner.Plan()); len(found) > 0 {
		t.Errorf("warnings: %+v", found)
	}
}

// TestBackIsWritten: the letter of a reply with warnings names them, so that the CA can mend it.
func TestBackIsWritten(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until(plan.StepReply)
	p.taken(t, sim.NoClientAuth)
	if err := p.runner.Answer(*p.question(), plan.Back); err != nil {
		t.Fatal(err)
	}
	if err := p.runner.Run(p.ctx, plan.StepReply); err != nil {
		t.Fatal(err)
	}
	letter, err := os.ReadFile(filepath.Join(p.disk.Dir(), plan.Outbox, "back-to-the-ca.txt"))
	if err != nil || !strings.Contains(string(letter), "client authentication") {
		t.Errorf("%v: %s", err, letter)
	}
}

// TestNoFalseAlarm: on healthy nodes of every profile of the simulator, each product that it has, the check before starting
// asks nothing: what their ports present is what they should.
func TestNoFalseAlarm(t *testing.T) {
	t.Parallel()
	for _, profile := range []sim.Profile{sim.Profile115, sim.Profile125, sim.Profile15, sim.Slow} {
		if testing.Short() && profile != sim.Profile15 {
			continue
		}
		t.Run(string(profile), func(t *testing.T) {
			t.Parallel()
			site := func(p vos.Product, hosts ...string) sim.ClusterSpec {
				return sim.ClusterSpec{Product: p, Hosts: hosts, Profile: profile}
			}
			every := []string{"uccx", "ccp", "mediasense", "finesse", "cuic", "livedata", "cucm"}
			l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{site(vos.UCCX, "uccx1", "uccx2"), site(vos.CCP, "ccp"), site(vos.MediaSense, "ms1", "ms2"),
				site(vos.Finesse, "fin1", "fin2"), site(vos.CUIC, "cuic1"), site(vos.LiveData, "ld1"), site(vos.CUCM, "cm1")}},
				Setup: []sim.Action{{Do: sim.ActExchange, Of: every, On: every}}}))
			p := l.start()
			defer p.end()
			p.until(plan.StepPreflight)
			if err := p.runner.Run(p.ctx, plan.StepPreflight); err != nil {
				t.Fatal(err)
			}
			if q := p.question(); q != nil && q.Question.ID == plan.AskFindings {
				t.Errorf("%s: %q", q.Task.Node, msg.Strings(q.Question.Told()))
			}
		})
	}
}
