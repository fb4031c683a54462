package lab

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Technician plays a person in the lab: with the answers, the keys and the manual tasks that a person has, and no others. It
// answers as a careful one would: the keys are the lab's, the names are typed, the CA signs, what only a web page can do is
// done there, and the agents are content. What the lesson wants to be done outside is done where a row is stuck.
type Technician struct {
	Services *practice.Services
	Runner   *engine.Runner
	Name     string                         // of the session
	Careless bool                           // makes the mistake that the lesson is about
	Tell     func(text string, args ...any) // what is done outside of the program; may be nil

	mu    sync.Mutex
	done  map[string]bool // titles of what was done outside, and nodes that got a new CSR
	tries map[string]int  // of a row, with so many nodes done
	since time.Time       // when the words of a row that waits were new
	words string
}

// Replies is how many replies of the lab's CA a technician has looked at: a CA that is told what is wrong may correct it.
const Replies = 3

// Hooks are what the technician does while a plan is played; its answers are for play.Answers.
func (a *Technician) Hooks() play.Hooks {
	h := play.Hooks{Before: a.before, Stuck: a.stuck, Event: a.hear, Consent: func(plan.Next) error { return nil }}
	if !a.Careless {
		h.Late = func(c timing.Clock) error { return &play.Late{Clock: c} }
	}
	return h
}

// ByTechnician is what the journal says of an answer that the technician of the lab gave, where no person was asked.
const ByTechnician = "answered by the technician of the lab (--auto)"

// Answer is the answer of a person in the lab.
func (a *Technician) Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (string, []string, error) {
	switch {
	case q.Question.Kind == plan.Files:
		return a.files(ctx, q, p)
	case q.Question.Kind == plan.NodeName:
		return q.Task.Node, nil, nil
	case q.Question.ID == plan.AskRestarted: // the engine's log was not read
		return q.Question.Options[0].Value, nil, nil
	case q.Question.ID == plan.AskPeers && !a.Careless && !serve(a.Services, p):
		return "", nil, &vos.Error{Class: vos.ErrRefused, What: msg.T("A peer presents a certificate that is not in its OS Administration"), Means: msg.T("Nothing was uploaded."), Next: msg.T("Find out which machine answers there.")}
	case q.Question.ID == plan.AskPeerFiles: // the owner of the server sends them by mail
		return plan.Bring, nil, nil
	case q.Question.ID == plan.AskReplication && !a.Careless: // it is repaired, and looked at again
		title, err := a.mend(q.Task.Step)
		if a.outsides(title); title == "" && err == nil {
			err = play.ErrEnd
		}
		return plan.Again, nil, err
	case q.Question.ID == plan.AskFindings && !a.Careless:
		return a.found(q)
	}
	if l := a.Services.Lesson; l != nil && (!a.Careless || q.Question.ID == plan.AskCA) && l.Answers[q.Question.ID] != "" {
		return l.Answers[q.Question.ID], nil, nil
	}
	if honest := a.Services.Watch(p, q); honest != "" {
		return honest, nil, a.Services.Tell(q, honest, honest)
	}
	for _, want := range []string{plan.Yes, "use", "sign", "internal"} {
		for _, o := range q.Question.Options {
			if o.Value == want {
				return want, nil, a.Services.Operate(p, q, want)
			}
		}
	}
	first := q.Question.Options[0].Value
	if first != plan.Again {
		return first, nil, nil
	}
	if l := a.Services.Lesson; l != nil && l.Answers[q.Question.ID] != "" {
		return l.Answers[q.Question.ID], nil, nil // to put it off again and again is no mistake, and no end
	}
	i := slices.IndexFunc(q.Question.Options, func(o plan.Option) bool { return o.Value != plan.Again }) // a person decides in the end
	return q.Question.Options[max(i, 0)].Value, nil, nil
}

// files are those of the lab's CA. A reply that was not taken goes back to it first.
func (a *Technician) files(ctx context.Context, q plan.Asked, p *plan.Plan) (string, []string, error) {
	if l := a.Services.Lesson; l != nil && l.Correct != nil && p.Step(q.Task.Step).Role == plan.RoleReply && !a.first("reply") {
		if err := l.Correct(); err != nil {
			return "", nil, err
		}
	}
	if q.Task.Step == plan.StepRest { // the CA is asked for the rest
		title, err := a.mend(q.Task.Step)
		if a.outsides(title); err != nil {
			return "", nil, err
		}
	}
	dir, err := a.Services.Sign(ctx)
	return "", []string{dir}, err
}

