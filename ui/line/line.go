// Package line is line mode: one line a prompt, one line an event, no escape sequences. It does all that the screens can, for
// screen readers, dumb terminals, pipes and scripts.
package line

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// line is line mode: its prompts, and what it does with the answers.
type line struct {
	*printer
	*events // of the session that is open
	app     app.App
	work    *app.Work
	plan    *plan.Plan
	in      *bufio.Reader // shared by all prompts; nil: there are no prompts
	raw     io.Reader
	auto    *Auto // nil: a person is there

	player    *play.Player
	announced string // what was said last to come
	ordered   string // the row whose order of restarts was said
}

// Run runs line mode until nothing is left, the input ends, or the context ends. w nil shows the menu first.
// It returns how the change stands, and closes a session that it opened itself.
//
// Each event is one line below the head of its step; nothing is printed twice.
func Run(ctx context.Context, a app.App, w *app.Work, in io.Reader, out io.Writer) (standing.Outcome, error) {
	l := &line{app: a, raw: in, printer: &printer{tongue: a.Say, out: out, width: widthOr(lineWidth, in)}}
	if in != nil {
		l.in = bufio.NewReader(&endless{from: in})
	}
	if w == nil {
		var err error
		if w, err = (home{l}).menu(ctx); w == nil {
			return standing.Proven, err
		}
		defer w.Close()
	}
	return l.session(ctx, w)
}

// session plays one open session.
func (l *line) session(ctx context.Context, w *app.Work) (standing.Outcome, error) {
	p, err := steps.Fold(w.Entries)
	if err != nil {
		return standing.Refused, err
	}
	l.work, l.plan = w, p
	l.events = newEvents(l.printer, p, l.auto != nil)
	where := standing.WhereIs(p)
	lab := ""
	if w.Lab != nil {
		lab = "LAB "
	}
	l.tell("", lab+l.say("%s: step %d of %d, %s", pages.Name(p, w), where.Number, where.Of, l.say(where.Title)))
	if text := pages.Pending(p, l.app.Say); text != "" {
		l.tell("  ", text)
	}
	if l.auto == nil {
		l.tell("  ", l.say("? at any prompt: help"))
	}
	lesson{l}.tellLesson()
	l.player = &play.Player{Runner: w.Runner, Events: w.Events, Learn: l.app.Learn, Hooks: l.hooks()}
	if l.app.Hold != nil {
		l.app.Hold(l.interrupted)
	}
	err = l.player.Play(ctx)
	if ctx.Err() == nil {
		askReport(l)
	}
	o := standing.OutcomeOf(w.Runner.Plan())
	l.tell("", l.verdict(o))
	l.pending(w.Runner.Plan())
	if errors.Is(err, play.ErrEnd) || ctx.Err() != nil {
		err = nil
	}
	return o, err
}

func (l *line) verdict(o standing.Outcome) string {
	switch o {
	case standing.Proven:
		return l.say("All ports are verified. Nothing is pending.")
	case standing.Owed:
		return l.say("Something is pending. List it: uccx-tui report %s. Continue: uccx-tui resume %[1]s", cert.Printable(l.work.Name))
	case standing.Waiting:
		return l.say("Waiting for the CA. Continue when its files have arrived: uccx-tui resume")
	case standing.Refused:
		return l.say("A step failed; the node is unchanged. Try again: uccx-tui resume")
	case standing.Doubtful:
		return l.say("It is unknown whether a node was changed. Check the node: uccx-tui resume")
	}
	return l.say("Not finished. Continue: uccx-tui resume")
}

// mostPending is how many lines of what is pending are printed.
const mostPending = 12

// pending prints what is owed, as the report has it: who stops here goes on knowing it.
func (l *line) pending(p *plan.Plan) {
	lines := standing.Of(p).Lines(p)
	for i, text := range lines {
		if i == mostPending {
			l.print("  %s", l.say("%d more: uccx-tui report %s", len(lines)-i, cert.Printable(l.work.Name)))
			return
		}
		l.tell("  ", l.local(text))
	}
}

// hear takes one event.
func (l *line) hear(e engine.Event) {
	l.events.hear(e)
	if l.auto != nil && l.auto.Hooks.Event != nil {
		l.auto.Hooks.Event(e)
	}
}

// prompt asks one line.
func (l *line) prompt(text string) (string, error) {
	if l.in == nil {
		return "", play.ErrEnd
	}
	l.mu.Lock()
	fmt.Fprintf(l.out, "%s ", strings.Join(layout.Wrap(layout.PrintableLines(text), l.width()), "\n"))
	l.mu.Unlock()
	answer, err := l.in.ReadString('\n')
	if err != nil {
		l.print("")
		return "", play.ErrEnd
	}
	return strings.TrimSpace(answer), nil
}
