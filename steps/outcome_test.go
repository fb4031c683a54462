package steps_test

import (
	"errors"
	"flag"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// speaker answers one command of one node with other words than the node's own, in place of doing it or after it was done.
type speaker struct {
	l     *lab
	line  string // how the command begins
	words string
	done  bool

	mu    sync.Mutex
	typed map[string]int // node -> how often
}

func (l *lab) answers(line, words string, done bool) *speaker {
	s := &speaker{l: l, line: line, words: words, done: done, typed: map[string]int{}}
	l.cluster.Hook(s.hook)
	return s
}

func (s *speaker) hook(e sim.Event) sim.Verdict {
	if !strings.HasPrefix(e.Line, s.line) {
		return sim.Go
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.Moment == sim.Before {
		s.typed[e.Node]++
		if !s.done {
			s.speak(e.Node)
		}
	}
	return sim.Go
}

func (s *speaker) speak(node string) {
	host, _, _ := strings.Cut(node, ".")
	if err := s.l.cluster.Do(sim.Action{Do: sim.ActAnswer, On: []string{host}, Words: s.words}); err != nil {
		s.l.t.Error(err)
	}
}

func (s *speaker) times(node string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.typed[node]
}

const strangeWords = "Certificate does not have the required extended key usage"

// TestUnknownRefusal: words that no table knows are decided by what the node holds. What was not done is failed with the
// node's words, and is not ordered again by the program itself.
func TestUnknownRefusal(t *testing.T) {
	t.Parallel()
	for _, c := range firsts(1, []struct{ step, line, node string }{
		{"csr", "set csr gen", "uccx1.lab.example"},
		{"root", "set cert import trust", "uccx1.lab.example"},
		{"install", "set cert import own", "uccx2.lab.example"},
	}) {
		for _, words := range some(strangeWords, strangeWords+"\nExecuted command unsuccessfully") {
			t.Run(c.step, func(t *testing.T) {
				t.Parallel()
				l := newLab(t)
				p := l.start()
				defer p.end()
				p.until(c.step)
				s := l.answers(c.line, words, false)
				if err := p.runner.Continue(p.ctx, c.step); err == nil {
					t.Error("nothing is said of it")
				}
				v, _ := p.runner.Plan().Task(plan.Task{Step: c.step, Node: c.node})
				if v.State != plan.Failed || v.Trouble == nil || !v.Trouble.AsBefore || !strings.Contains(v.Trouble.Said, strangeWords) {
					t.Fatalf("%s, %+v", v.State, v.Trouble)
				}
				if err := p.runner.Continue(p.ctx, c.step); !errors.Is(err, engine.ErrSent) {
					t.Errorf("ordered again by itself: %v", err)
				}
				if n := s.times(c.node); n != 1 {
					t.Errorf("typed %d times", n)
				}
				l.cluster.Hook(nil)
				if err := p.runner.Run(p.ctx, c.step); err != nil { // a person's word
					t.Fatal(err)
				}
				if err := p.play(); err != nil {
					t.Fatal(err)
				}
				l.finished()
				l.onceEach()
			})
		}
	}
}

// does lets a person do something on a host of the lab.
func (l *lab) does(d sim.Action) {
	l.t.Helper()
	if err := l.cluster.Do(d); err != nil {
		l.t.Fatal(err)
	}
}

// confirm types the name of the node whose restart is next, and orders it.
func (p *program) confirm() error {
	p.lab.t.Helper()
	for range 20 {
		next := p.runner.Plan().Next()
		if next.Question == nil {
			return p.runner.Run(p.ctx, next.Row.Step.ID)
		}
		if next.Question.Question.Kind != plan.NodeName {
			break
		}
		if err := p.answer(*next.Question); err != nil {
			p.lab.t.Fatal(err)
		}
	}
	return nil
}

func (p *program) task(step, node string) plan.TaskView {
	v, _ := p.runner.Plan().Task(plan.Task{Step: step, Node: node})
	return v
}

const first = "uccx1.lab.example"

// TestRestartWithoutEffect: a node that took the order and never went down is told so, within a moment, and is not ordered
// again by the program; the name that is typed again orders it.
func TestRestartWithoutEffect(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until("restart")
	node := p.runner.Plan().Next().Row.Tasks[0].Task.Node
	host, _, _ := strings.Cut(node, ".")
	l.does(sim.Action{Do: sim.ActNoEffect, On: []string{host}})
	if err := p.confirm(); !errors.Is(err, vos.ErrUncertain) || !strings.Contains(err.Error(), "has not shut down") {
		t.Fatalf("%v", err)
	}
	if err := p.runner.Continue(p.ctx, "restart"); !errors.Is(err, engine.ErrSent) {
		t.Errorf("waited for once more by itself: %v", err)
	}
	if v := p.task("restart", node); v.State != plan.Unsure {
		t.Fatalf("%s: %+v", v.State, v.Trouble)
	}
	if err := p.runner.Run(p.ctx, "restart"); err == nil {
		t.Error("nothing is said of it")
	}
	v := p.task("restart", node)
	if v.State != plan.Failed || !v.Trouble.AsBefore || !strings.Contains(v.Trouble.What.String(), "had no effect") || !strings.Contains(v.Trouble.Means.String(), "been up since") {
		t.Fatalf("%s: %+v", v.State, v.Trouble)
	}
	if next := p.runner.Plan().Next(); next.Question == nil || next.Question.Question.Kind != plan.NodeName {
		t.Error("the name is not asked for again")
	}
	if n := l.cluster.Counts()[node].Restarts; n != 0 {
		t.Errorf("%d restarts", n)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
	l.onceEach()
}

// TestStalePort: a node that is up and keeps one address old is told so, and does not hold the other nodes up; the address
// stays owed until the node, restarted once more, serves the new certificate.
func TestStalePort(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	l.does(sim.Action{Do: sim.ActStale, On: []string{"uccx1"}, Port: 12015})
	p := l.start()
	defer p.end()
	p.until("restart")
	for p.runner.Plan().Next().Row.Step.ID == "restart" {
		if err := p.do(p.runner.Plan().Next()); err != nil {
			t.Fatal(err)
		}
	}
	if v := p.task("restart", first); v.State != plan.Done || len(v.Seen.Findings) != 1 || !strings.Contains(v.Seen.Findings[0].What.String(), "12015") {
		t.Fatalf("%s: %+v", v.State, v.Seen)
	}
	if err := p.runner.Run(p.ctx, "prove"); err == nil || !strings.Contains(err.Error(), "12015") {
		t.Errorf("proven with an old address: %v", err)
	}
	if debts := debts.Of(p.runner.Plan()); len(debts) != 1 || debts[0].Node != first {
		t.Errorf("owed: %+v", debts)
	}
	if err := p.runner.RestartAgain(first); err != nil {
		t.Fatal(err)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
	l.proven()
	for fqdn, c := range l.cluster.Counts() {
		if want := map[bool]int{true: 2, false: 1}[fqdn == first]; c.Restarts != want {
			t.Errorf("%s: %d restarts, want %d", fqdn, c.Restarts, want)
		}
	}
}

// TestRegeneratedBeforeRestart: a certificate that a person made since the installation stops the change before the outage,
// and each answer leads to an end.
func TestRegeneratedBeforeRestart(t *testing.T) {
	t.Parallel()
	for _, answer := range some("accept", "new") {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			l.says = map[string]string{plan.AskOther: answer}
			p := l.start()
			defer p.end()
			p.until("restart")
			l.does(sim.Action{Do: sim.ActRegenerate, On: []string{"uccx1"}})
			var asked *plan.Asked
			for asked == nil {
				next := p.runner.Plan().Next()
				if next.Question != nil && next.Question.Question.ID == plan.AskOther {
					asked = next.Question
				} else if err := p.do(next); err != nil {
					t.Fatal(err)
				}
			}
			if asked.Task.Node != first || l.cluster.Counts()[first].Restarts != 0 || len(asked.Question.Lines) == 0 {
				t.Errorf("asked %+v after %d restarts", asked, l.cluster.Counts()[first].Restarts)
			}
			if err := p.play(); err != nil {
				t.Fatal(err)
			}
			if pl := p.runner.Plan(); answer == "new" {
				l.finished()
			} else if standing.OutcomeOf(pl) != standing.Owed || len(trust.Broken(pl)) == 0 { // its peers do not know the accepted one
				t.Errorf("%s, broken: %v", standing.OutcomeOf(pl), trust.Broken(pl))
			}
			l.serving(func(n vos.Node) bool { return answer == "new" || n.FQDN != first })
			for fqdn, c := range l.cluster.Counts() {
				if c.Restarts != 1 {
					t.Errorf("%s: %d restarts", fqdn, c.Restarts)
				}
			}
		})
	}
}

// TestRegeneratedWhileItRestarts: a node that comes up with another certificate is not waited for.
func TestRegeneratedWhileItRestarts(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	l.says = map[string]string{plan.AskOther: "new"}
	p := l.start()
	defer p.end()
	p.until("restart")
	struck := false
	l.cluster.Hook(func(e sim.Event) sim.Verdict {
		if e.Node == first && strings.HasPrefix(e.Line, "utils system restart") && e.Moment == sim.After && !struck {
			struck = true
			l.does(sim.Action{Do: sim.ActRegenerate, On: []string{"uccx1"}})
		}
		return sim.Go
	})
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.cluster.Hook(nil)
	l.finished()
	l.proven()
	if n := l.cluster.Counts()[first].Restarts; !struck || n != 2 {
		t.Errorf("%d restarts", n)
	}
}

// TestReissuedReply: another certificate for the same key is told from the one that was taken, and is taken as long as that
// one is not installed.
func TestReissuedReply(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until("install")
	same, err := p.signed()
	if err != nil {
		t.Fatal(err)
	}
	if r := reply.ReissueOf(p.runner.Plan(), same); len(r.Differs)+len(r.Installed) > 0 {
		t.Errorf("the same files: %+v", r)
	}
	l.cluster.CA().Behave(sim.NoClientAuth)
	other, err := p.signed()
	if err != nil {
		t.Fatal(err)
	}
	if r := reply.ReissueOf(p.runner.Plan(), other); len(r.Differs) != 3 || len(r.Installed) > 0 {
		t.Errorf("before the upload: %+v", r)
	}
	l.answers("set cert import own", strangeWords, false)
	_ = p.runner.Run(p.ctx, "install")
	l.cluster.Hook(nil)
	if err := p.runner.OtherReply(); err != nil {
		t.Fatal(err)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	if r := reply.ReissueOf(p.runner.Plan(), same); len(r.Installed) != 3 || len(r.Differs) > 0 {
		t.Errorf("after the upload: %+v", r)
	}
}

// fragments of what nodes say: real answers, refusals, warnings, and nonsense.
func fragments() []string {
	return []string{"Successfully imported certificate for tomcat.", "Successfully Generated CSR for tomcat.", "Successfully Regenerated Certificate for tomcat.",
		"Please restart services related to tomcat for the new certificate to become active.", "CSR SAN and Certificate SAN does not match",
		"CSR public key and certificate public key do not match", "CA certificate is not available in the trust-store", "Executed command unsuccessfully",
		"No valid command entered", "*** W A R N I N G ***", "replication unable to complete", "Warning: error: failed to notify the peer",
		"Appliance is being Restarted ...", "The system is going down for reboot NOW!", "An upgrade is in progress", "Enter (yes/no)? ", "Command successful.", strangeWords, "\x1b[2J\xff\x00admin", "admin:", ""}
}

// TestWordAgreesWithNode: whatever a node says, cut at any place, and whether or not it did what it was told: the program's
// word for the node agrees with what the node holds.
func TestWordAgreesWithNode(t *testing.T) {
	t.Parallel()
	seldom(t, 6)
	rapid.Check(t, func(rt *rapid.T) {
		rows := []struct{ step, line string }{{"csr", "set csr gen"}, {"root", "set cert import trust"}, {"install", "set cert import own"}, {"restart", "utils system restart"}}
		row := rows[rapid.IntRange(0, len(rows)-1).Draw(rt, "row")]
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments()), 1, 5).Draw(rt, "words"), "\n")
		text = text[:rapid.IntRange(0, len(text)).Draw(rt, "cut")] + " ."
		done, cut := rapid.Bool().Draw(rt, "done"), rapid.Bool().Draw(rt, "line lost")
		t.Run(row.step, func(t *testing.T) {
			l := newLab(t)
			p := l.start()
			defer p.end()
			p.until(row.step)
			s := l.answers(row.line, text, done)
			l.cluster.Hook(func(e sim.Event) sim.Verdict {
				if e.Node != first || !strings.HasPrefix(e.Line, row.line) {
					return sim.Go
				}
				if e.Moment == sim.After && cut {
					return sim.CutHalf
				}
				return s.hook(e)
			})
			before := l.holds(t, row.step)
			_ = p.confirm()
			l.cluster.Hook(nil)
			changed := l.holds(t, row.step) != before
			v := p.task(row.step, first)
			switch {
			case v.State == plan.Done && !changed, v.State == plan.Failed && changed:
				t.Errorf("%q, done %v, cut %v: the word is %s (%+v), and the node was changed: %v", text, done, cut, v.State, v.Trouble, changed)
			case v.State == plan.Running:
				t.Errorf("%q: it is still running", text)
			}
		})
		if t.Failed() {
			rt.FailNow()
		}
	})
}