// found: what can be put right is, and then looked at again; with a fault that stays the play stops.
func (a *Technician) found(q plan.Asked) (string, []string, error) {
	title, err := a.mend(q.Task.Step)
	if a.outsides(title); title != "" || err != nil {
		return plan.Again, nil, err
	}
	if a.Services.Lesson != nil && a.Services.Lesson.Untouched && slices.ContainsFunc(q.Question.Findings, func(f plan.Finding) bool { return f.Severity == plan.Fault }) {
		return "", nil, play.ErrEnd
	}
	return plan.Yes, nil, nil
}

// mend does what the lesson wants at a row where one is stuck, and was not done yet; it returns what that was, or "". The
// careless do the wrong thing first.
func (a *Technician) mend(row string) (string, error) {
	if a.Careless {
		if title, err := a.outside(row, true); title != "" || err != nil {
			return title, err
		}
	}
	return a.outside(row, false)
}

// traps reports whether the mistake of a row is made where one is stuck, in place of what is right.
func (a *Technician) traps(row string) bool {
	return slices.ContainsFunc(a.Services.Lesson.Outside, func(o practice.Outside) bool { return o.At == row && !o.Mistake })
}

func (a *Technician) outside(row string, mistake bool) (string, error) {
	if a.Services.Lesson == nil {
		return "", nil
	}
	for _, o := range a.Services.Lesson.Outside {
		if o.At != row || o.Mistake != mistake || !a.first(o.Title) {
			continue
		}
		if _, err := a.Services.Lesson.Do(o.Title, ""); err != nil {
			a.forget(o.Title)
			return "", err
		}
		return o.Title, nil
	}
	return "", nil
}

func (a *Technician) first(what string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.done[what] {
		return false
	}
	if a.done == nil {
		a.done = map[string]bool{}
	}
	a.done[what] = true
	return true
}

func (a *Technician) forget(what string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.done, what)
}

// patience is how long a row may say that it waits for the same thing before the cause is looked for, in the time of the lab.
const patience = 2 * time.Second

// waits looks after a row that says the same for long.
func (a *Technician) waits(p engine.Progress) (string, error) {
	words := p.Task.Step + p.Task.Node + p.Text.String()
	a.mu.Lock()
	if words != a.words {
		a.words, a.since = words, p.At
	}
	long := p.At.Sub(a.since) >= patience
	a.mu.Unlock()
	if !long {
		return "", nil
	}
	return a.mend(p.Task.Step)
}

// before is what is done before a row is begun: the mistake of the careless, or the end of the shift.
func (a *Technician) before(next plan.Next) error {
	if a.Services.Lesson == nil || next.Row.Done() > 0 {
		return nil
	}
	id := next.Row.Step.ID
	if a.Careless && !a.traps(id) {
		title, err := a.outside(id, true)
		a.outsides(title)
		if err != nil {
			return err
		}
	}
	if a.Services.Lesson.HandOver == id && a.Runner.Plan().Takeovers() == 0 && !a.Careless {
		a.tell("The shift ends here. Export the session: uccx-tui export %s. Your colleague imports it: uccx-tui "+
			"import.", cert.Printable(a.Name))
		return play.ErrEnd
	}
	return nil
}

func (a *Technician) tell(text string, args ...any) {
	if a.Tell != nil {
		a.Tell(text, args...)
	}
}

func (a *Technician) outsides(title string) {
	if title != "" {
		a.tell("outside: %s", practice.Says(title).Mapped(cert.Printable))
	}
}

// stuck puts right what a row is stuck at. Where there is nothing to put right it is tried again as a person would, unless a
// node has refused what it was given.
func (a *Technician) stuck(row plan.Row, _ error) (again bool, err error) {
	title, err := a.mend(row.Step.ID)
	if a.outsides(title); title != "" || err != nil {
		return title != "", err
	}
	refused := false
	for _, t := range row.Tasks {
		if t.State != plan.Failed || t.Trouble == nil {
			continue
		}
		lost := t.Trouble.Code == codes.CSRAgain || t.Trouble.Code == codes.CSRGone // the key of the certificate is gone
		if row.Step.Role == plan.RoleInstall && lost && a.first(t.Task.Node) {
			return true, a.Runner.NewCSRIn(row.Step, t.Task.Node)
		}
		refused = refused || row.Step.Risk != plan.Looks && t.Trouble.Class == "refused"
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	at := fmt.Sprint(row.Step.ID, " ", row.Done())
	if a.tries == nil {
		a.tries = map[string]int{}
	}
	a.tries[at]++
	return !refused && a.tries[at] < play.MaxTries, nil
}

// hear looks after a row that waits for the same thing for long. What cannot be done yet is tried with the next word.
func (a *Technician) hear(e engine.Event) {
	if e.Progress != nil {
		title, _ := a.waits(*e.Progress)
		a.outsides(title)
	}
}
