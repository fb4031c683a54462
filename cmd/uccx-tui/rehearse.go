package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/rehearsal"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

func (d *door) rehearseCommand() *cobra.Command {
	var reply []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "rehearse SESSION",
		Short: "Dry-run the plan on simulated copies of the nodes",
		Long: "Copies what was read from the nodes to simulated nodes, runs the whole plan on them, and shows how " +
			"long the steps take, what will be\nasked and what would fail. Before the first change, the real " +
			"nodes are read again and differences are reported (docs/rehearsal.md).",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(c, errors.New("rehearse needs a session name. List sessions with: uccx-tui sessions"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			w, err := d.open(args[0])
			if err != nil {
				return err
			}
			r, err := d.rehearse(w, reply)
			switch {
			case err != nil:
			case asJSON:
				err = json.NewEncoder(print.JSON{To: c.OutOrStdout()}).Encode(rehearsedOf(r))
			default:
				_, err = io.WriteString(c.OutOrStdout(), rehearsalText(w.Runner.Plan(), r))
			}
			if err == nil && r.Fails() {
				err = &exit{code: exitRefused}
			}
			return errors.Join(err, w.Close())
		},
	}
	c.Flags().StringArrayVar(&reply, "reply", nil, "file or folder of the CA's reply; it is checked, and the simulated CA replies in the same way")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	d.takeOverFlag(c)
	return c
}

// rehearse plays the plan of an open session on simulated nodes, and writes down what came of it.
func (d *door) rehearse(w *app.Work, reply []string) (plan.Rehearsal, error) {
	ctx, cancel := d.context()
	defer cancel()
	p := w.Runner.Plan()
	if unread := rehearsal.Unread(p); len(unread) > 0 {
		return plan.Rehearsal{}, &exit{exitOpen, fmt.Errorf("%s: not read yet. Nothing was done. Run the first two steps of the plan; they log in, read, and "+
			"change nothing.",
			strings.Join(unread, ", "))}
	}
	if p.Next().Finished {
		return plan.Rehearsal{}, &exit{exitUsage, fmt.Errorf("Session %s is finished. There is nothing to rehearse.", w.Name)}
	}
	all := fillings(p)
	by, found, err := d.signerFor(p, all, reply)
	if err != nil {
		return plan.Rehearsal{}, err
	}
	stage, err := d.stage(p, w.Name, all, by)
	if err != nil {
		return plan.Rehearsal{}, err
	}
	r, err := stage.play(ctx, p, d.learn())
	if err = errors.Join(err, stage.end()); err != nil {
		return plan.Rehearsal{}, err
	}
	r.Trouble, r.CA, r.Program, r.At = slices.Concat(found, namesakes(all, by.cas), r.Trouble), by.who, programVersion(), time.Now()
	return r, w.Runner.Rehearsed(r)
}

// signerFor judges the CA's files, where there are any. Faulty ones are trouble; what follows is rehearsed without them.
func (d *door) signerFor(p *plan.Plan, all map[string]sim.Filling, r []string) (signer, []plan.Finding, error) {
	if len(r) == 0 {
		return signerOf(p, all, time.Now()), nil, nil
	}
	if len(reply.Requests(p)) == 0 {
		return signer{}, nil, &exit{exitUsage, errors.New("--reply: no CSR of this session is waiting for the CA. Nothing was done.")}
	}
	files, err := read.Files(r)
	if err != nil {
		return signer{}, nil, &exit{exitUsage, err}
	}
	v := reply.Verdict(p, files, time.Now())
	if !v.OK() {
		return signerOf(p, all, time.Now()), rehearsal.Misjudged(v), nil
	}
	return signerAfter(v), nil, nil
}

// stage is where a rehearsal is played: simulated nodes, and a session of their own.
type stage struct {
	dir   string
	work  *app.Work
	asked []string
	*lab.Technician
}

