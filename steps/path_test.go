package steps_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/manual"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/rest"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// lab is a simulated cluster and the folder of sessions on it.
type lab struct {
	t       *testing.T
	cluster *sim.Cluster
	home    session.Home
	logins  func(vos.Node) (vos.Login, bool)
	probe   func(context.Context, vos.Node, int) (vos.Served, error) // nil: the real one

	dialer     vos.Dialer // nil: the real ones
	neighbours []vos.Node // of the solution, instead of the lab's
	path       string
	says       map[string]string    // question -> what is answered, instead of what all answer
	adapt      func(*change.Change) // nil: the change as it comes
	now        func() time.Time     // the technician's clock; nil: the real one
}

// labKeys are those of all labs of a test run: making new ones is the slowest thing that a lab does, and a node that makes one on a busy
// machine is slower than a program waits for it.
var labKeys certtest.Keys

func newLab(t *testing.T) *lab { return labOf(t, sim.Options{}) }

// labOf serves a lab that is made with these options, Path A before it.
func labOf(t *testing.T, o sim.Options) *lab {
	t.Helper()
	dir := t.TempDir()
	o.Dir, o.Seed, o.Keys = filepath.Join(dir, "lab"), time.Now().UnixNano(), labKeys.Source()
	c, err := sim.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	l := &lab{t: t, cluster: c, home: session.Home{Dir: filepath.Join(dir, "state")}, path: change.PathSigned}
	l.logins = func(vos.Node) (vos.Login, bool) { return c.Login(), true }
	return l
}

func (l *lab) change() change.Change {
	s := l.cluster.Solution()
	if l.neighbours != nil {
		s.Peers = l.neighbours
	}
	c := change.Change{Name: "test", Path: l.path, Unit: "tomcat", Solution: s, Program: "test", Plan: plan.Version}
	if l.adapt != nil {
		l.adapt(&c)
	}
	return c
}

// peace is how long a node is given to finish what a lost line had ordered. Where a path is struck a thousand times, machine and
// nodes are slow: a node that takes longer than it is given is asked for a second CSR (TestNothingTwiceAfterLateWork is about that).
func peace() time.Duration {
	if *everywhere {
		return 2 * time.Second
	}
	return 150 * time.Millisecond
}

// mortal is a session whose program can be killed: from then on nothing reaches the disk.
type mortal struct {
	*session.Session
	mu   sync.Mutex
	dead bool
}

var errKilled = errors.New("killed")

func (m *mortal) AppendAll(records []session.Record) ([]session.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return nil, errKilled
	}
	return m.Session.AppendAll(records)
}

func (m *mortal) kill() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.dead = true
}

// program is one life of the program: from opening the session to its end.
type program struct {
	lab    *lab
	runner *engine.Runner
	disk   *mortal
	paged  int // how often a person did something on a web page
	ctx    context.Context
	cancel context.CancelFunc
	people people
	row    atomic.Pointer[string] // the row that is played; nil: none by play
}

// start opens the session "test", or begins it.
func (l *lab) start() *program {
	l.t.Helper()
	s, err := l.home.Open("test")
	fresh := err != nil
	if fresh {
		if s, err = l.home.Create("test"); err != nil {
			l.t.Fatal(err)
		}
		if _, err := s.Append(plan.KindOpened, "", "", l.change()); err != nil {
			l.t.Fatal(err)
		}
	}
	entries, err := l.home.Read("test")
	if err != nil {
		l.t.Fatal(err)
	}
	p := &program{lab: l, disk: &mortal{Session: s}}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	outside := world.World{Dialer: dialer(), Login: l.logins, Legacy: func(vos.Node) bool { return true }, Probe: l.probe, Program: "test", Now: l.now,
		Pace: world.Pace{Poll: 20 * time.Millisecond, Settle: peace(), Restart: time.Minute}}
	if l.dialer != nil {
		outside.Dialer = l.dialer
	}
	if p.runner, err = steps.NewRunner(entries, p.disk, outside, p.heard); err != nil {
		l.t.Fatal(err)
	}
	if !fresh {
		if err := p.runner.Resume(); err != nil {
			l.t.Fatal(err)
		}
	}
	return p
}

