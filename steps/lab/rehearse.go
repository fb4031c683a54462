package lab

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/steps/rehearsal"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Opened is a session on simulated nodes that was opened for a rehearsal.
type Opened struct {
	Runner   *engine.Runner
	Events   *engine.EventQueue
	Services *practice.Services
	Close    func() error
}

// Rehearsal is how a plan is played on simulated nodes.
type Rehearsal struct {
	Home    session.Home
	Session string                                                         // name of the session whose plan it is
	Program string                                                         // version
	Files   []cert.File                                                    // of the CA, which signs in the same way; none: see signerOf
	Learnt  timing.Durations                                               // how long rows take on this site
	Open    func(session.Home, *session.Session, *Cluster) (Opened, error) // opens the engine of a session on a cluster
}

// Rehearse plays a plan on simulated copies of its nodes, in a folder of their own that lives as long as the rehearsal, and
// says what came of it. The plan must have been surveyed (rehearsal.Unread), and must not be finished.
func (x Rehearsal) Rehearse(ctx context.Context, p *plan.Plan) (plan.Rehearsal, error) {
	all := fillings(p)
	by, found := x.signer(p, all)
	s, err := x.stage(p, all, by)
	if err != nil {
		return plan.Rehearsal{}, err
	}
	r, err := s.play(ctx, p, x.Learnt)
	if err = errors.Join(err, s.end()); err != nil {
		return plan.Rehearsal{}, err
	}
	r.Trouble, r.CA, r.Program, r.At = slices.Concat(found, namesakes(all, by.cas), r.Trouble), by.who, x.Program, time.Now()
	return r, nil
}

// signer judges the CA's files, where there are any. Faulty ones are trouble; what follows is rehearsed without them.
func (x Rehearsal) signer(p *plan.Plan, all map[string]sim.Snapshot) (signer, []plan.Finding) {
	if len(x.Files) == 0 {
		return signerOf(p, all, time.Now()), nil
	}
	v := reply.Verdict(p, x.Files, time.Now())
	if !v.OK() {
		return signerOf(p, all, time.Now()), rehearsal.Misjudged(v)
	}
	return signerAfter(v), nil
}

// rehearsalLab is where a rehearsal is played: simulated nodes, and a session of their own.
type rehearsalLab struct {
	dir    string
	events *engine.EventQueue
	close  func() error
	asked  []msg.Text
	*Technician
}

// stage makes the simulated nodes and a session on them.
func (x Rehearsal) stage(p *plan.Plan, all map[string]sim.Snapshot, by signer) (*rehearsalLab, error) {
	dir := filepath.Join(x.Home.Dir, "rehearsals", x.Session)
	if err := regular.RemoveAll(dir); err != nil { // of one that was killed
		return nil, msg.Errorf("The rehearsal needs this folder: %w. Nothing was done.", err)
	}
	topology := topologyOf(p)
	c, err := sim.Start(sim.Options{Dir: filepath.Join(dir, "lab"), Seed: 1, Topology: &topology, Fill: all})
	if err != nil {
		return nil, errors.Join(msg.Errorf("These nodes cannot be simulated: %w. Nothing was done.", err), regular.RemoveAll(dir))
	}
	for _, f := range all {
		if f.Own["tomcat-ECDSA"] != nil { // a CA that can do it at all signs it with an EC key (EC-2)
			c.CA().Behave(sim.ECToo)
		}
	}
	s, o, err := x.open(session.Home{Dir: dir}, p, &Cluster{Cluster: c})
	if err != nil {
		return nil, errors.Join(err, c.Close(), regular.RemoveAll(dir))
	}
	o.Services.Try = nil // clones have no agents: what people see after the change is not rehearsed
	sign, outbox := o.Services.Sign, filepath.Join(s.Dir(), plan.Outbox)
	o.Services.Sign = func(ctx context.Context) (string, error) {
		to := filepath.Join(dir, "reply")
		if by.models != nil && reply.ChainMissing(o.Runner.Plan()) == "" {
			if ok, err := c.SignLike(ctx, outbox, to, by.models, by.cas); ok || err != nil {
				return to, err
			}
		}
		return sign(ctx)
	}
	return &rehearsalLab{dir: dir, events: o.Events, close: o.Close, Technician: &Technician{Services: o.Services, Runner: o.Runner}}, nil
}

