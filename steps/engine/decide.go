package engine

import (
	"context"
	"errors"
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ErrSent tells that the commands of all that is left of a row went out in this program and did not succeed: only a person
// decides to send them again.
var ErrSent = errors.New("the command was sent and did not succeed. It is not sent again without your decision")

// decide finds out what became of a command that was not answered with success. Where words went to the node or came from
// it, the node is checked: what it holds counts, not what it said.
func (a *attempt) decide(ctx context.Context, err error) error {
	job := a.job
	var ask *plan.Ask
	var known *vos.Error
	errors.As(err, &known)
	unknown := errors.Is(err, vos.ErrUncertain)
	spoken := errors.Is(err, vos.ErrRefused) && known != nil && known.Said != ""
	if !unknown && !spoken && len(job.Seen.Uploads) == 0 {
		a.sent.Delete(job.Task) // nothing went out
		return a.stop(job, err)
	}
	if errors.As(err, &ask) || ctx.Err() != nil {
		return a.stop(job, err)
	}
	if unknown {
		job.Drop()
	}
	uploads := job.Seen.Uploads
	done, lookErr := a.look(ctx)
	job.Seen.Uploads = uploads
	switch {
	case errors.As(lookErr, &ask):
		return a.ask(ask.Question)
	case lookErr != nil && surelyNot(lookErr):
		return errors.Join(a.stop(job, lookErr), err)
	case lookErr != nil: // nothing is known that was not known before
		return errors.Join(a.stop(job, uncertain(job, err)), lookErr)
	case done:
		return a.Append(plan.KindDone, job.Task, job.Seen)
	case len(uploads) > 0:
		return a.stop(job, partly(job, err))
	}
	return a.asBefore(err)
}

// look checks the node. Where a command may be under way, the former state is believed only once the node has had time to
// finish: it goes on with what a lost connection had sent.
func (a *attempt) look(ctx context.Context) (bool, error) {
	job := a.job
	done, err := a.row.Look(ctx, job)
	if done || err != nil || !job.Unsure() || a.row.Risk != plan.Changes {
		return done, err
	}
	job.Say("waiting until the node is idle")
	if err := world.Wait(ctx, job.World.Pace.Settle); err != nil {
		return false, err
	}
	job.Seen = &plan.Seen{}
	return a.row.Look(ctx, job)
}

// asBefore ends a task whose command had no effect: the node was checked, and is unchanged. err is what became of the
// command in this program; nil: the words of the last trouble stand.
func (a *attempt) asBefore(err error) error {
	job := a.job
	tr := plan.Trouble{Class: "uncertain", What: msg.T("The command was sent; it is unknown whether it finished")}
	if view, _ := a.plan.Task(job.Task); err == nil && view.Trouble != nil {
		tr = *view.Trouble
	}
	if err != nil {
		tr = plan.TroubleOf(err)
	}
	tr.AsBefore, tr.Taken = true, false
	if tr.Class != "refused" {
		tr.What = msg.T("%s. The command had no effect", tr.What)
		tr.Means = msg.T("The node was checked afterwards and is unchanged.")
		tr.Next = msg.T("Read the node's message and the transcript (c). Press Enter to send the command again.")
	}
	if !job.Seen.Boot.IsZero() {
		tr.Means = msg.T("%s It has been up since %s (node time).", tr.Means, msg.Time(job.Seen.Boot, msg.Stamp))
	}
	class := vos.ErrUnreachable // of a command that was not answered
	if err != nil && (tr.Said != "" || tr.Class == "refused") {
		class = vos.ErrRefused
	}
	err = &vos.Error{Class: class, Node: job.Node.FQDN, What: tr.What, Said: tr.Said, Means: tr.Means, Next: tr.Next}
	return errors.Join(err, a.Append(plan.KindFailed, job.Task, tr))
}

// partly: some of what was to be uploaded is on the node, and the rest is not.
func partly(job *plan.Job, err error) error {
	tr := plan.TroubleOf(err)
	return &vos.Error{Class: vos.ErrUncertain, Node: job.Node.FQDN, What: tr.What, Said: tr.Said,
		Means: msg.T("Uploaded before that: %d. The rest is missing on the node.", len(job.Seen.Uploads)),
		Next:  msg.T("Press Enter to check the node and upload only what is missing.")}
}

// ask puts a question in the middle of a task. A command whose end was not seen stays unsure meanwhile.
func (a *attempt) ask(q plan.Question) error {
	job := a.job
	if view, _ := a.plan.Task(job.Task); view.State == plan.Running {
		tr := plan.Trouble{Class: "uncertain", What: msg.T("The command was sent; a question came up before the result was checked"),
			Means: msg.T("It is probably done."), Next: msg.T("Answer the question. Then the node is checked. Nothing is repeated unchecked.")}
		if err := a.Append(plan.KindUnsure, job.Task, tr); err != nil {
			return err
		}
	}
	return a.Append(plan.KindAsked, job.Task, q)
}

// untried leaves out the tasks whose command went out in this program before. One whose end was not seen is only checked, so
// it stays, unless checking means to wait for a restart once more.
func untried(r *Runner, row plan.Step, all []plan.Task) []plan.Task {
	return slices.DeleteFunc(all, func(t plan.Task) bool {
		_, sent := r.sent.Load(t)
		view, _ := r.plan.Task(t)
		return sent && (view.State != plan.Unsure || row.Risk == plan.Interrupts)
	})
}

// surelyNot reports whether a look has shown that a command had no effect, whatever else it found.
func surelyNot(err error) bool {
	return slices.Contains([]string{codes.CSRGone, codes.CSRAgain}, plan.TroubleOf(err).Code)
}

// unknown takes back that the node is unchanged, where a command went out earlier and its end was not seen. Other errors
// come back as they are.
func unknown(job *plan.Job, err error) error {
	var ask *plan.Ask
	var known *vos.Error
	if !job.Unsure() || errors.As(err, &ask) || surelyNot(err) || !errors.As(err, &known) {
		return err
	}
	e := *known
	const open = "The earlier command may have been done. That is unknown until the node is checked."
	switch known.Class {
	case vos.ErrUnreachable:
		e.Class, e.Means = vos.ErrUncertain, msg.T(open+" A node that is restarting cannot be reached either.")
		e.Next = msg.T("Wait a few minutes, then press Enter to check the node. Nothing is repeated unchecked.")
	case vos.ErrLogin, vos.ErrRefused:
		e.Means = msg.T(open)
	default:
		return err
	}
	return &e
}