// end is the end of this life, in order or not.
func (p *program) end() {
	p.cancel()
	p.people.close()
	_ = p.runner.Close()
	_ = p.disk.Close()
}

// kill is kill -9: whatever was not on disk never happened.
func (p *program) kill() {
	p.disk.kill()
	p.cancel()
}

func (p *program) killed() bool {
	p.disk.mu.Lock()
	defer p.disk.mu.Unlock()
	return p.disk.dead
}

// play does what is next until nothing is left, the program is killed, or nothing moves any more. Whatever fails is tried again,
// as by a person who does not give up.
func (p *program) play() error {
	tries, entries := 0, -1
	again := func(err error) error {
		if tries++; tries < 60 {
			return nil
		}
		return fmt.Errorf("too many tries: %w", err)
	}
	player := play.Player{Runner: p.runner, Hooks: play.Hooks{
		Before: func(next plan.Next) error {
			now, _, _ := p.runner.Plan().Entries()
			if now == entries && !p.killed() {
				if err := again(fmt.Errorf("%s: nothing moves", next.Row.Step.ID)); err != nil {
					return err
				}
			}
			entries = now
			p.row.Store(&next.Row.Step.ID)
			return nil
		},
		Answer: func(_ context.Context, q plan.Asked) error {
			if err := p.answer(q); err != nil {
				return again(err)
			}
			return nil
		},
		Consent: func(plan.Next) error { return nil },
		Stuck:   func(_ plan.Row, err error) (bool, error) { return true, again(err) },
	}}
	err := player.Play(p.ctx)
	p.row.Store(nil)
	if p.killed() {
		return nil
	}
	return err
}

// do answers what is asked, or works on the row.
func (p *program) do(next plan.Next) error {
	if next.Question != nil {
		return p.answer(*next.Question)
	}
	return p.runner.Run(p.ctx, next.Row.Step.ID)
}

// answer says what a technician in the lab would.
func (p *program) answer(q plan.Asked) error {
	switch q.Question.Kind {
	case plan.NodeName:
		return p.runner.Answer(q, q.Task.Node)
	case plan.Files:
		files, err := p.signed()
		if err != nil {
			return err
		}
		verdict, err := intake.TakeReply(p.runner, files)
		if err == nil && !verdict.OK() {
			err = fmt.Errorf("the reply is not taken: %+v", verdict.Findings)
		}
		return err
	}
	value := q.Question.Options[len(q.Question.Options)-1].Value
	for _, o := range q.Question.Options {
		if o.Value == "yes" || o.Value == "use" || o.Value == "sign" {
			value = o.Value
		}
	}
	if said, ok := p.lab.says[q.Question.ID]; ok {
		value = said
	}
	if q.Question.ID == plan.AskRestarted && q.Task.Step == plan.StepEngine && p.lab.cluster.Counts()[q.Task.Node].Services[plan.ServiceEngine].Times == 0 {
		value = "no" // the engine's log says so
	}
	if err := p.hands(q); err != nil {
		return err
	}
	return p.runner.Answer(q, value)
}

// onceEach fails unless the nodes were given exactly one of everything.
func (l *lab) onceEach() {
	l.t.Helper()
	for fqdn, c := range l.cluster.Counts() {
		n, _ := l.cluster.Solution().Node(fqdn)
		if c.CSRs != 1 || c.OwnUploads != 1 || c.Restarts != 1 || c.FailedLogins != 0 {
			l.t.Errorf("%s: %d CSRs, %d installs, %d restarts, %d refused logins; want 1, 1, 1, 0", fqdn, c.CSRs, c.OwnUploads, c.Restarts, c.FailedLogins)
		}
		want := 2 // root and issuing CA
		if !n.TakesTrust() {
			want = 0 // replicated
		}
		if len(c.TrustUploads) != want {
			l.t.Errorf("%s: %d CA certificates uploaded, want %d", fqdn, len(c.TrustUploads), want)
		}
		for print, times := range c.TrustUploads {
			if times != 1 {
				l.t.Errorf("%s: %.11s… uploaded %d times", fqdn, print, times)
			}
		}
	}
}

