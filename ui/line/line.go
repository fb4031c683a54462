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
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// line is the plain face: one line a prompt, one line an event, no escape sequences. It does all that the screens can,
// for screen readers, dumb terminals, pipes and scripts.
type line struct {
	app  app.App
	work *app.Work
	plan *plan.Plan
	in   *bufio.Reader // shared by all prompts; nil: there are no prompts
	raw  io.Reader
	out  io.Writer
	auto *Auto      // nil: a person is there
	mu   sync.Mutex // one line at a time
	told map[plan.Task]time.Time

	player    *play.Player
	announced string // what was said last to come
	ordered   string // the row whose order of restarts was said
}

// Run runs line mode until nothing is left, the input ends, or the context ends. w nil shows the menu first.
// It returns how the change stands, and closes a session that it opened itself.
//
// Each event is one line: time (local, 15:04:05), row, node or "-", state, text.
func Run(ctx context.Context, a app.App, w *app.Work, in io.Reader, out io.Writer) (standing.Outcome, error) {
	l := &line{app: a, raw: in, out: out, told: map[plan.Task]time.Time{}}
	if in != nil {
		l.in = bufio.NewReader(in)
	}
	if w == nil {
		var err error
		if w, err = l.menu(ctx); w == nil {
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
	where := standing.WhereIs(p)
	lab := ""
	if w.Lab != nil {
		lab = "LAB "
	}
	l.print("%s%s: step %d of %d, %s", lab, cert.Printable(p.Change().Name), where.Number, where.Of, l.say(where.Title))
	l.tellLesson()
	l.player = &play.Player{Runner: w.Runner, Events: w.Events, Learn: l.app.Learn, Hooks: l.hooks()}
	if l.app.Hold != nil {
		l.app.Hold(l.interrupted)
	}
	err = l.player.Play(ctx)
	o := standing.OutcomeOf(w.Runner.Plan())
	l.print("%s", l.verdict(o))
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
		l.print("  %s", cert.Printable(text))
	}
}

func (l *line) say(text string, args ...any) string { return l.app.Say.Say(text, args...) }

func (l *line) print(text string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.auto != nil && l.auto.JSON {
		l.json(Report{Text: l.say(text, args...)})
		return
	}
	fmt.Fprintln(l.out, layout.PrintableLines(l.say(text, args...))) // nothing else prints here
}

// hear prints one event.
func (l *line) hear(e engine.Event) {
	switch {
	case e.Progress != nil:
		l.progress(*e.Progress)
	case e.Entry != nil:
		t := plan.Task{Step: e.Entry.Step, Node: e.Entry.Node}
		_ = l.plan.Apply(*e.Entry)
		if t.Step == "" {
			l.event(e.Entry.Time, "-", t.Node, e.Entry.Kind, "")
			break
		}
		l.event(e.Entry.Time, t.Step, t.Node, e.Entry.Kind, l.detail(t, e.Entry.Kind))
	}
	if l.auto != nil && l.auto.Hooks.Event != nil {
		l.auto.Hooks.Event(e)
	}
}

// detail is what an event has to say besides its kind.
func (l *line) detail(t plan.Task, kind string) string {
	v, ok := l.plan.Task(t)
	switch {
	case !ok:
		return ""
	case kind == plan.KindFailed || kind == plan.KindUnsure:
		return troubleLine(v.Trouble)
	case kind == plan.KindDone && v.Seen != nil && v.Seen.Found:
		return l.say("already done")
	}
	return ""
}

func troubleLine(t *plan.Trouble) string {
	if t == nil {
		return ""
	}
	parts := []string{t.What}
	for _, s := range []string{t.Said, t.Means, t.Next} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return layout.OneLine(strings.Join(parts, "; "))
}

func (l *line) event(at time.Time, step, node, state, text string) {
	if l.auto != nil && l.auto.JSON {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.json(Report{Time: &at, Step: step, Node: node, State: state, Text: text})
		return
	}
	if node == "" {
		node = "-"
	}
	l.print("%s", strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", at.Local().Format("15:04:05"), step, cert.Printable(node), state, text)))
}

// every is how often the same task may tell how it gets on.
const every = time.Second

func (l *line) progress(p engine.Progress) {
	if p.At.Sub(l.told[p.Task]) < every {
		return
	}
	l.told[p.Task] = p.At
	l.event(p.At, p.Task.Step, p.Task.Node, "...", l.say(p.Text, layout.Printables(p.Args)...))
}

// prompt asks one line.
func (l *line) prompt(text string) (string, error) {
	if l.in == nil {
		return "", play.ErrEnd
	}
	l.mu.Lock()
	fmt.Fprintf(l.out, "%s ", layout.PrintableLines(text))
	l.mu.Unlock()
	answer, err := l.in.ReadString('\n')
	if err != nil {
		l.print("")
		return "", play.ErrEnd
	}
	return strings.TrimSpace(answer), nil
}
