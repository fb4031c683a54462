package main

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// labOptions are the flags of the lab command.
type labOptions struct {
	name  string
	seed  int64
	pairs int
	rtt   time.Duration
	real  bool
	auto  bool
	serve bool
	list  bool
	wrong bool     // --auto makes the mistake of the lesson
	api   []string // nodes whose certificate API is on; "all" is each of them

	scenario *sim.Scenario // nil: the pairs, and Path A
}

func (d *door) labCommand() *cobra.Command {
	o := labOptions{}
	c := &cobra.Command{
		Use:   "lab [SCENARIO]",
		Short: "Practise on simulated nodes on this machine: a UCCX pair, CCP and a CA, or a scenario",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if o.list {
				return d.listScenarios()
			}
			if err := o.choose(args); err != nil {
				return usage(c, err)
			}
			if o.pairs < 1 || o.pairs > 500 || o.rtt < 0 || o.auto && o.serve || o.wrong && !(o.auto && len(args) > 0) {
				return usage(c, errors.New("--nodes accepts 1 to 500, --rtt a duration such as 50ms. --auto and --serve cannot be combined. "+
					"--careless needs a scenario and --auto."))
			}
			if _, err := o.made(); err != nil {
				return usage(c, err)
			}
			if o.serve {
				return d.serveLab(o)
			}
			w, err := d.beginLab(o)
			if err != nil {
				return err
			}
			if o.auto {
				return d.auto(w, o.wrong)
			}
			return d.interactive(w)
		},
	}
	c.AddCommand(d.hintCommand(), d.gradeCommand(), d.resetCommand(), d.learnCommand())
	f := c.Flags()
	f.BoolVar(&o.list, "list", false, "list the scenarios")
	f.BoolVar(&o.auto, "auto", false, "run all steps unattended, one line per event; exits 0 only if everything is verified")
	f.BoolVar(&o.wrong, "careless", false, "with --auto: make the scenario's mistake")
	f.BoolVar(&o.serve, "serve", false, "only serve the simulated nodes until interrupted; the first line is a JSON object with the addresses")
	f.StringVar(&o.name, "name", "", "name of the lab (default: the scenario, or lab; with --serve: serve). --serve reuses an existing lab")
	f.Int64Var(&o.seed, "seed", 1, "seed for repeatable ports, serials and file names")
	f.IntVar(&o.pairs, "nodes", 1, "number of UCCX pairs")
	f.DurationVar(&o.rtt, "rtt", 0, "latency per round trip, for example 50ms")
	f.StringSliceVar(&o.api, "rest", nil, "enable the certificate API and use it: on all nodes, or on --rest=uccx1,ccp")
	f.Lookup("rest").NoOptDefVal = allNodes
	f.BoolVar(&o.real, "real-time", false, "restarts take as long as on real nodes")
	return c
}

// labCluster is a simulated cluster together with the session's outbox that its CA signs.
type labCluster struct {
	*sim.Cluster
	real bool // restarts take as long as on real nodes
}

// startLab serves a lab. How it is made counts only where the lab is new: an older one keeps its own.
func startLab(home session.Home, l plan.Lab, made sim.Options) (*labCluster, error) {
	made.Dir, made.Seed, made.Pairs, made.RTT, made.RealTime = home.LabDir(l.Folder), l.Seed, l.Pairs, l.RTT, l.Real
	c, err := sim.Start(made)
	if err != nil {
		return nil, err
	}
	return &labCluster{Cluster: c, real: l.Real}, nil
}

// world lets the engine reach the lab: without the site's DNS, and at its pace.
func (l *labCluster) world(w *plan.World) {
	w.Dialer = ways(ssh.Options{Lab: true})
	w.Lookup = nil
	w.Legacy = func(vos.Node) bool { return true } // nodes of 11.5 speak nothing else, and nobody sits between
	w.Pace = plan.LabPace()
	if l.real {
		w.Pace = plan.RealPace()
	}
}

// work gives the face what only the lab can do.
func (l *labCluster) work(w *app.Work, lesson *lab.Lesson) {
	l.seams(w.Runner)
	w.SetLogin("", l.Login())
	w.Lab = &lab.Services{Login: l.Login(), Console: l.HostKey, Serves: l.serves, Sign: func(ctx context.Context) (string, error) {
		if host := reply.ChainMissing(w.Runner.Plan()); host != "" {
			return l.ChainDir(host), nil
		}
		to := l.CA().Outbox()
		return to, l.CA().SignFolder(ctx, filepath.Join(w.Dir, plan.Outbox), to)
	}, PageCSR: l.pageCSR, PageUpload: l.pageUpload, COP: l.cop, Lesson: lesson}
}

