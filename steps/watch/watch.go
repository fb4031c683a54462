// Package watch follows a node that was told to restart, until it serves what was installed.
package watch

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/boot"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/ports"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// longUp is how long a node must have been up for its boot time to tell whether it was restarted since.
const longUp = 5 * time.Minute

// watcher follows a node that was told to restart.
type watcher struct {
	j         *plan.Job
	began     time.Time
	fell      bool // a port fell silent since the command, or there was time for it
	gone      bool // it could not be reached in between
	shut      bool // its door was closed since the command: no lost connection looks like that
	up        bool // it answered when it was asked last, and had not been restarted
	blind     bool // it answered, and nothing tells whether it was restarted: it does not say how long it has been up
	restarted bool // it was restarted since the command
	down      []vos.Service
	ports     standing.Ports // that do not serve yet what they should
	stale     time.Time      // since when these all serve a former certificate, and nothing else is missing
	err       error          // why it could not be asked
	until     time.Time      // no login before: it refused the last one on its way down or up, and each may count for the lockout
}

// Restart waits until the node was restarted and serves the new certificate on every port. It logs in as soon as the
// node answers, and ends where waiting cannot help: the command had no effect, the node holds another certificate, or a port
// keeps a former one.
func Restart(ctx context.Context, j *plan.Job) (bool, error) {
	w := &watcher{j: j, began: j.World.Now()}
	for i := 1; ; i++ {
		if done, err := w.once(ctx); done || err != nil {
			return done, err
		}
		switch now := j.World.Now(); {
		case w.up && now.After(w.patience()):
			return false, w.noEffect()
		case w.blind && now.After(w.patience()):
			return w.unknown()
		case now.Sub(w.began) > j.World.Pace.Restart:
			return false, w.late()
		}
		if err := world.Wait(ctx, j.World.Pace.Early(i)); err != nil {
			return false, err
		}
	}
}

// once looks once, and says what it waits for. A node that a person asks is asked when it serves everything.
func (w *watcher) once(ctx context.Context) (bool, error) {
	j := w.j
	j.Seen.Served = ports.Probe(ctx, j)
	w.ports = ports.Of(j, j.Seen.Served)
	open := w.ports.Open()
	w.fell = w.fell || !w.onlyStale() || j.World.Now().Sub(w.began) > j.World.Pace.Settle
	switch {
	case j.World.Now().Before(w.until):
	case j.Acted && !w.fell: // it says that it goes down, and may refuse a login on the way
	case !j.Node.Connection.ByHand() || len(open) == 0 || j.Unsure() && !j.Acted:
		if err := w.ask(ctx); err != nil {
			return false, err
		}
	}
	switch {
	case w.up:
		j.Say("not shut down yet: up since %s", msg.Time(j.Seen.Boot, msg.Stamp))
	case w.blind:
		j.Say("it does not say how long it has been up: waiting for it to shut down")
	case len(open) == 0 && !w.restarted:
		j.Say("waiting for the services to start")
	case !w.restarted:
		j.Say("waiting for %s", w.ports)
	case len(w.down) > 0:
		j.Say("up again, waiting for services: %s", release.ServiceWords(w.down))
	case len(open) == 0:
		return true, nil
	default:
		j.Say("up again, waiting for %s", w.ports)
		return w.other(ctx)
	}
	return false, nil
}

// ask logs in and compares boot time and services. That the node does not answer is no error.
func (w *watcher) ask(ctx context.Context) error {
	j := w.j
	w.up, w.blind = false, false
	w.down, w.err = services(ctx, j)
	w.shut = w.shut || j.Acted && errors.Is(w.err, vos.ErrUnreachable) && plan.TroubleOf(w.err).Code == vos.CodeShut
	var question *plan.Ask
	switch {
	case errors.As(w.err, &question) || errors.Is(w.err, vos.ErrLogin) || ctx.Err() != nil:
		return w.err
	case w.err != nil:
		w.gone = w.gone || errors.Is(w.err, vos.ErrUnreachable)
		if plan.TroubleOf(w.err).Code == codes.Passing {
			w.until = j.World.Now().Add(2 * j.World.Pace.Settle)
		}
		j.Drop()
		return nil
	}
	w.restarted = w.restarted || w.shut || showsRestart(j) || boot.Since(j.Before, *j.Seen.About, j.World.Now())
	rests := !w.restarted && len(w.down) == 0 && w.onlyStale()
	if w.blind = rests && (j.Before == nil || j.Before.Boot.IsZero() || j.Seen.Boot.IsZero()); w.blind {
		return nil
	}
	told := j.Before != nil && j.Before.Up > longUp // else its boot time may not tell two starts apart
	w.up = rests && (told || !w.gone)
	return nil
}