// proven fails unless every port of every node serves a certificate of the lab's CA, issued for that node.
func (l *lab) proven() { l.serving(func(vos.Node) bool { return true }) }

// serving fails unless every port of every node serves a certificate for that node: one of a CA, or a self-signed one.
func (l *lab) serving(signed func(vos.Node) bool) {
	l.t.Helper()
	for _, n := range l.cluster.Solution().Nodes() {
		facts, _ := vos.Lookup(n.Product, n.Release)
		for _, p := range facts.Ports {
			got, err := vos.Probe(context.Background(), n, p.Number)
			if p.Rare() && err != nil {
				continue
			}
			if err != nil {
				l.t.Errorf("%s %d: %v", n.FQDN, p.Number, err)
				continue
			}
			if l.says[plan.AskECDSA] == "leave" && got.Leaf.Subject.CommonName == n.Short()+"-EC.lab.example" {
				continue // some addresses prefer it: that was known (EC-4)
			}
			kind := cert.SelfSigned
			if signed(n) {
				kind = cert.Application
			}
			if cert.Classify(got.Leaf) != kind || got.Leaf.VerifyHostname(n.FQDN) != nil || signed(n) && len(got.Chain) == 0 {
				l.t.Errorf("%s %d: serves %s with %d more", n.FQDN, p.Number, cert.Name(got.Leaf), len(got.Chain))
			}
		}
	}
}

// finished fails unless the journal on disk says that all is proven.
func (l *lab) finished() *plan.Plan {
	l.t.Helper()
	entries, err := l.home.Read("test")
	if err != nil {
		l.t.Fatal(err)
	}
	p, err := steps.Fold(entries)
	if err != nil {
		l.t.Fatal(err)
	}
	want := standing.Proven
	if l.path == change.PathSigned && l.says[plan.AskECDSA] == "leave" {
		want = standing.Owed // a self-signed tomcat-ECDSA beside a signed tomcat breaks Live Data (EC-4)
	}
	if standing.OutcomeOf(p) != want {
		l.t.Errorf("outcome %s, step %q", standing.OutcomeOf(p), p.Next().Row.Step.ID)
	}
	return p
}

// TestPath walks the whole of Path A over real SSH and TLS.
func TestPath(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
	l.onceEach()
	l.proven()
}

func dialer() vos.Dialer {
	return vos.Dialers{SSH: ssh.New(ssh.Options{Lab: true}), REST: rest.New(rest.Options{}), Manual: manual.New()}
}

// deaf is a prober to whom some ports never answer.
func deaf(ports ...int) func(context.Context, vos.Node, int) (vos.Served, error) {
	return func(ctx context.Context, n vos.Node, port int) (vos.Served, error) {
		if slices.Contains(ports, port) {
			return vos.Served{}, &vos.Error{Class: vos.ErrUnreachable, Node: n.FQDN, What: msg.T("connection refused"), Code: vos.CodeShut}
		}
		return vos.Probe(ctx, n, port)
	}
}

// TestDeafPort: a port that did not answer before the change is a finding, and does not hold the change up for ever.
func TestDeafPort(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	l.probe = deaf(12015)
	p := l.start()
	defer p.end()
	asked := false
	for next := p.runner.Plan().Next(); !next.Finished && next.Row.Step.ID != "csr"; next = p.runner.Plan().Next() {
		if next.Question == nil {
			if err := p.runner.Run(p.ctx, next.Row.Step.ID); err != nil {
				t.Fatal(err)
			}
			continue
		}
		asked = asked || next.Question.Question.ID == plan.AskFindings
		if err := p.answer(*next.Question); err != nil {
			t.Fatal(err)
		}
	}
	if !asked {
		t.Error("no one was asked about the port")
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
	l.onceEach()
}
