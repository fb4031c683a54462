package plan

import (
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Decision is one answer of a person, as it was given: it stays, also where the question is asked again later.
type Decision struct {
	At    time.Time
	By    string
	Task  Task
	ID    string   // of the question
	Text  msg.Text // of the question, unescaped
	Value string
	Why   msg.Text   // where no person was asked: what answered in their place
	Lines []msg.Text // of the question, unescaped
	Rule  string
}

// decide keeps an answer as evidence. The plan is locked.
func (p *fold) decide(e session.Entry, t *task, a Answer) {
	d := Decision{At: e.Time, By: e.Who, Task: Task{e.Step, e.Node}, ID: a.Question, Value: a.Value, Why: a.Why, Text: msg.Verbatim(a.Question)}
	if t.asked != nil && t.asked.Question.ID == a.Question {
		d.asked(t.asked.Question)
	} else if i := slices.IndexFunc(p.step(e.Step).Ask, func(q Question) bool { return q.ID == a.Question }); i >= 0 {
		d.asked(p.step(e.Step).Ask[i])
	}
	if a.Reply != nil && a.Value != Yes && a.Value != Install {
		d.Value = msg.N("1 file", "%d files", len(a.Reply.Files)).String()
	}
	p.decisions = append(p.decisions, d)
}

func (d *Decision) asked(q Question) {
	d.Text, d.Rule, d.Lines = q.Text, q.Rule, q.Lines
}

// Told are the lines that a question tells, unescaped: of each finding what was found, its cause, and what puts it right.
func (q Question) Told() []msg.Text {
	if len(q.Findings) == 0 {
		return q.Lines
	}
	var lines []msg.Text
	for _, f := range q.Findings {
		lines = append(lines, msg.T("%s: %s", msg.Word(f.Severity), f.What))
		if !f.Cause.IsZero() {
			lines = append(lines, msg.T("   %s", f.Cause))
		}
		if !f.Next.IsZero() {
			lines = append(lines, msg.T("-> %s", f.Next))
		}
	}
	return lines
}

// Decisions returns every answer that people gave, in the order of time.
func (p *Plan) Decisions() []Decision {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return slices.Clone(p.decisions)
}

// Began returns when the session was opened, and the checksum of its first entry: the hash chain begins with it.
func (p *Plan) Began() (at time.Time, sum string) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.begun, p.first
}

// AccountsRefused are the accounts that a node refused once.
func (p *Plan) AccountsRefused() []string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return slices.Clone(p.accounts)
}
