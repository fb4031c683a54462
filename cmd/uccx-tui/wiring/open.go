package wiring

import (
	"errors"
	"time"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// elsewhere refuses a session that was handed over: two people who both go on would make two CSRs.
func elsewhere(name string, p *plan.Plan) error {
	who, when, away := p.HandedOver()
	if !away {
		return nil
	}
	return exitcode.With(exitcode.Held, msg.Errorf("Session %s was handed over by %s at %s. Nothing was changed. Import their export to get it back, "+
		"or, if no one continues it, use --take-over.",
		name, cert.Printable(who), when.Local().Format(time.DateTime)))

}

// taken opens a session that another program holds, on purpose.
func taken(home session.Home, name string, err error) (*session.Session, *session.Holder, error) {
	var held *session.Held
	if !errors.As(err, &held) {
		return nil, nil, err
	}
	s, err := home.TakeOver(name, held.Holder)
	return s, &held.Holder, err
}

// begin opens a new session on real nodes; f is the solution file that it keeps: accounts and host keys. The first entry names it.
func (a *App) begin(c change.Change, f solution.File) (*app.Work, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	s, err := home.Create(c.Name)
	if err != nil {
		return nil, err
	}
	c.Program, c.Plan = a.Version, plan.Version
	_, err = s.Keep(keptSolution, solution.Format(f))
	if err == nil {
		_, err = s.Append(plan.KindOpened, "", "", c)
	}
	if err != nil {
		return nil, errors.Join(err, s.Discard())
	}
	return a.work(home, s, nil)
}

// Open takes a session up again: the one named, or the newest that is not finished.
func (a *App) Open(name string) (*app.Work, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	if name == "" {
		if name, err = a.newest(); err != nil {
			return nil, err
		}
	}
	var from *session.Holder
	s, err := home.Open(name)
	if err != nil && a.Force {
		s, from, err = taken(home, name, err)
	}
	if err != nil {
		return nil, err
	}
	return a.takeUp(home, s, from, !a.Force)
}

// takeUp goes on with an open session, which it closes where it cannot. One that was handed over to another machine is refused
// where here is set.
func (a *App) takeUp(home session.Home, s *session.Session, from *session.Holder, here bool) (*app.Work, error) {
	p, err := steps.Fold(s.Entries())
	if err == nil && here {
		err = elsewhere(s.Name(), p)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	w, err := a.reopen(home, s, p, from)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return w, nil
}

// takeOver opens a session that was shown to be held by from, on purpose; if it is free by now it is opened.
func (a *App) takeOver(name string, from session.Holder) (*app.Work, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	s, err := home.Open(name)
	holder := (*session.Holder)(nil)
	if held := (*session.Held)(nil); errors.As(err, &held) {
		holder = &from
		s, err = home.TakeOver(name, from)
	}
	if err != nil {
		return nil, err
	}
	return a.takeUp(home, s, holder, false)
}

// newest returns the session that "resume" means: the newest that is not proven; else the newest.
func (a *App) newest() (string, error) {
	all, err := a.Sessions()
	if err != nil {
		return "", err
	}
	for _, l := range all {
		if l.Err == nil && l.Where.Outcome != standing.Proven {
			return l.Name, nil
		}
	}
	for _, l := range all {
		if l.Err == nil {
			return l.Name, nil
		}
	}
	if len(all) > 0 {
		return "", exitcode.With(exitcode.Damaged, all[0].Err)
	}
	return "", exitcode.With(exitcode.Usage, errors.New("No session to resume. Start one with: uccx-tui lab"))
}

func (a *App) reopen(home session.Home, s *session.Session, p *plan.Plan, from *session.Holder) (*app.Work, error) {
	if p.Change().Lab != nil {
		return a.reopenLab(home, s, p, from)
	}
	w, err := a.work(home, s, nil)
	if err != nil {
		return nil, err
	}
	return w, resumed(w, from, "")
}

// resumed writes that the session was taken up, or from whom it was taken, and lets the screens begin after that. folder is that
// of the lab, where the take-over gave it another.
func resumed(w *app.Work, from *session.Holder, folder string) error {
	err := error(nil)
	if from == nil {
		err = w.Runner.Resume()
	} else {
		err = w.Runner.Take(*from, folder)
	}
	if err != nil {
		return err
	}
	takeEvents(w)
	return nil
}

// takeEvents moves the entries that were written while the session was opened into what the face folds first.
func takeEvents(w *app.Work) {
	for _, e := range w.Events.Take() {
		if e.Entry != nil {
			w.Entries = append(w.Entries, *e.Entry)
		}
	}
}