// other looks why a node that is up again does not serve everything: it holds another certificate, or some addresses go on
// serving a former one. What a restarted node presents does not change any more by itself.
func (w *watcher) other(ctx context.Context) (bool, error) {
	j, now := w.j, w.j.World.Now()
	if j.Node.Connection.ByHand() || !w.onlyStale() {
		w.stale = time.Time{}
		return false, nil
	}
	if err := restart.GuardHeld(ctx, j); err != nil {
		return false, err
	}
	if w.stale.IsZero() {
		w.stale = now
	}
	if now.Sub(w.stale) < 2*j.World.Pace.Settle {
		return false, nil
	}
	if j.Answered(plan.AskStale) == plan.Yes {
		j.Seen.Findings = plan.Find(codes.NotServed, plan.Warning, "SIG-8", msg.T("Restart the service of this port, or the node again. Then check every port."),
			"was restarted and does not present the new certificate on every port: %s", msg.List(w.ports.Open()))
		return true, nil
	}
	return false, restart.AskStale(j.Node, w.ports.Open())
}

// onlyStale reports whether all addresses that are not right yet answer, with another certificate.
func (w *watcher) onlyStale() bool {
	for _, s := range w.j.Seen.Served {
		if s.Error != "" && slices.ContainsFunc(w.ports, func(p standing.PortUp) bool { return p.Port == s.Port }) {
			return false
		}
	}
	return true
}

// patience is until when a node that is still up may yet be going down. One that said that it goes down is given longer.
func (w *watcher) patience() time.Time {
	settle := w.j.World.Pace.Settle
	switch {
	case w.j.Acted && w.blind:
		return w.began.Add(10 * settle)
	case w.j.Acted:
		return w.began.Add(2 * settle)
	case w.j.Before == nil:
		return w.began.Add(4 * settle)
	}
	until, since := w.began.Add(settle), 4*settle
	if view, _ := w.j.Plan.Task(w.j.Task); view.Trouble != nil && view.Trouble.Taken {
		since = 10 * settle
	}
	if asked := w.j.Before.Asked; asked.Before(w.began) && asked.Add(since).After(until) {
		return asked.Add(since)
	}
	return until
}

// noEffect: the node is up as it was. After its own word that it shuts down that is not believed at once.
func (w *watcher) noEffect() error {
	if !w.j.Acted {
		return nil
	}
	return &vos.Error{Class: vos.ErrUncertain, Code: codes.NoEffect, Node: w.j.Node.FQDN,
		What:  msg.T("The node acknowledged the restart and has not shut down: up since %s (node time)", msg.Time(w.j.Seen.Boot, msg.Stamp)),
		Means: msg.T("The restart command had no effect, or the node takes a long time to stop its services."),
		Next:  msg.T("Press Enter to check again. If the command had no effect, uccx-tui says so and asks for the name again.")}
}

// unknown: the node answers, and neither a shutdown nor its uptime was seen. A person looks, and says what it was.
func (w *watcher) unknown() (bool, error) {
	switch w.j.Answered(plan.AskRestarted) {
	case plan.Yes:
		return true, nil
	case plan.No:
		return false, nil
	}
	return false, restart.AskRestarted(w.j.Node)
}

// late: the node is not as it should be after all the time that a restart may take.
func (w *watcher) late() error {
	e := &vos.Error{Class: vos.ErrUncertain, Node: w.j.Node.FQDN, Err: w.err, Next: msg.T("Check the services (utils service list), then press Enter.")}
	switch limit := w.j.World.Pace.Restart; {
	case w.err != nil:
		e.What, e.Means = msg.T("The node did not answer within %s of the restart", limit), msg.T("The node is still starting, or is down.")
	case len(w.down) > 0:
		e.Code, e.About = codes.Services, release.ServiceNames(w.down)
		e.What, e.Means = msg.T("services not started yet: %s", release.ServiceWords(w.down)), msg.T("The node answers, but there is no sign of a complete restart.")
	case !w.restarted:
		e.What, e.Means = msg.T("its boot time is from before the restart"), msg.T("The node answers, but there is no sign of a restart.")
	default:
		e.Code, e.About = codes.NotServed, ports.Open(w.j, w.j.Seen.Served)
		e.What = msg.T("After %s these ports do not present the new certificate: %s", limit, msg.List(w.ports.Open()))
		e.Means = msg.T("The node is up again. A service has failed to start.")
	}
	return e
}
