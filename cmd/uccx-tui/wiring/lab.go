package wiring

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Lesson finds the lab folder of a session: the one named, or the newest.
func (a *App) Lesson(args []string) (dir, name string, err error) {
	if len(args) > 0 {
		name = args[0]
	} else if name, err = a.newestLab(); err != nil {
		return "", "", err
	}
	home, plan, err := input.Session(name)
	if err != nil {
		return "", "", err
	}
	if plan.Change().Lab == nil {
		return "", "", exitcode.With(exitcode.Usage, msg.Errorf("%s is not a lab session", cert.Printable(name)))
	}
	return home.LabDir(plan.Change().Lab.Folder), name, nil
}

// newestLab returns the newest lab session, finished or not.
func (a *App) newestLab() (string, error) {
	all, err := a.Sessions()
	if err != nil {
		return "", err
	}
	for _, l := range all {
		if l.Lab && l.Err == nil {
			return l.Name, nil
		}
	}
	return "", exitcode.With(exitcode.Usage, msg.Errorf("There is no lab session. Start one with: uccx-tui lab"))
}

// Graded grades how a lab session was done, and writes the trainer's report into its folder.
func (a *App) Graded(dir, name string) (practice.Result, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return practice.Result{}, err
	}
	g, err := lab.Graded(home, dir, name, a.Say)
	if errors.Is(err, lab.ErrNoScenario) {
		err = exitcode.With(exitcode.Usage, err)
	}
	return g, err
}

// GradedAll grades the lab sessions of these names, or the newest where none is named, and says whether all are passed.
func (a *App) GradedAll(names []string) (all []practice.Result, passed bool, err error) {
	each, passed := [][]string{nil}, true
	if len(names) > 0 {
		each = slices.Collect(slices.Chunk(names, 1))
	}
	for _, one := range each {
		dir, name, err := a.Lesson(one)
		if err != nil {
			return nil, false, err
		}
		g, err := a.Graded(dir, name)
		if err != nil {
			return nil, false, err
		}
		all, passed = append(all, g), passed && g.Passed
	}
	return all, passed, nil
}

// BeginLab makes a new cluster and a session on it.
func (a *App) BeginLab(o lab.Options) (*app.Work, error) {
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
	w, err := a.fillLab(home, s, o)
	if err != nil {
		err = errors.Join(err, s.Close())
		if len(s.Entries()) == 0 {
			err = errors.Join(err, regular.RemoveAll(s.Dir())) // an empty session would only be in the way
		}
		return nil, err
	}
	return w, nil
}

func (a *App) fillLab(home session.Home, s *session.Session, o lab.Options) (*app.Work, error) {
	kept := o.Lab(s.Name())
	made, err := o.Made()
	if err != nil {
		return nil, err
	}
	cluster, err := lab.Start(home, kept, made)
	if err != nil {
		return nil, err
	}
	c := change.Change{Name: s.Name(), Path: change.PathSigned, Unit: "tomcat", Solution: cluster.Solution(), Lab: &kept, Program: a.Version, Plan: plan.Version}
	o.Enter(&c.Solution)
	o.Fill(&c)
	if _, err := s.Append(plan.KindOpened, "", "", c); err != nil {
		return nil, errors.Join(err, cluster.Close(), s.Discard())
	}
	w, err := a.work(home, s, cluster)
	if err != nil {
		return nil, errors.Join(err, cluster.Close())
	}
	if err := o.SetWindow(w.Runner); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// reopenLab serves the cluster of a session again; its ports may have moved.
func (a *App) reopenLab(home session.Home, s *session.Session, p *plan.Plan, from *session.Holder) (*app.Work, error) {
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
	w, err := a.work(home, s, cluster)
	if err != nil {
		return nil, errors.Join(err, cluster.Close())
	}
	if err := lab.Relocate(w.Runner, p, cluster.Solution()); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, resumed(w, from, moved)
}

// Auto plays the path unattended, in line mode, through the same engine.
func (a *App) Auto(w *app.Work, careless bool) error {
	ctx, cancel := a.Context()
	defer cancel()
	technician := &lab.Technician{Services: w.Lab, Runner: w.Runner, Name: w.Name, Careless: careless}
	auto := line.Auto{Hooks: technician.Hooks(), By: technician, Replies: lab.Replies, Why: msg.T(lab.ByTechnician)}
	auto.Printer = func(print func(string, ...any)) { technician.Tell = print }
	o, err := line.Play(ctx, a.UI(), w, a.Out, auto)
	if lessonOver(w, err) {
		err = errors.Join(err, technician.Conclude())
	}
	return a.Ended(w, o, errors.Join(err, a.graded(w, err)))
}

// ServeLab serves the cluster alone until a signal comes; its CA signs what is laid into the inbox.
func (a *App) ServeLab(o lab.Options) error {
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
	ctx, cancel := a.Context()
	defer cancel()
	if err := json.NewEncoder(a.Out).Encode(lab.ServingOf(cluster)); err != nil {
		return errors.Join(err, cluster.Close())
	}
	go cluster.CA().Watch(ctx)
	<-ctx.Done()
	return cluster.Close()
}

// lessonOver reports whether a lesson has come to an end that can be graded.
func lessonOver(w *app.Work, err error) bool {
	if w.Lesson() == nil {
		return false
	}
	var late *play.Late
	return w.Runner.Plan().Next().Finished || errors.As(err, &late) || w.Lesson().Untouched
}

// graded prints the grade of a lesson that has come to its end, and how to ask for it before that. A lesson that is not passed
// ends with the exit code of lab grade, where nothing else went wrong.
func (a *App) graded(w *app.Work, ended error) error {
	if w.Lesson() == nil {
		return nil
	}
	if !lessonOver(w, ended) {
		_, err := fmt.Fprintln(a.Out, a.Say.Say("Grade the current state with: uccx-tui lab grade %s", w.Name))
		return err
	}
	text, passed, err := w.Lesson().Grade()
	if err == nil {
		_, err = fmt.Fprint(a.Out, "\n"+print.Paper(a.Out, text))
	}
	if err == nil && ended == nil && !passed {
		return exitcode.Only(exitcode.Owed)
	}
	return err
}
