package engine

import (
	"cmp"
	"context"
	"errors"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// runTask works on one task: look, write, act, look, write. Before it waits for its node it leaves its place to another.
func (r *Runner) runTask(ctx context.Context, row *plan.Step, t plan.Task, leave func()) error {
	job := r.job(t, leave, r.teller(t))
	if row.Look == nil { // a row of questions: they are answered, or it would be blocked
		return r.Append(plan.KindDone, t, plan.Seen{})
	}
	a := &attempt{Runner: r, row: row, job: job}
	a.starved.watch(job)
	done, err := a.look(ctx)
	if !done {
		err = a.guard(ctx, err)
	}
	if err = a.starved.check(job, err); err != nil {
		if ask := (*plan.Ask)(nil); errors.As(err, &ask) && ask.Question.ID == plan.AskChanged { // a comparison that is due tells it all
			err = cmp.Or(r.compare(ctx, row, job), err)
		}
		return r.stop(job, unknown(job, err))
	}
	if done {
		job.Seen.Found = row.Act != nil && job.Answered(plan.AskPageCSR) != plan.Yes && job.Answered(plan.AskPageUpload) != plan.Yes // else a person did it just now
		return r.Append(plan.KindDone, t, job.Seen)
	}
	if row.Act == nil {
		return r.stop(job, job.Refuse("", msg.T("The node is unchanged."), msg.T("Press Enter to check again."), "not done yet"))
	}
	if job.Unsure() { // the command had no effect: a person, or the next run, decides whether it is sent again
		return a.asBefore(nil)
	}
	if err := r.compare(ctx, row, job); err != nil {
		return r.stop(job, err)
	}
	return a.change(ctx)
}

// guard asks about a node that others have changed since it was read, in place of what the row asks itself. A question about the
// connection comes first; a node that may just have been changed by this row is not asked about.
func (a *attempt) guard(ctx context.Context, err error) error {
	var ask *plan.Ask
	own := errors.As(err, &ask) && (a.link(a.job.Task.Node).stands() || a.job.Node.Connection.ByHand())
	if a.row.Guard == nil || a.job.Unsure() || err != nil && !own {
		return err
	}
	return cmp.Or(a.row.Guard(ctx, a.job), err)
}

// attempt is the part of a task in which a node may be changed, and in which it is found out what became of that.
type attempt struct {
	*Runner
	row *plan.Step
	job *plan.Job

	starved starved
}

// change is the part in which the node is changed: the beginning is on disk before the first word is typed.
func (a *attempt) change(ctx context.Context) error {
	job := a.job
	if ask := unconfirmed(a.row, job); ask != nil {
		return a.stop(job, ask)
	}
	if err := a.Append(plan.KindBegan, job.Task, job.Seen); err != nil {
		return err
	}
	before := *job.Seen
	job.Before, job.Seen = &before, &plan.Seen{}
	a.sent.Store(job.Task, true)
	if err := a.row.Act(ctx, job); err != nil {
		return a.decide(ctx, err)
	}
	job.Acted = true
	done, err := a.row.Look(ctx, job)
	switch err = a.starved.check(job, err); {
	case err != nil:
		return a.stop(job, uncertain(job, err))
	case !done:
		return a.missed()
	}
	return a.Append(plan.KindDone, job.Task, job.Seen)
}

// unconfirmed asks for the name of a node that is to be restarted and whose name was not typed: it was not asked for, because nothing
// was owed when the row began.
func unconfirmed(row *plan.Step, job *plan.Job) error {
	for _, q := range row.Ask {
		if q.Kind != plan.NodeName || plan.SameName(job.Answered(q.ID), job.Node) {
			continue
		}
		if row.Fit != nil {
			q = row.Fit(job.Plan.Scope(), job.Node, q)
		}
		return &plan.Ask{Question: q}
	}
	return nil
}

// missed: the node said that it was done, and then it was not there. It may be shown late.
func (a *attempt) missed() error {
	err := &vos.Error{Class: vos.ErrRefused, Node: a.job.Node.FQDN, What: msg.T("The node reported success, but the certificate is not there"),
		Means: msg.T("The node is unchanged, or it shows the change later."), Next: msg.T("Read the transcript (c), then press Enter to check again.")}
	tr := plan.TroubleOf(err)
	tr.Taken = true
	return errors.Join(err, a.Append(plan.KindFailed, a.job.Task, tr))
}

// uncertain: the change was made, and then it could not be looked at. Only the node's own refusal stays what it is.
func uncertain(job *plan.Job, err error) error {
	var ask *plan.Ask
	if errors.As(err, &ask) || errors.Is(err, vos.ErrRefused) {
		return err
	}
	return &vos.Error{Class: vos.ErrUncertain, Node: job.Node.FQDN, What: msg.T("The command was sent; the result could not be checked"), Err: err,
		Means: msg.T("It is probably done."), Next: msg.T("Press Enter to check the node. Nothing is repeated unchecked.")}
}

// stop writes down why a task ended before it was done. A question is put to the person; it is no error.
func (r *Runner) stop(job *plan.Job, err error) error {
	var ask *plan.Ask
	if errors.As(err, &ask) {
		return (&attempt{Runner: r, job: job}).ask(offered(r.plan, job.Task, ask.Question))
	}
	if errors.Is(err, vos.ErrLogin) {
		err = errors.Join(err, r.refusedLater(job.Node.FQDN))
	}
	if errors.Is(err, vos.ErrUnreachable) || errors.Is(err, vos.ErrUncertain) {
		job.Drop()
	}
	return errors.Join(err, r.end(job.Task, err))
}

// end writes the last entry of a task that was not done: failed where the node is surely as before, unsure where not.
func (r *Runner) end(t plan.Task, err error) error {
	tr := plan.TroubleOf(err)
	tr.AsBefore, tr.Taken = surelyNot(err), tr.Code == codes.NoEffect // acknowledged, and not seen
	view, _ := r.plan.Task(t)
	kind := plan.KindFailed
	_, sent := r.sent.Load(t)
	switch began := view.State == plan.Running; {
	case began && sent && !tr.AsBefore: // whatever went wrong: what the command did was not seen
		kind, tr.Class = plan.KindUnsure, "uncertain"
	case tr.Class == "uncertain" && (began || view.State == plan.Unsure):
		kind = plan.KindUnsure
	}
	return r.Append(kind, t, tr)
}

// job makes the working place of one task. leave is called before the task waits for its node.
func (r *Runner) job(t plan.Task, leave func(), say func(string, ...any)) *plan.Job {
	var job *plan.Job
	job = plan.NewJob(r.plan, r.world, t, plan.Tools{Memory: r.memory, Probes: r.probes, Say: say,
		Drop: func() { r.link(t.Node).drop() },
		Connect: func(ctx context.Context) (vos.Driver, error) {
			leave()
			return r.link(t.Node).driver(ctx, r, job)
		}})
	return job
}

// teller tells the screen how a task gets on.
func (r *Runner) teller(t plan.Task) func(string, ...any) {
	return func(text string, args ...any) {
		r.notify(Event{Progress: &Progress{Task: t, Text: msg.T(text, args...), At: r.world.Now()}})
	}
}
