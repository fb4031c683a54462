package plan

import (
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Decision is one answer of a person, as it was given: it stays, also where the question is asked again later.
type Decision struct {
	At      time.Time
	By      string
	Task    Task
	ID      string   // of the question
	Text    msg.Text // of the question, unescaped
	Value   string
	Said    msg.Text   // how many files were given, or nothing
	Why     msg.Text   // where no person was asked: what answered in their place
	Lines   []msg.Text // of the question, unescaped
	Rule    string
	Options []Option
}

// decide keeps an answer as evidence. The plan is locked.
func (p *fold) decide(e session.Entry, t *task, a Answer) {
	d := Decision{At: e.Time, By: e.Who, Task: Task{e.Step, e.Node}, ID: a.Question, Value: a.Value, Why: a.Why, Text: msg.Verbatim(a.Question)}
	asks := p.step(e.Step).Ask
	if t.asked != nil {
		asks = append([]Question{t.asked.Question}, asks...)
	}
	if i := slices.IndexFunc(asks, func(q Question) bool { return q.ID == a.Question }); i >= 0 {
		d.Text, d.Rule, d.Lines, d.Options = asks[i].Text, asks[i].Rule, asks[i].Lines, asks[i].Options
	}
	if a.Reply != nil && a.Value != Yes && a.Value != Install {
		d.Said = msg.N("1 file", "%d files", len(a.Reply.Files))
		d.Value = d.Said.String()
	}
	p.decisions = append(p.decisions, d)
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
	return reading(p, func(f *fold) []Decision { return slices.Clone(f.decisions) })
}

// Began returns when the session was opened, and the checksum of its first entry: the hash chain begins with it.
func (p *Plan) Began() (at time.Time, sum string) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.begun, p.first
}

// AccountsRefused are the accounts that a node refused once.
func (p *Plan) AccountsRefused() []string {
	return reading(p, func(f *fold) []string { return slices.Clone(f.accounts) })
}
