package line

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Unattended is how the plain face plays a session while nobody is there.
type Unattended struct {
	Answerer
	JSON  bool                     // one JSON object a line instead of text
	Stop  func(plan.Next) error    // ends the run before a row, with nothing begun; its error. nil: no row
	Late  func(timing.Clock) error // what does not fit into the window ends the run, with nothing begun; its error
	Login func(node string) bool   // gets a login for a node, "" for all, and says whether there is one now; nil: there is none
}

// Report is one line of an unattended run as JSON: an event has a state, all else a text alone.
type Report struct {
	Time  *time.Time `json:"time,omitempty"`
	Step  string     `json:"step,omitempty"`
	Node  string     `json:"node,omitempty"`
	State string     `json:"state,omitempty"`
	Text  string     `json:"text,omitempty"`
}

// Unanswered tells that the CA has not answered every request yet. Nothing is wrong, and nothing was uploaded.
type Unanswered struct{ Missing string }

// Error names what is missing.
func (u *Unanswered) Error() string {
	return fmt.Sprintf("the CA has not answered these CSRs: %s", u.Missing)
}

// Play plays an open session to its end, or to what no flag answers. What it prints is what Line prints.
func Play(ctx context.Context, a app.App, w *app.Work, out io.Writer, u Unattended) (standing.Outcome, error) {
	l := &line{app: a, out: out, auto: u, un: &u, told: map[plan.Task]time.Time{}, knock: make(chan struct{}, 1)}
	return l.session(ctx, w)
}

// gate holds what is next against the change window, and says before services stop how they get on together.
func (l *line) gate(next plan.Next) error {
	if l.un != nil && l.un.Stop != nil {
		if err := l.un.Stop(next); err != nil {
			return err
		}
	}
	p := l.work.Runner.Plan()
	if p.Until().IsZero() {
		return nil
	}
	if l.learnt == nil && l.app.Learn != nil {
		l.learnt = l.app.Learn()
	}
	c := timing.Before(plan.Window{Until: p.Until()}, p, next, l.learnt, time.Now())
	if text := l.say(c.Text, layout.Printables(c.Args)...); c.Text != "" && text != l.clock {
		l.clock = text
		l.print("%s", text)
	}
	if !c.Fits && l.un != nil && l.un.Late != nil {
		return l.un.Late(c)
	}
	if !c.Fits {
		return l.late(c)
	}
	return nil
}

// final reports whether an error ends an unattended run at once: what a node refused, it refuses again, and what was ordered
// once is not ordered again.
func (l *line) final(err error) bool {
	return l.un != nil && (errors.Is(err, engine.ErrSent) || errors.Is(err, vos.ErrRefused) && !errors.Is(err, vos.ErrUncertain))
}

// json prints one line. The lock is held.
func (l *line) json(r Report) {
	data, err := json.Marshal(r)
	if err == nil {
		_, _ = fmt.Fprintf(l.out, "%s\n", data)
	}
}

// onlyMissing returns the nodes that the CA has not answered, where nothing else is wrong with its files.
func onlyMissing(v cert.Reply) string {
	for _, f := range v.Findings {
		if f.Severity == cert.Fault && f.Code != "missing" && f.Code != "clear" {
			return ""
		}
	}
	nodes := make([]string, 0, len(v.Missing))
	for _, m := range v.Missing {
		nodes = append(nodes, m.Node)
	}
	return strings.Join(nodes, ", ")
}
