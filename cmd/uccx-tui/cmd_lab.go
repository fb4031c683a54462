package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// labFlags are the flags of the lab command.
type labFlags struct {
	lab.Options
	auto  bool
	serve bool
	list  bool
	wrong bool // --auto makes the mistake of the lesson
}

func (d *door) labCommand() *cobra.Command {
	o := labFlags{}
	c := &cobra.Command{
		Use:   "lab [SCENARIO]",
		Short: "Practise on simulated nodes on this machine: a UCCX pair, CCP and a CA, or a scenario",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if o.list {
				return listScenarios(d)
			}
			if len(args) > 0 {
				s, err := lab.FindScenario(args[0], openFile)
				if err != nil {
					return usage(c, err)
				}
				o.Scenario = &s
			}
			if o.Pairs < 1 || o.Pairs > 500 || o.RTT < 0 || o.auto && o.serve || o.wrong && !(o.auto && len(args) > 0) {
				return usage(c, errors.New("--nodes accepts 1 to 500, --rtt a duration such as 50ms. --auto and --serve cannot be combined. "+
					"--careless needs a scenario and --auto."))
			}
			if _, err := o.Made(); err != nil {
				return usage(c, err)
			}
			if o.serve {
				return d.serveLab(o.Options)
			}
			w, err := d.beginLab(o.Options)
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
	f.StringVar(&o.Name, "name", "", "name of the lab (default: the scenario, or lab; with --serve: serve). --serve reuses an existing lab")
	f.Int64Var(&o.Seed, "seed", 1, "seed for repeatable ports, serials and file names")
	f.IntVar(&o.Pairs, "nodes", 1, "number of UCCX pairs")
	f.DurationVar(&o.RTT, "rtt", 0, "latency per round trip, for example 50ms")
	f.StringSliceVar(&o.API, "rest", nil, "enable the certificate API and use it: on all nodes, or on --rest=uccx1,ccp")
	f.Lookup("rest").NoOptDefVal = lab.AllNodes
	f.BoolVar(&o.Real, "real-time", false, "restarts take as long as on real nodes")
	return c
}

// beginLab makes a new cluster and a session on it.
func (d *door) beginLab(o lab.Options) (*app.Work, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	if o.Name == "" {
		o.Name = "lab"
		if o.Scenario != nil {
			o.Name = o.Scenario.Name
		}
	}
	s, err := home.Create(o.Name)
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

func (d *door) fillLab(home session.Home, s *session.Session, o lab.Options) (*app.Work, error) {
	kept := o.Lab(s.Name())
	made, err := o.Made()
	if err != nil {
		return nil, err
	}
	cluster, err := lab.Start(home, kept, made)
	if err != nil {
		return nil, err
	}
	c := plan.Change{Name: s.Name(), Path: plan.PathSigned, Unit: "tomcat", Solution: cluster.Solution(), Lab: &kept, Program: d.version, Plan: plan.Version}
	o.Enter(&c.Solution)
	o.Fill(&c)
	if _, err := s.Append(plan.KindOpened, "", "", c); err != nil {
		return nil, errors.Join(err, cluster.Close(), s.Discard())
	}
	w, err := d.work(home, s, cluster)
	if err != nil {
		return nil, errors.Join(err, cluster.Close())
	}
	if err := o.SetWindow(w.Runner); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// reopenLab serves the cluster of a session again; its ports may have moved.
func (d *door) reopenLab(home session.Home, s *session.Session, p *plan.Plan, from *session.Holder) (*app.Work, error) {
	kept, moved := *p.Change().Lab, ""
	if from != nil { // who held it may serve its nodes still
		copied, err := lab.CopyFolder(home, kept.Folder)
		if err != nil {
			return nil, err
		}
		kept.Folder, moved = copied, copied
	}
	cluster, err := lab.Start(home, kept, sim.Options{})
	if err != nil {
		return nil, err
	}
	w, err := d.work(home, s, cluster)
	if err != nil {
		return nil, errors.Join(err, cluster.Close())
	}
	if err := lab.Relocate(w.Runner, p, cluster.Solution()); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, resumed(w, from, moved)
}

// auto plays the path unattended, in line mode, through the same engine.
func (d *door) auto(w *app.Work, careless bool) error {
	ctx, cancel := d.context()
	defer cancel()
	technician := &lab.Technician{Services: w.Lab, Runner: w.Runner, Name: w.Name, Careless: careless}
	auto := line.Auto{Hooks: technician.Hooks(), By: technician, Replies: lab.Replies, Why: lab.ByTechnician}
	auto.Printer = func(print func(string, ...any)) { technician.Tell = print }
	o, err := line.Play(ctx, d.app(), w, d.out, auto)
	return d.ended(w, o, errors.Join(err, d.graded(w, err)))
}

// serveLab serves the cluster alone until a signal comes; its CA signs what is laid into the inbox.
func (d *door) serveLab(o lab.Options) error {
	home, err := session.DefaultHome()
	if err != nil {
		return err
	}
	folder := o.Name
	for i := 1; folder == ""; i++ {
		name := "serve-" + strconv.Itoa(i)
		if _, err := os.Stat(home.LabDir(name)); errors.Is(err, os.ErrNotExist) {
			folder = name
		}
	}
	made, err := o.Made()
	if err == nil && len(o.API) > 0 && o.Name != "" {
		err = o.FreshOnly(home)
		if err != nil {
			err = exitcode.With(exitcode.Usage, err)
		}
	}
	if err != nil {
		return err
	}
	cluster, err := lab.Start(home, o.Lab(folder), made)
	if err != nil {
		return err
	}
	ctx, cancel := d.context()
	defer cancel()
	if err := json.NewEncoder(d.out).Encode(lab.ServingOf(cluster)); err != nil {
		return errors.Join(err, cluster.Close())
	}
	go cluster.CA().Watch(ctx)
	<-ctx.Done()
	return cluster.Close()
}

// listScenarios prints one line a scenario.
func listScenarios(d *door) error {
	all, err := lab.Lessons()
	if err != nil {
		return err
	}
	for _, s := range all {
		if _, err := fmt.Fprintf(d.out, "%-20s %s\n", s.Name, s.Title); err != nil {
			return err
		}
	}
	return nil
}

// graded prints the grade of a lesson that has come to its end, and how to ask for it before that.
func (d *door) graded(w *app.Work, err error) error {
	if w == nil || w.Lab == nil || w.Lab.Lesson == nil {
		return nil
	}
	var late *play.Late
	if !w.Runner.Plan().Next().Finished && !errors.As(err, &late) && !w.Lab.Lesson.Untouched {
		_, err := fmt.Fprintf(d.out, "Grade the current state with: uccx-tui lab grade %s\n", w.Name)
		return err
	}
	text, _, err := w.Lab.Lesson.Grade()
	if err == nil {
		_, err = fmt.Fprint(d.out, "\n"+text)
	}
	return err
}
