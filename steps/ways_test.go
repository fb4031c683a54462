package steps_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

// people do errands: each at the prompts of the lab, in a window of their own.
type people struct {
	mu    sync.Mutex
	at    map[string]*vostest.Typist
	done  int
	goes  sync.WaitGroup
	stays func(engine.ManualTask) bool // leaves an errand undone
}

// heard is what a program tells of: errands are done beside it, as people do them.
func (p *program) heard(e engine.Event) {
	if row := p.row.Load(); e.Progress != nil && row != nil && e.Progress.Task.Step != *row {
		p.lab.t.Errorf("while %s is played, %q is told of %s", *row, e.Progress.Text, e.Progress.Task.Step)
	}
	if e.Errand == nil || e.Errand.Over || p.people.stays != nil && p.people.stays(*e.Errand) {
		return
	}
	p.people.goes.Go(func() { p.people.do(p, *e.Errand) })
}

func (w *people) do(p *program, e engine.ManualTask) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.at == nil {
		w.at = map[string]*vostest.Typist{}
	}
	one := w.at[e.Node]
	if one == nil {
		n, _ := p.lab.cluster.Solution().Node(e.Node)
		one = &vostest.Typist{Addr: n.Dial(vos.PortSSH), Login: p.lab.cluster.Login()}
		w.at[e.Node] = one
	}
	text, err := one.Do(p.ctx, e.Dialogue)
	w.done++
	if err != nil {
		text = "" // the window is gone: who can say what it did?
	}
	p.runner.HandIn(e.ID, text)
}

func (w *people) close() {
	w.goes.Wait()
	for _, one := range w.at {
		one.Close()
	}
}

// mixed is a lab whose nodes are entered each on another way.
func mixed(t *testing.T) *lab {
	top := sim.Pairs(1)
	top.Clusters[0].Nodes = map[string]sim.NodeSpec{"uccx2": {Quirks: []sim.Quirk{sim.QuirkREST}}}
	top.Clusters[1].Nodes = map[string]sim.NodeSpec{"ccp": {Quirks: []sim.Quirk{sim.QuirkREST}}}
	l := labOf(t, sim.Options{Topology: &top})
	l.adapt = func(c *change.Change) {
		for i := range c.Solution.Clusters {
			for j := range c.Solution.Clusters[i].Nodes {
				n := &c.Solution.Clusters[i].Nodes[j]
				n.Connection = map[string]vos.Connection{"uccx1": vos.ConnectionManual, "uccx2": vos.ConnectionREST, "ccp": vos.ConnectionRESTManual}[n.Short()]
			}
		}
	}
	return l
}

// TestMixedWays: one node by hand, one by REST and SSH, one by REST and by hand; the whole path, once of everything.
func TestMixedWays(t *testing.T) {
	long(t)
	t.Parallel()
	l := mixed(t)
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.onceEach()
	l.proven()
	if p.people.done < 20 {
		t.Errorf("only %d errands were done", p.people.done)
	}
}

// TestStopAnywhereMixed: the line, the request or the person's window is cut at each moment of every command of the whole path:
// the long form. TestStopAnywhereMixedKilled does so at one moment of each command.
func TestStopAnywhereMixed(t *testing.T) {
	long(t)
	if !*everywhere {
		t.Skip("left out without -everywhere")
	}
	t.Parallel()
	stopAnywhereOn(t, courses()[0], mixed(t), &saboteur{cuts: true, each: true})
}

// TestStopAnywhereMixedKilled: the same at one moment of each command, the moments in turn, and every second time the program is
// killed with it; the long form kills it at each moment.
func TestStopAnywhereMixedKilled(t *testing.T) {
	long(t)
	t.Parallel()
	stopAnywhereOn(t, courses()[0], mixed(t), &saboteur{kills: *everywhere, each: *everywhere})
}

// TestChangeOfWay: a node goes on by another way in the middle, as the journal says, also after a resume: the CSR is made
// the one way, and the certificate uploaded the other.
func TestChangeOfWay(t *testing.T) {
	t.Parallel()
	for i, c := range []struct{ from, to vos.Connection }{
		{vos.ConnectionSSH, vos.ConnectionManual}, {vos.ConnectionManual, vos.ConnectionSSH}, {vos.ConnectionREST, vos.ConnectionManual}, {vos.ConnectionManual, vos.ConnectionREST},
		{vos.ConnectionSSH, vos.ConnectionREST}, {vos.ConnectionREST, vos.ConnectionSSH},
	} {
		if testing.Short() && i > 0 {
			break
		}
		t.Run(string(c.from)+" to "+string(c.to), func(t *testing.T) {
			t.Parallel()
			changeWay(t, c.from, c.to)
		})
	}
}

