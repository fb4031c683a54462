package play

import (
	"context"
	"errors"
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// work works on a row, and has its manual tasks done meanwhile. Without a decision nothing is sent twice.
func (p *Player) work(ctx context.Context, step plan.Step, decided bool) error {
	run := p.Runner.Continue
	if decided {
		run = p.Runner.Run
	}
	p.working.Store(&step)
	defer p.working.Store(nil)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- run(ctx, step.ID) }()
	for {
		select {
		case err := <-done:
			return err
		case <-p.knock:
		}
		for e, ok := p.waiting(); ok; e, ok = p.waiting() {
			if err := p.byHand(ctx, e); err != nil {
				cancel()
				<-done
				return err
			}
		}
	}
}

func (p *Player) byHand(ctx context.Context, e engine.ManualTask) error {
	if p.Manual == nil {
		return &vos.Error{Class: vos.ErrUnreachable, Node: e.Node, What: msg.T("This node uses manual tasks, which need a person"), Err: ErrNoOperator,
			Means: msg.T("The node is unchanged."), Next: msg.T("Continue where a person can answer: uccx-tui resume")}
	}
	return p.Manual(ctx, e)
}

// tries is how the row at hand was tried.
type tries struct {
	row     string
	n       int  // without getting on
	decided bool // to send again what was sent
}

// after decides how it goes on after a row that ended with an error; the error that it returns ends the play.
func (p *Player) after(before plan.Row, err error, t *tries) error {
	t.decided = false
	if err == nil {
		t.n = 0
		return nil
	}
	row, _ := p.Runner.Plan().Row(before.Step.ID)
	if row.Done() > before.Done() {
		t.n = 0
	}
	if sent := left(row); errors.Is(err, engine.ErrSent) && sent != nil {
		err = errors.Join(sent, err)
	}
	if p.Stuck != nil {
		again, stop := p.Stuck(row, err)
		if stop != nil || again {
			t.decided = true
			return stop
		}
	}
	if t.n++; t.n >= MaxTries || hopeless(err) {
		return err
	}
	return nil
}

// left is what went wrong with the tasks of a row that are not done, in the words of the journal; nil: with none.
func left(row plan.Row) error {
	var all []error
	for _, t := range row.Tasks {
		if t.Trouble == nil || t.State != plan.Failed && t.State != plan.Unsure {
			continue
		}
		class := map[string]error{"unreachable": vos.ErrUnreachable, "login": vos.ErrLogin, "refused": vos.ErrRefused}[t.Trouble.Class]
		if t.State == plan.Unsure || class == nil {
			class = vos.ErrUncertain
		}
		all = append(all, &vos.Error{Class: class, Node: t.Task.Node, What: t.Trouble.What, Said: t.Trouble.Said, Means: t.Trouble.Means, Next: t.Trouble.Next, Code: t.Trouble.Code})
	}
	return errors.Join(all...)
}

// hopeless reports whether trying again, without sending anything again, can change nothing: all that is left was refused, or
// was sent.
func hopeless(err error) bool {
	return errors.Is(err, engine.ErrSent) ||
		errors.Is(err, vos.ErrRefused) && !errors.Is(err, vos.ErrUncertain) && !errors.Is(err, vos.ErrUnreachable)
}

// FirstCertificate reports whether what is next gives the first node of a plan its new certificate: one that is uploaded, or one that
// the node regenerates. A plan that does both is asked about twice. A row that ended before anything was sent has given none.
func FirstCertificate(p *plan.Plan, next plan.Next) bool {
	if next.Finished || next.Question != nil || !replaces(next.Row.Step) {
		return false
	}
	for _, row := range plan.RoleRows(p, next.Row.Step.Role) {
		if replaces(row.Step) && slices.ContainsFunc(row.Tasks, given) {
			return false
		}
	}
	return true
}

// given reports whether a node was given its new certificate, or may have been.
func given(t plan.TaskView) bool {
	byPage := t.State == plan.Done && t.Seen != nil && !t.Seen.Found
	return t.Changed || byPage || t.State == plan.Running || t.State == plan.Unsure
}

// replaces reports whether a row gives nodes a new certificate.
func replaces(s plan.Step) bool {
	return (s.Role == plan.RoleInstall || s.Role == plan.RoleRegenerate) && s.Act != nil && s.Risk == plan.Changes
}

// NeedsPerson reports whether what is next waits for a person: nothing is left, a question must be answered, services stop,
// or the first node is given its new certificate.
func NeedsPerson(p *plan.Plan, next plan.Next) bool {
	return next.Finished || next.Question != nil || len(next.Tasks) == 0 || interrupts(p, next) || FirstCertificate(p, next)
}

// interrupts reports whether services stop on a node of what is next.
func interrupts(p *plan.Plan, next plan.Next) bool {
	return next.Row.Step.Risk == plan.Interrupts && slices.ContainsFunc(next.Tasks, func(t plan.Task) bool { return p.Needed(next.Row.Step, t.Node) })
}

// ErrNeeded ends a play before what needs a person.
var ErrNeeded = errors.New("a person is needed")

// UntilNeeded is a player that goes on by itself: it ends with ErrNeeded before what needs a person (NeedsPerson), or what
// needs one for another reason, and with the error of the first row that fails. needed is called before each row.
func UntilNeeded(r *engine.Runner, needed func(plan.Next) bool) *Player {
	return &Player{Runner: r, Hooks: Hooks{
		Before: func(next plan.Next) error {
			if NeedsPerson(r.Plan(), next) || needed(next) {
				return ErrNeeded
			}
			return nil
		},
		Stuck: func(_ plan.Row, err error) (bool, error) { return false, err },
	}}
}
