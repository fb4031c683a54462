package play

import (
	"cmp"
	"context"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Answerer answers in a person's place. files are paths, for a question about files. An error means that there is no answer.
type Answerer interface {
	Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (value string, files []string, err error)
}

// Answers is the hook Answer of a play without a person.
type Answers struct {
	Runner  *engine.Runner
	By      Answerer
	Replies int                                           // of the CA that are looked at: a CA that is told what is wrong may correct it
	Why     msg.Text                                      // what the journal says answered in a person's place; empty: nothing is said
	Judged  func(files []cert.File, verdict cert.Verdict) // is told the verdict on files of the CA; may be nil

	refused int // replies
}

// Unanswered tells that the CA has not answered every request yet. Nothing is wrong, and nothing was uploaded.
type Unanswered struct {
	Missing string
	Rest    bool // the others are installed
}

// Error names what is missing.
func (u *Unanswered) Error() string {
	return u.Text().String()
}

// Text is the same as a sentence.
func (u *Unanswered) Text() msg.Text {
	return msg.T("the CA has not answered these CSRs: %s", u.Missing)
}

// Late is the error of a play that the change window ends: it does not hold what is next. Nothing was begun.
type Late struct{ Clock timing.Clock }

// Error says why, and when it goes on.
func (l *Late) Error() string {
	return l.Text().String()
}

// Text is the same as a sentence.
func (l *Late) Text() msg.Text {
	return msg.T("%s: nothing was started; uccx-tui resume continues in the next window", l.Clock.Text)
}

// Answer has a question answered and writes the answer down. Of a restart that has no answer for the first node, another node
// whose turn it can be is asked about.
func (a *Answers) Answer(ctx context.Context, q plan.Asked) error {
	p := a.Runner.Plan()
	var none error
	for _, one := range p.Turns(q) {
		value, paths, err := a.By.Answer(ctx, one, p)
		switch {
		case err != nil:
			none = cmp.Or(none, err)
		case one.Question.Kind == plan.Files:
			return a.take(ctx, paths)
		default:
			return a.Runner.Answer(one, value, a.Why)
		}
	}
	return none
}

// take gives the CA's files to the session. Of a reply that is not taken nothing is written down: it is asked for again.
func (a *Answers) take(ctx context.Context, paths []string) error {
	files, err := read.Files(paths)
	if err != nil {
		return err
	}
	verdict, err := intake.TakeReply(a.Runner, files)
	if err != nil {
		return err
	}
	if a.Judged != nil {
		a.Judged(files, verdict)
	}
	if verdict.OK() {
		return nil
	}
	if asked := a.Runner.Plan().Next().Question; asked != nil && asked.Question.ID == plan.AskParts {
		if now, err := a.part(ctx, *asked); now || err != nil {
			return err
		}
	}
	if a.refused++; a.refused < a.Replies {
		return nil
	}
	if missing := onlyMissing(verdict); missing != "" {
		return &Unanswered{missing, a.Runner.Plan().Next().Row.Step.Role == plan.RoleRest}
	}
	return &vos.Error{Class: vos.ErrRefused, What: msg.T("The CA's reply was not loaded"), Means: msg.T("Nothing was uploaded."), Next: msg.T("See the findings above.")}
}

// part has the question answered whether a part of a reply is installed. Without an answer it waits for the rest.
func (a *Answers) part(ctx context.Context, q plan.Asked) (now bool, err error) {
	value, _, err := a.By.Answer(ctx, q, a.Runner.Plan())
	why := a.Why
	if err != nil {
		value, why = plan.Wait, msg.T("no answer was given, so nothing is installed until all certificates have arrived")
	}
	return value == plan.Install, a.Runner.Answer(q, value, why)
}

// onlyMissing returns the nodes that the CA has not answered, where nothing else is wrong with its files.
func onlyMissing(v cert.Verdict) string {
	for _, f := range v.Findings {
		if f.Severity == cert.Fault && f.Code != "missing" && f.Code != "empty" {
			return ""
		}
	}
	nodes := make([]string, 0, len(v.Missing))
	for _, m := range v.Missing {
		nodes = append(nodes, m.ID())
	}
	return strings.Join(nodes, ", ")
}