// serves is the fingerprint of what a node shows as its own, as a person would read it in OS Administration there.
func (l *labCluster) serves(fqdn string) string {
	if c := l.Certificate(fqdn); c != nil {
		return cert.Fingerprint(c)
	}
	return ""
}

func (l *labCluster) pageCSR(fqdn, unit string, multi bool) error {
	p, err := l.Page(fqdn)
	if err != nil {
		return err
	}
	return p.GenerateCSR(sim.Form{Unit: unit, Multi: multi})
}

func (l *labCluster) cop(fqdn string) error {
	host, _, _ := strings.Cut(fqdn, ".")
	return l.Do(sim.Deed{Do: sim.ActCOP, On: []string{host}})
}

func (l *labCluster) pageUpload(fqdn, unit string, leaf *x509.Certificate) error {
	p, err := l.Page(fqdn)
	if err != nil {
		return err
	}
	return p.UploadOwn(unit, leaf)
}

// beginLab makes a new cluster and a session on it.
func (d *door) beginLab(o labOptions) (*app.Work, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	if o.name == "" {
		o.name = "lab"
		if o.scenario != nil {
			o.name = o.scenario.Name
		}
	}
	s, err := home.Create(o.name)
	if err != nil {
		return nil, err
	}
	w, err := d.fillLab(home, s, o)
	if err != nil {
		err = errors.Join(err, s.Close())
		if len(s.Entries()) == 0 {
			err = errors.Join(err, os.RemoveAll(s.Dir())) // an empty session would only be in the way
		}
		return nil, err
	}
	return w, nil
}

