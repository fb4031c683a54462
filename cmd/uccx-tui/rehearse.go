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

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/ui"
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
		Short: "Play the plan of a session on simulated nodes that hold what its nodes were seen to hold; no real node is touched",
		Long: "Fills simulated nodes with what the survey saw, plays the whole plan on them, and says how long the rows will take, what will be\n" +
			"asked and what would go wrong. The result is bound to the plan: before a node is changed for the first time since, it is read\n" +
			"again, and each difference is named (docs/rehearsal.md).",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(c, errors.New("rehearse takes the name of a session; uccx-tui sessions lists them"))
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
				err = json.NewEncoder(harmless{c.OutOrStdout()}).Encode(rehearsedOf(r))
			default:
				_, err = io.WriteString(c.OutOrStdout(), rehearsalText(w.Runner.Plan(), r))
			}
			if err == nil && r.Fails() {
				err = &exit{code: exitRefused}
			}
			return errors.Join(err, w.Close())
		},
	}
	c.Flags().StringArrayVar(&reply, "reply", nil, "file or folder of the CA's reply: it is judged, and the simulated CA answers as it did")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	d.takeOverFlag(c)
	return c
}

// rehearse plays the plan of an open session on simulated nodes, and writes down what came of it.
func (d *door) rehearse(w *ui.Work, reply []string) (steps.Rehearsal, error) {
	ctx, cancel := d.context()
	defer cancel()
	plan := w.Runner.Plan()
	if unread := plan.Unread(); len(unread) > 0 {
		return steps.Rehearsal{}, &exit{exitOpen, fmt.Errorf("%s: not read yet, so nobody knows what to rehearse on: nothing was done; the first two rows of the plan log in and read, and change nothing",
			strings.Join(unread, ", "))}
	}
	if plan.Next().Finished {
		return steps.Rehearsal{}, &exit{exitUsage, fmt.Errorf("session %s is finished: there is nothing to rehearse", w.Name)}
	}
	all := fillings(plan)
	by, found, err := d.signerFor(plan, all, reply)
	if err != nil {
		return steps.Rehearsal{}, err
	}
	stage, err := d.stage(plan, w.Name, all, by)
	if err != nil {
		return steps.Rehearsal{}, err
	}
	r, err := stage.play(ctx, d.app(), plan, d.learn())
	if err = errors.Join(err, stage.end()); err != nil {
		return steps.Rehearsal{}, err
	}
	r.Trouble, r.CA, r.Program, r.At = slices.Concat(found, namesakes(all, by.cas), r.Trouble), by.who, version, time.Now()
	return r, w.Runner.Rehearsed(r)
}

// signerFor judges the CA's files, where there are any. Faulty ones are trouble; what follows is rehearsed without them.
func (d *door) signerFor(plan *steps.Plan, all map[string]sim.Filling, reply []string) (signer, []steps.Finding, error) {
	if len(reply) == 0 {
		return signerOf(plan, all, time.Now()), nil, nil
	}
	if len(steps.Requests(plan)) == 0 {
		return signer{}, nil, &exit{exitUsage, errors.New("--reply: no CSR of this session waits for an answer: nothing was done")}
	}
	files, err := read.Files(reply)
	if err != nil {
		return signer{}, nil, &exit{exitUsage, err}
	}
	v := steps.Verdict(plan, files, time.Now())
	if !v.OK() {
		return signerOf(plan, all, time.Now()), steps.Misjudged(v), nil
	}
	return signerAfter(v), nil, nil
}

// stage is where a rehearsal is played: simulated nodes, and a session of their own.
type stage struct {
	dir   string
	work  *ui.Work
	asked []string
	ui.Answerer
}