// holds counts what a row changes on the first node.
func (l *lab) holds(t *testing.T, step string) int {
	c := l.cluster.Counts()[first]
	n, ok := map[string]int{"csr": c.CSRs, "root": len(c.TrustUploads), "install": c.OwnUploads, "restart": c.Restarts}[step]
	if !ok {
		t.Fatal(step)
	}
	return n
}

// seldom has rapid draw fewer cases than usual where no number was asked for.
func seldom(t *testing.T, n int) {
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		if err := flag.Set("rapid.checks", strconv.Itoa(n)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestChangedSince: a certificate, host name or domain that a person changed since the node was read stops the change before
// the node is changed again.
func TestChangedSince(t *testing.T) {
	t.Parallel()
	for _, c := range firsts(2, []struct {
		step string
		deed sim.Action
		says string
	}{
		{"csr", sim.Action{Do: sim.ActRegenerate}, "certificate tomcat"},
		{"csr", sim.Action{Do: sim.ActRename, Name: "other.example"}, "uccx1.other.example"},
		{"install", sim.Action{Do: sim.ActRename, Name: "other.example"}, "uccx1.other.example"},
		{plan.StepByPage, sim.Action{Do: sim.ActRename, Name: "other.example"}, "uccx1.other.example"}, // one certificate for both
		{"restart", sim.Action{Do: sim.ActRename, Name: "other.example"}, "uccx1.other.example"},
	}) {
		t.Run(c.step+" "+string(c.deed.Do), func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			if c.step == plan.StepByPage {
				l = labOf(t, sim.Options{Profile: sim.Profile15})
				l.adapt = func(c *change.Change) { c.MultiServer = true }
			}
			l.says = map[string]string{plan.AskChanged: "again"}
			p := l.start()
			defer p.end()
			p.until(c.step)
			c.deed.On = []string{"uccx1"}
			l.does(c.deed)
			before := l.cluster.Counts()[first]
			var asked *plan.Asked
			for range 10 {
				next := p.runner.Plan().Next()
				if next.Question != nil && next.Question.Question.ID == plan.AskChanged {
					asked = next.Question
					break
				}
				if err := p.do(next); err != nil {
					t.Fatal(err)
				}
			}
			if asked == nil || asked.Task.Node != first || !strings.Contains(strings.Join(msg.Strings(asked.Question.Lines), " "), c.says) {
				t.Fatalf("asked %+v", asked)
			}
			after := l.cluster.Counts()[first]
			if after.CSRs != before.CSRs || after.OwnUploads != before.OwnUploads || after.Restarts != before.Restarts {
				t.Errorf("changed all the same: %+v", after)
			}
			if err := p.runner.Answer(*asked, "yes"); err != nil {
				t.Fatal(err)
			}
			if err := p.runner.Run(p.ctx, c.step); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestLoginRefusedOnTheWay: what goes wrong after a command went out, a refused login too, leaves the node unsure: it is never
// said to be unchanged, and nothing is ordered a second time.
func TestLoginRefusedOnTheWay(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until("restart")
	node := p.runner.Plan().Next().Row.Tasks[0].Task.Node
	right := l.logins
	p.end()
	wrong := atomic.Bool{}
	l.logins = func(n vos.Node) (vos.Login, bool) {
		login, ok := right(n)
		if wrong.Load() {
			login.Password = vos.NewSecret("not the password")
		}
		return login, ok
	}
	p = l.start()
	defer p.end()
	l.cluster.Hook(func(e sim.Event) sim.Verdict {
		if strings.HasPrefix(e.Line, "utils system restart") {
			wrong.Store(true)
		}
		return sim.Go
	})
	_ = p.confirm()
	l.cluster.Hook(nil)
	if v := p.task("restart", node); v.State != plan.Unsure || strings.Contains(v.Trouble.Means.String(), "unchanged") {
		t.Fatalf("%s: %+v", v.State, v.Trouble)
	}
	wrong.Store(false)
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	if n := l.cluster.Counts()[node].Restarts; n != 1 {
		t.Errorf("%d restarts", n)
	}
}

// TestOwnChangesAreNoAlarm: a certificate that this change has regenerated is not taken for one that another person gave the node,
// once the CA's is loaded: on every path that regenerates before it asks a CA.
func TestOwnChangesAreNoAlarm(t *testing.T) {
	long(t)
	t.Parallel()
	for _, c := range courses() {
		if !slices.Contains(some("first deployment", "domain", "expired"), c.name) {
			continue
		}
		p := c.start(t).start()
		if err := p.play(); err != nil {
			t.Fatal(err)
		}
		for _, d := range p.runner.Plan().Decisions() {
			if d.ID == plan.AskChanged {
				t.Errorf("%s: %+v", c.name, d)
			}
		}
		p.end()
	}
}