func (d *door) fillLab(home session.Home, s *session.Session, o labOptions) (*app.Work, error) {
	lab := plan.Lab{Folder: s.Name(), Seed: max(o.seed, 1), Pairs: max(o.pairs, 1), RTT: o.rtt, Real: o.real}
	made, err := o.made()
	if err != nil {
		return nil, err
	}
	cluster, err := startLab(home, lab, made)
	if err != nil {
		return nil, err
	}
	c := plan.Change{Name: s.Name(), Path: plan.PathSigned, Unit: "tomcat", Solution: cluster.Solution(), Lab: &lab, Program: programVersion(), Plan: plan.Version}
	o.enter(&c.Solution)
	o.fill(&c)
	if _, err := s.Append(plan.KindOpened, "", "", c); err != nil {
		return nil, errors.Join(err, cluster.Close(), s.Discard())
	}
	w, err := d.work(home, s, cluster)
	if err != nil {
		return nil, errors.Join(err, cluster.Close())
	}
	if err := o.window(w.Runner); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// reopenLab serves the cluster of a session again; its ports may have moved.
func (d *door) reopenLab(home session.Home, s *session.Session, p *plan.Plan, from *session.Holder) (*app.Work, error) {
	lab, moved := *p.Change().Lab, ""
	if from != nil { // who held it may serve its nodes still
		copied, err := copyLab(home, lab.Folder)
		if err != nil {
			return nil, err
		}
		lab.Folder, moved = copied, copied
	}
	cluster, err := startLab(home, lab, sim.Options{})
	if err != nil {
		return nil, err
	}
	w, err := d.work(home, s, cluster)
	if err != nil {
		return nil, errors.Join(err, cluster.Close())
	}
	if err := relocate(w.Runner, p, cluster.Solution()); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, resumed(w, from, moved)
}

// relocate writes down where the nodes are dialled now, where that has changed.
func relocate(r *engine.Runner, p *plan.Plan, now vos.Solution) error {
	for _, was := range p.Nodes() {
		is, ok := now.Node(was.FQDN)
		if !ok {
			return fmt.Errorf("%s: no such node in the lab folder. Start a new lab.", was.FQDN)
		}
		if is.Address == was.Address && fmt.Sprint(is.Ports) == fmt.Sprint(was.Ports) {
			continue
		}
		if err := r.Locate(was.FQDN, plan.Location{Address: is.Address, Ports: is.Ports}); err != nil {
			return err
		}
	}
	return relocateBeside(r, p, now)
}

// relocateBeside does the same for neighbours, and for the servers that scripts call.
func relocateBeside(r *engine.Runner, p *plan.Plan, now vos.Solution) error {
	is := map[string]plan.Location{}
	for _, n := range now.Neighbours {
		is[n.FQDN] = plan.Location{Address: n.Address, Ports: n.Ports}
	}
	for _, t := range now.Targets {
		is[t.Host] = plan.Location{Ports: map[int]string{t.At(): t.Dial}}
	}
	for _, n := range p.Surveyed().Neighbours {
		if l, ok := is[n.FQDN]; ok && (l.Address != n.Address || fmt.Sprint(l.Ports) != fmt.Sprint(n.Ports)) {
			if err := r.Locate(n.FQDN, l); err != nil {
				return err
			}
		}
	}
	for _, t := range p.Surveyed().Targets {
		if l, ok := is[t.Host]; ok && l.Ports[t.At()] != t.Dial {
			if err := r.Locate(t.Host, l); err != nil {
				return err
			}
		}
	}
	return nil
}

// resume goes on with a session.
func (d *door) resume(name string, auto bool) error {
	w, err := d.open(name)
	if err != nil {
		return err
	}
	if !auto {
		return d.interactive(w)
	}
	if w.Lab == nil {
		err := &exit{exitUsage, errors.New("--auto works only in lab sessions. On real nodes use run.")}
		return errors.Join(err, w.Close())
	}
	return d.auto(w, false)
}

// auto plays the path unattended, in line mode, through the same engine.
func (d *door) auto(w *app.Work, careless bool) error {
	ctx, cancel := d.context()
	defer cancel()
	technician := &lab.Technician{Services: w.Lab, Runner: w.Runner, Name: w.Name, Careless: careless}
	auto := line.Auto{Hooks: technician.Hooks(), By: technician, Replies: lab.Replies}
	auto.Printer = func(print func(string, ...any)) { technician.Tell = print }
	o, err := line.Play(ctx, d.app(), w, d.out, auto)
	return d.ended(w, o, errors.Join(err, d.graded(w, err)))
}

// serving is the first line of lab --serve.
type serving struct {
	Nodes    []servedNode `json:"nodes"`
	User     string       `json:"user"`
	Password string       `json:"password"`
	Inbox    string       `json:"ca_inbox"`
	Outbox   string       `json:"ca_outbox"`
}

type servedNode struct {
	FQDN    string            `json:"fqdn"`
	Product vos.Product       `json:"product"`
	Role    vos.Role          `json:"role"`
	Release vos.Release       `json:"release"`
	SSH     string            `json:"ssh"`
	HostKey string            `json:"host_key"` // fingerprint, as the node's console would show it
	Ports   map[string]string `json:"ports"`
}

// serveLab serves the cluster alone until a signal comes; its CA signs what is laid into the inbox.
func (d *door) serveLab(o labOptions) error {
	home, err := session.DefaultHome()
	if err != nil {
		return err
	}
	folder := o.name
	for i := 1; folder == ""; i++ {
		name := "serve-" + strconv.Itoa(i)
		if _, err := os.Stat(home.LabDir(name)); errors.Is(err, os.ErrNotExist) {
			folder = name
		}
	}
	made, err := o.made()
	if err == nil && len(o.api) > 0 && o.name != "" {
		err = o.freshOnly(home)
	}
	if err != nil {
		return err
	}
	cluster, err := startLab(home, plan.Lab{Folder: folder, Seed: o.seed, Pairs: o.pairs, RTT: o.rtt, Real: o.real}, made)
	if err != nil {
		return err
	}
	ctx, cancel := d.context()
	defer cancel()
	if err := json.NewEncoder(d.out).Encode(servingOf(cluster)); err != nil {
		return errors.Join(err, cluster.Close())
	}
	go cluster.CA().Watch(ctx)
	<-ctx.Done()
	return cluster.Close()
}

func servingOf(c *labCluster) serving {
	login := c.Login()
	s := serving{User: login.User, Password: login.Password.Reveal(), Inbox: c.CA().Inbox(), Outbox: c.CA().Outbox()}
	for _, n := range c.Solution().Nodes() {
		one := servedNode{n.FQDN, n.Product, n.Role, n.Release, n.Ports[vos.PortSSH], c.HostKey(n.FQDN).Fingerprint, map[string]string{}}
		for port, at := range n.Ports {
			if port != vos.PortSSH {
				one.Ports[strconv.Itoa(port)] = at
			}
		}
		s.Nodes = append(s.Nodes, one)
	}
	return s
}