// stage makes the simulated nodes and a session on them, in a folder of their own that lives as long as the rehearsal.
func (d *door) stage(plan *steps.Plan, name string, all map[string]sim.Filling, by signer) (*stage, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(home.Dir, "rehearsals", name)
	if err := os.RemoveAll(dir); err != nil { // of one that was killed
		return nil, fmt.Errorf("the rehearsal needs this folder: nothing was done: %w", err)
	}
	topology := topologyOf(plan)
	c, err := sim.Start(sim.Options{Dir: filepath.Join(dir, "lab"), Seed: 1, Topology: &topology, Fill: all})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("these nodes cannot be simulated: nothing was done: %w", err), os.RemoveAll(dir))
	}
	for _, f := range all {
		if f.Own["tomcat-ECDSA"] != nil { // a CA that can do it at all signs it with an EC key (EC-2)
			c.CA().Behave(sim.ECToo)
		}
	}
	cluster := &labCluster{c}
	w, err := rehearsalWork(session.Home{Dir: dir}, plan, cluster)
	if err != nil {
		return nil, errors.Join(err, cluster.Close(), os.RemoveAll(dir))
	}
	sign := w.Lab.Sign
	w.Lab.Sign = func(ctx context.Context) (string, error) {
		to := filepath.Join(dir, "reply")
		if by.models != nil && steps.ChainMissing(w.Runner.Plan()) == "" {
			if ok, err := c.SignLike(ctx, filepath.Join(w.Dir, steps.Outbox), to, by.models, by.cas); ok || err != nil {
				return to, err
			}
		}
		return sign(ctx)
	}
	return &stage{dir: dir, work: w, Answerer: ui.LabAnswers(w.Lab)}, nil
}

// rehearsalWork opens the session of a rehearsal: the same change, dialled at the simulated nodes.
func rehearsalWork(home session.Home, plan *steps.Plan, cluster *labCluster) (*ui.Work, error) {
	s, err := home.Create("rehearsal")
	if err != nil {
		return nil, err
	}
	c := rehearsedChange(plan.Change(), cluster.Solution())
	if _, err := s.Append(steps.KindOpened, "", "", c); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	w, err := engine(home, s, steps.World{Dialer: ways(ssh.Options{Lab: true}), Program: version}, cluster)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return w, nil
}

// rehearsedChange is the change with its nodes where the simulated ones are. They are spoken to over SSH, whatever the way.
func rehearsedChange(c steps.Change, at vos.Solution) steps.Change {
	move := func(n, to vos.Node) vos.Node {
		n.Address, n.Ports, n.Way = to.Address, to.Ports, vos.WaySSH
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
	c.Known, c.Lab = nil, &steps.Lab{}
	return c
}

// play plays the plan to its end, or to what goes wrong.
func (s *stage) play(ctx context.Context, app ui.App, on *steps.Plan, learnt steps.Durations) (steps.Rehearsal, error) {
	_, err := ui.Line(ctx, app, s.work, nil, io.Discard, s)
	if ctx.Err() != nil {
		return steps.Rehearsal{}, errors.New("the rehearsal was interrupted: nothing was written down, no node was touched")
	}
	played := s.work.Runner.Plan()
	r := steps.Rehearsed(on, played, learnt, time.Now())
	if next := played.Next(); !next.Finished && !r.Fails() {
		r.Trouble = append(r.Trouble, stuck(next, err))
	}
	r.Asks = s.asked
	return r, nil
}

// stuck says at which row a rehearsal ended before its end, and why.
func stuck(next steps.Next, err error) steps.Finding {
	what := "it does not get past this row: " + next.Row.Step.Title
	if err != nil {
		what += ": " + cert.Printable(err.Error())
	}
	return steps.Finding{Severity: "fault", What: what}
}

// Answer answers as a careful technician would, and notes what was asked. The host keys of simulated nodes are no matter.
func (s *stage) Answer(ctx context.Context, q steps.Asked, p *steps.Plan) (string, []string, error) {
	if q.Question.Key == nil {
		text := q.Question.English()
		if q.Task.Node != "" && len(q.Question.Args) == 0 {
			text = q.Task.Node + ": " + text
		}
		if !slices.Contains(s.asked, text) {
			s.asked = append(s.asked, text)
		}
	}
	return s.Answerer.Answer(ctx, q, p)
}

// end closes the simulated nodes, and leaves nothing of them.
func (s *stage) end() error { return errors.Join(s.work.Close(), os.RemoveAll(s.dir)) }
