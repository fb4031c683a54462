package wiring

import (
	"errors"
	"strings"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/rehearsal"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// Rehearse plays the plan of an open session on simulated nodes, and writes down what came of it.
func (a *App) Rehearse(w *app.Work, paths []string) (plan.Rehearsal, error) {
	ctx, cancel := a.Context()
	defer cancel()
	p := w.Runner.Plan()
	files, err := rehearsable(p, w.Name, paths)
	if err != nil {
		return plan.Rehearsal{}, err
	}
	home, err := session.DefaultHome()
	if err != nil {
		return plan.Rehearsal{}, err
	}
	r, err := lab.Rehearsal{Home: home, Session: w.Name, Program: a.Version, Files: files, Learnt: a.learn(),
		Open: func(home session.Home, s *session.Session, c *lab.Cluster) (lab.Opened, error) {
			w, err := openEngine(home, s, world.World{Program: a.Version}, c, solution.File{}, nil)
			if err != nil {
				return lab.Opened{}, err
			}
			return lab.Opened{Runner: w.Runner, Events: w.Events, Services: w.Lab, Close: w.Close}, nil
		}}.Rehearse(ctx, p)
	if err != nil {
		return plan.Rehearsal{}, err
	}
	return r, w.Runner.Rehearsed(r)
}

// rehearsable refuses what cannot be rehearsed, and reads the CA's files.
func rehearsable(p *plan.Plan, name string, paths []string) ([]cert.File, error) {
	unread := rehearsal.Unread(p)
	switch {
	case len(unread) > 0:
		return nil, exitcode.With(exitcode.Open, msg.Errorf("%s: not read yet. Nothing was done. Run the plan up to and including \"%s\": nothing is changed until then.",
			strings.Join(unread, ", "), msg.English(p.Step(plan.StepSurvey).Title)))
	case p.Next().Finished:
		return nil, exitcode.With(exitcode.Usage, msg.Errorf("Session %s is finished. There is nothing to rehearse.", name))
	case len(paths) == 0:
		return nil, nil
	case len(reply.Requests(p)) == 0:
		return nil, exitcode.With(exitcode.Usage, errors.New("--reply: no CSR of this session is waiting for the CA. Nothing was done."))
	}
	files, err := read.Files(paths)
	if err != nil {
		return nil, exitcode.With(exitcode.Usage, err)
	}
	return files, nil
}
