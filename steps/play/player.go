package play

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ErrEnd is the error of a hook that has no one left to ask: the play ends, and the session continues later.
var ErrEnd = errors.New("Input ended. Progress is saved. Continue with: uccx-tui resume")

// ErrNoOperator is the cause where a node uses manual tasks and no person is there to do them.
var ErrNoOperator = errors.New("no person is there")

// MaxTries is how often a row that fails on all its nodes is tried in turn, where no person decides.
const MaxTries = 5

// Hooks are what is done where a plan needs a person, and what is told. Each may be nil. They are called one after the
// other, but for Event, which is called while a row is being worked on too. An error that a hook returns ends the play and is
// its error.
type Hooks struct {
	// Before is called before a question is asked and before a row is worked on, each time.
	Before func(plan.Next) error
	// Answer writes down the answer to a question (Runner.Answer, intake.TakeReply), or nothing: then it is asked again. nil:
	// the play ends with *NeedsAnswer.
	Answer func(context.Context, plan.Asked) error
	// Login gets the accounts that the tasks of a row need.
	Login func(plan.Next) error
	// Consent is called before the first node is given its new certificate, once for uploads and once for those that nodes regenerate. nil: the play ends there with *Unconfirmed.
	// The consent to a restart is the answer to its question, which each restart has.
	Consent func(plan.Next) error
	// Manual does a dialogue that no program may do itself, and hands it in (Runner.HandIn, Runner.NotDone). nil: the row
	// ends with ErrNoOperator.
	Manual func(context.Context, engine.ManualTask) error
	// Stuck is called after a row that failed on a node, or whose end was not seen there; err says what happened. again: a
	// person, or what stands for one, decided to try again and to send again what was sent. nil, or not again: the player
	// decides (see Player).
	Stuck func(row plan.Row, err error) (again bool, _ error)
	// Late is called before what does not fit into the change window with its way back. Nothing was begun.
	Late func(timing.Clock) error
	// Clock is told what is to be said about the change window, each time that it changes.
	Clock func(timing.Clock)
	// Finished is called when nothing is left to do; where the plan has something to do afterwards, the play goes on.
	Finished func() error
	// Event is told what comes out of the event queue, in its order. Before each of the other hooks the queue has been
	// emptied, so that no question comes before its events.
	Event func(engine.Event)
}

// Player plays the plan of one session. What was sent to a node and failed is sent again only where Stuck says so, also where
// other nodes of the row got on; without that, what could not be reached is tried MaxTries times, and what a node or a check
// refused ends the play.
type Player struct {
	Runner *engine.Runner
	Events *engine.EventQueue      // of the runner; nil: the caller empties it, and does the manual tasks
	Learn  func() timing.Durations // how long rows take on this site; nil: only what is usual is known
	Hooks

	turn    sync.Mutex          // events in their order
	manual  []engine.ManualTask // that wait; guarded by turn
	knock   chan struct{}       // one came
	working atomic.Pointer[plan.Step]
	leaving atomic.Bool

	learnt    timing.Durations
	clock     string      // what was said last about the window
	consented []plan.Role // kinds of new certificates
}

// NeedsAnswer is the error where no one can answer a question.
type NeedsAnswer struct{ Asked plan.Asked }

// Error names the question.
func (n *NeedsAnswer) Error() string {
	return n.Text().String()
}

// Text is the same as a sentence.
func (n *NeedsAnswer) Text() msg.Text {
	return msg.T("%s: needs your answer: %s", n.Asked.Task.Step, n.Asked.Question.Text)
}

// Unconfirmed is the error before the first node is given its new certificate, without consent.
type Unconfirmed struct{ Row plan.Row }

// Error names the row, what agents notice of it, and the way back.
func (u *Unconfirmed) Error() string {
	return u.Text().String()
}

