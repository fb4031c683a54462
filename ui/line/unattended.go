package line

import (
	"context"
	"io"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Auto is how line mode plays a session unattended.
type Auto struct {
	play.Hooks                                            // Event is told what was printed; Answer, Login, Clock and Finished are line mode's
	By         play.Answerer                              // answers
	Replies    int                                        // of the CA that are looked at
	Why        msg.Text                                   // what the journal says answered in a person's place; empty: nothing is said
	Account    func(node string) bool                     // gets a login for a node, "" for all, and says whether there is one now; nil: there is none
	Printer    func(print func(text string, args ...any)) // is given what prints a line, before the play begins; nil: nothing else is printed
	JSON       bool                                       // one JSON object a line instead of text
}

// JSONLine is one line of an unattended run as JSON: an event has a state, all else a text alone.
type JSONLine struct {
	Time  *time.Time `json:"time,omitempty" jsonschema:"description=of the entry of the journal"`
	Step  string     `json:"step,omitempty" jsonschema:"description=id of the step; - for an entry of the whole session"`
	Node  string     `json:"node,omitempty" jsonschema:"description=FQDN; missing where the event is about no node"`
	State string     `json:"state,omitempty" jsonschema:"description=kind of the entry of the journal (began and done and failed and unsure and asked and answered among others); ... while a task waits. Without it the line is a text alone"`
	Text  string     `json:"text,omitempty" jsonschema:"description=for people"`
}

// Play plays an open session to its end, or to what is not answered. What it prints is what Run prints.
func Play(ctx context.Context, a app.App, w *app.Work, out io.Writer, auto Auto) (standing.Outcome, error) {
	l := &line{app: a, auto: &auto, printer: &printer{tongue: a.Say, out: out, asJSON: auto.JSON, width: widthOr(unbroken, out)}}
	if auto.Printer != nil {
		auto.Printer(l.print)
	}
	return l.session(ctx, w)
}

// account gets the accounts that what is next needs.
func (l *line) account(next plan.Next) error {
	for {
		node, ask := app.NeedsLogin(l.work, l.work.Runner.Plan(), next.Tasks)
		if !ask {
			return nil
		}
		if l.auto.Account == nil || !l.auto.Account(node) {
			return l.noLogin(node)
		}
	}
}

// noLogin says why there is no account for a node, or for all ("") that have none: a node refused the one that was given, or none was.
func (l *line) noLogin(node string) error {
	p := l.work.Runner.Plan()
	if n, ok := p.Node(node); ok && p.Refusals(n.FQDN) == 0 && !notTried(p, n.FQDN) {
		return &vos.Error{Class: vos.ErrLogin, Node: node, What: msg.T("No user and password were given"), Means: msg.T("Nothing was sent to the node.")}
	}
	for _, n := range p.Nodes() {
		if p.Refusals(n.FQDN) > 0 && !l.work.HasLogin(n.FQDN) && (p.Refusals(node) == 0 || n.FQDN == node) {
			return &vos.Error{Class: vos.ErrLogin, Node: n.FQDN, What: msg.T("The node refused the user and password, and no others were given"),
				Means: msg.T("Nothing was sent to the node since.")}
		}
	}
	return &vos.Error{Class: vos.ErrLogin, Node: node, What: msg.T("No user and password were given"), Means: msg.T("Nothing was sent to the node.")}
}

// notTried reports whether a task of a node failed because another node had refused its account.
func notTried(p *plan.Plan, fqdn string) bool {
	for _, row := range p.Rows() {
		for _, t := range row.Tasks {
			if t.Task.Node == fqdn && t.State == plan.Failed && t.Trouble != nil && t.Trouble.Class == "login" {
				return true
			}
		}
	}
	return false
}

// unbroken is the width of a line that is never broken: a program that reads an unattended run wants an event in one line.
const unbroken = 1 << 16