// open opens the session of a rehearsal: the same change, dialled at the simulated nodes.
func (x Rehearsal) open(home session.Home, p *plan.Plan, c *Cluster) (*session.Session, Opened, error) {
	s, err := home.Create("rehearsal")
	if err != nil {
		return nil, Opened{}, err
	}
	if _, err := s.Append(plan.KindOpened, "", "", rehearsedChange(p.Change(), c.Solution())); err != nil {
		return nil, Opened{}, errors.Join(err, s.Close())
	}
	o, err := x.Open(home, s, c)
	if err != nil {
		return nil, Opened{}, errors.Join(err, s.Close())
	}
	return s, o, nil
}

// rehearsedChange is the change with its nodes where the simulated ones are. They are spoken to over SSH, whatever the way.
func rehearsedChange(c change.Change, at vos.Solution) change.Change {
	move := func(n, to vos.Node) vos.Node {
		n.Address, n.Ports, n.Connection = to.Address, to.Ports, vos.ConnectionSSH
		return n
	}
	was := c.Solution
	c.Solution.Clusters, c.Solution.Peers, c.Solution.Targets = nil, nil, nil
	for _, one := range was.Clusters {
		nodes := slices.Clone(one.Nodes)
		for i, n := range nodes {
			to, _ := at.Node(n.FQDN)
			nodes[i] = move(n, to)
		}
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: nodes})
	}
	for i, n := range was.Peers {
		c.Solution.Peers = append(c.Solution.Peers, move(n, at.Peers[i]))
	}
	for i, x := range was.Targets {
		x.Dial = at.Targets[i].Dial
		c.Solution.Targets = append(c.Solution.Targets, x)
	}
	c.Known, c.Lab = nil, &change.Lab{}
	return c
}

// play plays the plan to its end, or to what goes wrong.
func (s *rehearsalLab) play(ctx context.Context, on *plan.Plan, learnt timing.Durations) (plan.Rehearsal, error) {
	hooks := s.Hooks()
	hooks.Answer = (&play.Answers{Runner: s.Runner, By: s, Replies: Replies}).Answer
	err := (&play.Player{Runner: s.Runner, Events: s.events, Hooks: hooks}).Play(ctx)
	if ctx.Err() != nil {
		return plan.Rehearsal{}, errors.New("Rehearsal interrupted. Nothing was recorded and no node was touched.")
	}
	played := s.Runner.Plan()
	r := rehearsal.Rehearsed(on, played, learnt, time.Now())
	if next := played.Next(); !next.Finished && !r.Fails() {
		r.Trouble = append(r.Trouble, stuck(next, err))
	}
	r.Asks = s.asked
	return r, nil
}

// stuck says at which row a rehearsal ended before its end, and why.
func stuck(next plan.Next, err error) plan.Finding {
	what := msg.T("the plan stops at this step: %s", next.Row.Step.Title)
	if err != nil {
		what = msg.T("%s: %s", what, cert.Printable(err.Error()))
	}
	return plan.Finding{Severity: "fault", What: what}
}

// Answer answers as a careful technician would, and notes what was asked. The host keys of simulated nodes are no matter.
func (s *rehearsalLab) Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (string, []string, error) {
	if q.Question.Key == nil {
		text := q.Question.Text
		if q.Task.Node != "" && len(text.Args) == 0 {
			text = msg.T("%s: %s", q.Task.Node, text)
		}
		if !slices.ContainsFunc(s.asked, func(other msg.Text) bool { return other.String() == text.String() }) {
			s.asked = append(s.asked, text)
		}
	}
	return s.Technician.Answer(ctx, q, p)
}

// end closes the simulated nodes, and leaves nothing of them.
func (s *rehearsalLab) end() error { return errors.Join(s.close(), regular.RemoveAll(s.dir)) }
