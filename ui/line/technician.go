package line

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// technician plays a person in the lab: with the answers, the keys and the errands that a person has, and no others.
type technician struct {
	lab      *app.LabWork
	careless bool

	mu    sync.Mutex
	done  map[string]bool // titles of what was done outside, and nodes that got a new CSR
	since time.Time       // when the words of a row that waits were new
	words string
}

// LabAnswers answers every question of the lab as a careful technician would: the keys are the lab's, the names are
// typed, the CA signs, what only a web page can do is done there, and the agents are content. What the lesson of the lab
// wants to be done outside is done where a row is stuck.
func LabAnswers(lab *app.LabWork) Answerer { return &technician{lab: lab, done: map[string]bool{}} }

// Careless answers as LabAnswers, and makes the mistake that the lesson is about.
func Careless(lab *app.LabWork) Answerer {
	return &technician{lab: lab, careless: true, done: map[string]bool{}}
}

// Answer is the lab's technician.
func (a *technician) Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (string, []string, error) {
	switch {
	case q.Question.Kind == plan.Files:
		dir, err := a.lab.Sign(ctx)
		return "", []string{dir}, err
	case q.Question.Kind == plan.NodeName:
		return q.Task.Node, nil, nil
	case q.Question.ID == plan.AskRestarted: // nobody looked at the engine's log
		return q.Question.Options[0].Value, nil, nil
	case q.Question.ID == plan.AskNeighbours && !a.careless && !serves(a.lab, p):
		return "", nil, &vos.Error{Class: vos.ErrRefused, What: "A peer presents a certificate that is not in its OS Administration", Means: "Nothing was uploaded.", Next: "Find out which machine answers there."}
	case q.Question.ID == plan.AskFindings && !a.careless:
		return a.found(q)
	}
	if l := a.lab.Lesson; l != nil && !a.careless && l.Answers[q.Question.ID] != "" {
		return l.Answers[q.Question.ID], nil, nil
	}
	for _, want := range []string{"yes", "use", "sign"} {
		for _, o := range q.Question.Options {
			if o.Value == want {
				return want, nil, a.lab.Hands(p, q, want)
			}
		}
	}
	return q.Question.Options[0].Value, nil, nil
}

// serves reports whether the lab's neighbours serve what was seen on the line.
func serves(l *app.LabWork, p *plan.Plan) bool {
	for fqdn, print := range reply.NeighbourServes(p) {
		if l.Serves(fqdn) != print {
			return false
		}
	}
	return true
}

// found: what can be put right is, and then looked at again; with a fault that stays nobody goes on.
func (a *technician) found(q plan.Asked) (string, []string, error) {
	if title, err := a.mend(q.Task.Step); title != "" || err != nil {
		return "again", nil, err
	}
	if a.lab.Lesson != nil && a.lab.Lesson.Untouched && slices.ContainsFunc(q.Question.Findings, func(f plan.Finding) bool { return f.Severity == plan.Fault }) {
		return "", nil, errEnd
	}
	return "yes", nil, nil
}

// mend does what the lesson wants at a row where one is stuck, and was not done yet; it returns what that was, or "". The
// careless do the wrong thing first.
func (a *technician) mend(row string) (string, error) {
	if a.careless {
		if title, err := a.outside(row, true); title != "" || err != nil {
			return title, err
		}
	}
	return a.outside(row, false)
}

// traps reports whether the mistake of a row is made where one is stuck, in place of what is right.
func (a *technician) traps(row string) bool {
	return slices.ContainsFunc(a.lab.Lesson.Outside, func(o app.Outside) bool { return o.At == row && !o.Mistake })
}

func (a *technician) outside(row string, mistake bool) (string, error) {
	if a.lab.Lesson == nil {
		return "", nil
	}
	for _, o := range a.lab.Lesson.Outside {
		if o.At != row || o.Mistake != mistake || !a.first(o.Title) {
			continue
		}
		if err := a.lab.Lesson.Do(o.Title); err != nil {
			a.forget(o.Title)
			return "", err
		}
		return o.Title, nil
	}
	return "", nil
}

func (a *technician) first(what string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.done[what] {
		return false
	}
	a.done[what] = true
	return true
}

func (a *technician) forget(what string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.done, what)
}

// patience is how long a row may say that it waits for the same thing before somebody looks why, in the time of the lab.
const patience = 2 * time.Second

// waits looks after a row that says the same for long.
func (a *technician) waits(p engine.Progress) (string, error) {
	words := p.Task.Step + p.Task.Node + fmt.Sprintf(p.Text, p.Args...)
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

// Late tells that the change window does not hold what is next: nothing was begun.
type Late struct{ Clock timing.Clock }

// Error says why.
func (l *Late) Error() string {
	return l.Clock.Line() + ": nothing was begun; uccx-tui resume goes on in the next window"
}

// before is what the technician of the lab does before a row is begun, where there is one: the mistake of the careless, or
// the end of the shift.
func (l *line) before(next plan.Next) error {
	a, ok := l.auto.(*technician)
	if !ok || a.lab.Lesson == nil || next.Row.Done() > 0 {
		return nil
	}
	id := next.Row.Step.ID
	if a.careless && !a.traps(id) {
		title, err := a.outside(id, true)
		l.outsides(title)
		if err != nil {
			return err
		}
	}
	if a.lab.Lesson.HandOver == id && l.work.Runner.Plan().Takeovers() == 0 && !a.careless {
		l.print("The shift ends here. Export the session: uccx-tui export %s. Your colleague imports it: uccx-tui "+
			"import.", cert.Printable(l.work.Name))
		return errEnd
	}
	return nil
}

func (l *line) outsides(title string) {
	if title != "" {
		l.print("outside: %s", cert.Printable(title))
	}
}

// mended reports whether the technician of the lab put right what a row was stuck at, so that it is tried again.
func (l *line) mended(row plan.Row) (bool, error) {
	a, ok := l.auto.(*technician)
	if !ok {
		return false, nil
	}
	title, err := a.mend(row.Step.ID)
	if l.outsides(title); title != "" || err != nil {
		return title != "", err
	}
	for _, t := range row.Tasks { // the key of the certificate is gone: what a person does with "n"
		if row.Step.Role == plan.RoleInstall && t.State == plan.Failed && t.Trouble != nil && (t.Trouble.Code == plan.CodeCSRAgain || t.Trouble.Code == plan.CodeCSRGone) && a.first(t.Task.Node) {
			return true, l.work.Runner.AgainIn(row.Step, t.Task.Node)
		}
	}
	return false, nil
}

// waited tells the technician of the lab how a row gets on. What cannot be done yet is tried again with the next word.
func (l *line) waited(p engine.Progress) {
	if a, ok := l.auto.(*technician); ok {
		title, _ := a.waits(p)
		l.outsides(title)
	}
}

// late ends the night of a careful technician where the window does not hold what is next.
func (l *line) late(c timing.Clock) error {
	if a, ok := l.auto.(*technician); ok && !a.careless {
		return &Late{c}
	}
	return nil
}