// Text is the same as a sentence.
func (u *Unconfirmed) Text() msg.Text {
	return msg.T("%s: not confirmed. Nothing was sent to the nodes. Effect: %s Way back: %s", msg.English(u.Row.Step.Title), msg.English(u.Row.Step.Effect), msg.English(u.Row.Step.Undo))
}

// Play does what is next until nothing is left, a hook ends it, a row fails for good, or the context ends (ErrEnd). A player
// plays once.
func (p *Player) Play(ctx context.Context) error {
	p.knock = make(chan struct{}, 1)
	if p.Events == nil {
		return p.play(ctx)
	}
	watching, stop := context.WithCancel(context.Background())
	var watcher sync.WaitGroup
	watcher.Go(func() { p.watch(watching) })
	err := p.play(ctx)
	stop()
	watcher.Wait()
	return err
}

// Leave ends the play once the row that is being worked on has ended, where that row changes nodes, and reports whether it
// does. Otherwise nothing happens: there is nothing to wait for.
func (p *Player) Leave() (changing bool) {
	step := p.working.Load()
	if step == nil || step.Risk == plan.Looks {
		return false
	}
	p.leaving.Store(true)
	return true
}

func (p *Player) play(ctx context.Context) error {
	t := tries{}
	for ctx.Err() == nil {
		next := p.Runner.Plan().Next()
		p.Flush()
		switch {
		case next.Finished:
			if p.Finished != nil {
				if err := p.Finished(); err != nil {
					return err
				}
			}
			if p.Runner.Plan().Next().Finished {
				return nil
			}
		case next.Question != nil:
			if err := p.answer(ctx, next); err != nil {
				return err
			}
		default:
			if err := p.row(ctx, next, &t); err != nil {
				return err
			}
		}
	}
	return ErrEnd
}

func (p *Player) answer(ctx context.Context, next plan.Next) error {
	if err := p.before(next); err != nil {
		return err
	}
	if p.Answer == nil {
		return &NeedsAnswer{*next.Question}
	}
	return p.Answer(ctx, *next.Question)
}

// row works on what is next once, and decides whether it is tried again.
func (p *Player) row(ctx context.Context, next plan.Next, t *tries) error {
	if err := p.before(next); err != nil {
		return err
	}
	if err := p.ready(next); err != nil {
		return err
	}
	if t.row != next.Row.Step.ID {
		*t = tries{row: next.Row.Step.ID}
	}
	err := p.work(ctx, next.Row.Step, t.decided)
	if ctx.Err() != nil || p.leaving.Load() || errors.Is(err, ErrEnd) {
		return ErrEnd
	}
	p.Flush()
	return p.after(next.Row, err, t)
}

// before holds what is next against the change window.
func (p *Player) before(next plan.Next) error {
	if until := p.Runner.Plan().Until(); !until.IsZero() {
		if p.learnt == nil && p.Learn != nil {
			p.learnt = p.Learn()
		}
		c := timing.Before(plan.Window{Until: until}, p.Runner.Plan(), next, p.learnt, time.Now())
		if line := c.Text.String(); line != "" && line != p.clock && p.Clock != nil {
			p.clock = line
			p.Clock(c)
		}
		if !c.Fits && p.Late != nil {
			if err := p.Late(c); err != nil {
				return err
			}
		}
	}
	if p.Before == nil {
		return nil
	}
	return p.Before(next)
}

// ready gets what a row needs before it may run: accounts, and the consent to the first new certificate.
func (p *Player) ready(next plan.Next) error {
	if p.Login != nil {
		if err := p.Login(next); err != nil {
			return err
		}
	}
	if slices.Contains(p.consented, next.Row.Step.Role) || !FirstCertificate(p.Runner.Plan(), next) {
		return nil
	}
	if p.Consent == nil {
		return &Unconfirmed{next.Row}
	}
	if err := p.Consent(next); err != nil {
		return err
	}
	p.consented = append(p.consented, next.Row.Step.Role)
	return nil
}