// stage makes the simulated nodes and a session on them, in a folder of their own that lives as long as the rehearsal.
func (d *door) stage(p *plan.Plan, name string, all map[string]sim.Filling, by signer) (*stage, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(home.Dir, "rehearsals", name)
	if err := os.RemoveAll(dir); err != nil { // of one that was killed
		return nil, fmt.Errorf("The rehearsal needs this folder: %w. Nothing was done.", err)
	}
	topology := topologyOf(p)
	c, err := sim.Start(sim.Options{Dir: filepath.Join(dir, "lab"), Seed: 1, Topology: &topology, Fill: all})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("These nodes cannot be simulated: %w. Nothing was done.", err), os.RemoveAll(dir))
	}
	for _, f := range all {
		if f.Own["tomcat-ECDSA"] != nil { // a CA that can do it at all signs it with an EC key (EC-2)
			c.CA().Behave(sim.ECToo)
		}
	}
	cluster := &labCluster{Cluster: c}
	w, err := rehearsalWork(session.Home{Dir: dir}, p, cluster)
	if err != nil {
		return nil, errors.Join(err, cluster.Close(), os.RemoveAll(dir))
	}
	sign := w.Lab.Sign
	w.Lab.Sign = func(ctx context.Context) (string, error) {
		to := filepath.Join(dir, "reply")
		if by.models != nil && reply.ChainMissing(w.Runner.Plan()) == "" {
			if ok, err := c.SignLike(ctx, filepath.Join(w.Dir, plan.Outbox), to, by.models, by.cas); ok || err != nil {
				return to, err
			}
		}
		return sign(ctx)
	}
	return &stage{dir: dir, work: w, Technician: &lab.Technician{Services: w.Lab, Runner: w.Runner}}, nil
}

// rehearsalWork opens the session of a rehearsal: the same change, dialled at the simulated nodes.
func rehearsalWork(home session.Home, p *plan.Plan, cluster *labCluster) (*app.Work, error) {
	s, err := home.Create("rehearsal")
	if err != nil {
		return nil, err
	}
	c := rehearsedChange(p.Change(), cluster.Solution())
	if _, err := s.Append(plan.KindOpened, "", "", c); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	w, err := openEngine(home, s, plan.World{Dialer: ways(ssh.Options{Lab: true}), Program: programVersion()}, cluster)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return w, nil
}

// rehearsedChange is the change with its nodes where the simulated ones are. They are spoken to over SSH, whatever the way.
func rehearsedChange(c plan.Change, at vos.Solution) plan.Change {
	move := func(n, to vos.Node) vos.Node {
		n.Address, n.Ports, n.Connection = to.Address, to.Ports, vos.ConnectionSSH
		return n
	}
	was := c.Solution
	c.Solution.Clusters, c.Solution.Neighbours, c.Solution.Targets = nil, nil, nil
	for _, one := range was.Clusters {
		nodes := slices.Clone(one.Nodes)
		for i, n := range nodes {
			to, _ := at.Node(n.FQDN)
			nodes[i] = move(n, to)
		}
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: nodes})
	}
	for i, n := range was.Neighbours {
		c.Solution.Neighbours = append(c.Solution.Neighbours, move(n, at.Neighbours[i]))
	}
	for i, x := range was.Targets {
		x.Dial = at.Targets[i].Dial
		c.Solution.Targets = append(c.Solution.Targets, x)
	}
	c.Known, c.Lab = nil, &plan.Lab{}
	return c
}

// play plays the plan to its end, or to what goes wrong.
func (s *stage) play(ctx context.Context, on *plan.Plan, learnt timing.Durations) (plan.Rehearsal, error) {
	hooks := s.Hooks()
	hooks.Answer = (&play.Answers{Runner: s.work.Runner, By: s, Replies: lab.Replies}).Answer
	err := (&play.Player{Runner: s.work.Runner, Events: s.work.Events, Hooks: hooks}).Play(ctx)
	if ctx.Err() != nil {
		return plan.Rehearsal{}, errors.New("Rehearsal interrupted. Nothing was recorded and no node was touched.")
	}
	played := s.work.Runner.Plan()
	r := rehearsal.Rehearsed(on, played, learnt, time.Now())
	if next := played.Next(); !next.Finished && !r.Fails() {
		r.Trouble = append(r.Trouble, stuck(next, err))
	}
	r.Asks = s.asked
	return r, nil
}

// stuck says at which row a rehearsal ended before its end, and why.
func stuck(next plan.Next, err error) plan.Finding {
	what := fmt.Sprintf("the plan stops at this step: %s", next.Row.Step.Title)
	if err != nil {
		what += ": " + cert.Printable(err.Error())
	}
	return plan.Finding{Severity: "fault", What: what}
}

// Answer answers as a careful technician would, and notes what was asked. The host keys of simulated nodes are no matter.
func (s *stage) Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (string, []string, error) {
	if q.Question.Key == nil {
		text := q.Question.English()
		if q.Task.Node != "" && len(q.Question.Args) == 0 {
			text = q.Task.Node + ": " + text
		}
		if !slices.Contains(s.asked, text) {
			s.asked = append(s.asked, text)
		}
	}
	return s.Technician.Answer(ctx, q, p)
}

// end closes the simulated nodes, and leaves nothing of them.
func (s *stage) end() error { return errors.Join(s.work.Close(), os.RemoveAll(s.dir)) }