func changeWay(t *testing.T, from, to vos.Connection) {
	const node = "uccx1.lab.example"
	top := sim.Pairs(1)
	top.Clusters[0].Nodes = map[string]sim.NodeSpec{"uccx1": {Quirks: []sim.Quirk{sim.QuirkREST}}}
	l := labOf(t, sim.Options{Topology: &top})
	l.adapt = func(c *change.Change) { c.Solution.Clusters[0].Nodes[0].Connection = from }
	asked := l.requests(node)
	p := l.start()
	for p.runner.Plan().Next().Row.Step.ID != "install" {
		if err := p.do(p.runner.Plan().Next()); err != nil {
			t.Fatal(err)
		}
	}
	byHand, byAPI := p.people.done, asked.Load()
	if err := p.runner.Choose(node, "carrier pigeon"); err == nil {
		t.Error("a way that is none was written down")
	}
	if err := p.runner.Choose(node, to); err != nil {
		t.Fatal(err)
	}
	p.end()
	if (byHand > 0) != (from == vos.ConnectionManual) || (byAPI > 0) != (from == vos.ConnectionREST) {
		t.Errorf("the CSR: %d errands, %d requests", byHand, byAPI)
	}
	p = l.start()
	defer p.end()
	if n, _ := p.runner.Plan().Node(node); n.Connection != to {
		t.Fatalf("the way is %q", n.Connection)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	if (p.people.done > 0) != (to == vos.ConnectionManual) || (asked.Load() > byAPI) != (to == vos.ConnectionREST) {
		t.Errorf("the certificate: %d errands, %d requests", p.people.done, asked.Load()-byAPI)
	}
	l.onceEach()
	l.proven()
}

// TestRefusedInTheMiddle: an account that an API refuses in the middle of the work, because its password was changed or it
// was locked, is counted like a refused login: it is asked for again, and not tried a third time by itself.
func TestRefusedInTheMiddle(t *testing.T) {
	t.Parallel()
	const node = "uccx1.lab.example"
	top := sim.Pairs(1)
	top.Clusters[0].Nodes = map[string]sim.NodeSpec{"uccx1": {Quirks: []sim.Quirk{sim.QuirkREST}}}
	l := labOf(t, sim.Options{Topology: &top})
	l.adapt = func(c *change.Change) { c.Solution.Clusters[0].Nodes[0].Connection = vos.ConnectionREST }
	p := l.start()
	defer p.end()
	for p.runner.Plan().Next().Row.Step.ID != "csr" {
		if err := p.do(p.runner.Plan().Next()); err != nil {
			t.Fatal(err)
		}
	}
	n, _ := p.runner.Plan().Node(node)
	for range 3 { // another person locks the account
		_, _ = dialer().Dial(t.Context(), vos.Node{FQDN: node, Address: n.Address, Ports: n.Ports}, vos.Access{CheckKey: func(vos.HostKey) error { return nil },
			Login: vos.Login{User: l.cluster.Login().User, Password: vos.NewSecret("wrong")}})
	}
	before := l.cluster.Counts()[node].FailedLogins
	for range 5 {
		_ = p.runner.Run(p.ctx, "csr")
	}
	if got := l.cluster.Counts()[node].FailedLogins - before; got != 2 || p.runner.Plan().Refusals(node) != 2 {
		t.Errorf("%d refused tries, %d counted, want 2", got, p.runner.Plan().Refusals(node))
	}
	if q := p.runner.Plan().Next().Question; q == nil || q.Question.ID != "lockout" {
		t.Errorf("a third try needs a person's word: %+v", q)
	}
}

// requests counts what a node's API is asked to change.
func (l *lab) requests(fqdn string) *atomic.Int32 {
	var n atomic.Int32
	l.cluster.Hook(func(e sim.Event) sim.Verdict {
		if e.Node == fqdn && e.Moment == sim.Before && strings.HasPrefix(e.Line, "POST ") {
			n.Add(1)
		}
		return sim.Go
	})
	return &n
}

// TestErrandEnds: a stopped row takes its errand along: a look is as if it had not been, a change is unsure, and what a
// person did not do is as before. What comes too late is not taken.
func TestErrandEnds(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.adapt = func(c *change.Change) { c.Solution.Clusters[1].Nodes[0].Connection = vos.ConnectionManual }
	p := l.start()
	defer p.end()
	waits := make(chan engine.ManualTask, 10)
	on := "show status"
	p.people.stays = func(e engine.ManualTask) bool {
		if strings.HasPrefix(e.Dialogue.Line, on) {
			waits <- e
			return true
		}
		return false
	}
	state := func(step string) plan.State {
		v, _ := p.runner.Plan().Task(plan.Task{Step: step, Node: "ccp.lab.example"})
		return v.State
	}
	to := func(step string) {
		for p.runner.Plan().Next().Row.Step.ID != step {
			if err := p.do(p.runner.Plan().Next()); err != nil {
				t.Fatal(err)
			}
		}
	}
	to("survey")
	go func() {
		e := <-waits
		p.cancel()
		waits <- e
	}()
	if err := p.runner.Run(p.ctx, "survey"); err == nil || state("survey") != plan.Failed {
		t.Errorf("%v, %v", err, state("survey"))
	}
	if p.runner.HandIn((<-waits).ID, "late") {
		t.Error("what came too late was taken")
	}
	p.end()
	p = l.start()
	defer p.end()
	on = "set csr gen"
	p.people.stays = func(e engine.ManualTask) bool {
		if strings.HasPrefix(e.Dialogue.Line, on) {
			waits <- e
			return true
		}
		return false
	}
	to("csr")
	go func() { p.runner.NotDone(<-waits) }()
	if err := p.runner.Run(p.ctx, "csr"); err == nil || state("csr") != plan.Failed {
		t.Errorf("%v, %v", err, state("csr"))
	}
	go func() { <-waits; p.cancel() }()
	if err := p.runner.Run(p.ctx, "csr"); err == nil || state("csr") != plan.Unsure {
		t.Errorf("%v, %v", err, state("csr"))
	}
	if n := l.cluster.Counts()["ccp.lab.example"].CSRs; n != 0 {
		t.Errorf("%d CSRs", n)
	}
	p.end()
	p = l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.onceEach()
}
