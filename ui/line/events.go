package line

import (
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// events prints what the engine does: a head for each step, and below it a line for each node that gets on. Unattended each line
// stands for itself: time, node, step and state.
type events struct {
	*printer
	plan  *plan.Plan
	alone bool   // no person is there
	head  string // the row whose head was printed last
	waits map[plan.Task]*waiting
}

// waiting is what was told of a task that takes long.
type waiting struct {
	since time.Time       // it began
	said  map[string]bool // all that was said of it
	ports bool            // what was said last is how many ports are up
	at    time.Time       // when that was said
}

// news reports whether how a task gets on is to be told: a change at once, and once in each heartbeat that it goes on. What is told
// of a node that restarts goes back and forth between its ports and its login: what was said before is no change, and the ports are
// what is told of it in each heartbeat.
func (w *waiting) news(text string, ports bool, at time.Time) bool {
	quiet := heartbeat
	if w.ports && !ports {
		quiet = 2 * heartbeat
	}
	return at.Sub(w.since) >= patience && (!w.said[text] || at.Sub(w.at) >= quiet)
}

// A task that is done within patience is told when it is done. After that each change is told, and once in each heartbeat that
// it still goes on.
const (
	patience  = 5 * time.Second
	heartbeat = time.Minute
)

func newEvents(p *printer, pl *plan.Plan, alone bool) *events {
	return &events{printer: p, plan: pl, alone: alone, waits: map[plan.Task]*waiting{}}
}

// hear folds one event, and prints it.
func (e *events) hear(one engine.Event) {
	switch {
	case one.Progress != nil:
		e.progress(*one.Progress)
	case one.Entry != nil:
		_ = e.plan.Apply(*one.Entry)
		e.entry(*one.Entry)
	}
}

func (e *events) entry(one session.Entry) {
	t := plan.Task{Step: one.Step, Node: one.Node}
	if slices.Contains([]string{plan.KindDone, plan.KindFailed, plan.KindUnsure, plan.KindAsked}, one.Kind) {
		delete(e.waits, t)
	}
	if e.asJSON {
		step := t.Step
		if step == "" {
			step = "-"
		}
		e.mu.Lock()
		defer e.mu.Unlock()
		e.json(JSONLine{Time: &one.Time, Step: step, Node: t.Node, State: one.Kind, Text: e.detail(t, one.Kind)})
		return
	}
	if text := e.state(t, one.Kind); text != "" {
		e.event(one.Time, t, text)
	}
}

// state is an entry in words; "" where a person knows it already: they were asked, and answered.
func (e *events) state(t plan.Task, kind string) string {
	switch kind {
	case plan.KindBegan:
		return e.say("started")
	case plan.KindAsked, plan.KindAnswered:
		if !e.alone {
			return ""
		}
	case plan.KindDone, plan.KindFailed, plan.KindUnsure, plan.KindReopened:
		if !e.alone && (kind == plan.KindFailed || kind == plan.KindUnsure) {
			return e.say(msg.Label(kind)) // what happened is told before it is asked about
		}
	default:
		if !e.alone || t.Step == "" && t.Node == "" {
			return ""
		}
	}
	text := e.say(msg.Label(kind))
	if v, ok := e.plan.Task(t); ok && kind == plan.KindDone && v.Seen != nil && v.Seen.Found {
		return e.detail(t, kind)
	}
	if more := e.detail(t, kind); more != "" {
		text = e.tongue.T(msg.Both(msg.Verbatim(text), msg.Verbatim(more)))
	}
	return text
}

// detail is what an entry has to say besides its kind.
func (e *events) detail(t plan.Task, kind string) string {
	v, ok := e.plan.Task(t)
	switch {
	case !ok:
		return ""
	case kind == plan.KindFailed || kind == plan.KindUnsure:
		return troubleLine(e.local, v.Trouble)
	case kind == plan.KindDone && e.asJSON:
		if v.Seen != nil && v.Seen.Found {
			return e.say("already done")
		}
		return ""
	case kind == plan.KindDone:
		return pages.Env{Localizer: e.tongue, Plan: e.plan, Now: time.Now()}.Evidence(v)
	}
	return ""
}

func troubleLine(say func(msg.Text) string, t *plan.Trouble) string {
	if t == nil {
		return ""
	}
	parts := []string{say(t.What)}
	for _, s := range []string{t.Said, say(t.Means), say(t.Next)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return layout.OneLine(layout.Joined(parts))
}

// event prints a line about a task; text is in the language of the reader.
func (e *events) event(at time.Time, t plan.Task, text string) {
	row := e.plan.Step(t.Step)
	title, known := e.say(row.Title), row.Title != ""
	switch {
	case e.alone && known:
		e.tell("", strings.Join(nonEmpty(at.Local().Format("15:04:05"), cert.Printable(t.Node), title+": "+text), " "))
		return
	case e.alone:
		e.tell("", strings.Join(nonEmpty(at.Local().Format("15:04:05"), cert.Printable(t.Node), text), " "))
		return
	case !known:
		e.tell("", text)
		return
	}
	e.begin(row.ID)
	who := cert.Printable(layout.Short(t.Node))
	if who == "" {
		e.tell("  ", text)
		return
	}
	e.tell("  ", who+": "+text)
}

// begin prints the head of a row, once in turn.
func (e *events) begin(step string) {
	if e.alone || e.head == step {
		return
	}
	row, ok := e.plan.Row(step)
	if !ok {
		return
	}
	e.head = step
	e.tell("", e.say("Step %d of %d: %s", row.Number, len(e.plan.Rows()), e.say(row.Step.Title)))
}

func nonEmpty(all ...string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// progress prints how a task gets on: when that changes, and once a minute.
func (e *events) progress(p engine.Progress) {
	w := e.waits[p.Task]
	if w == nil {
		w = &waiting{since: p.At, said: map[string]bool{}}
		e.waits[p.Task] = w
	}
	text, ports := e.gets(p)
	if !w.news(text, ports, p.At) {
		return
	}
	w.said[text], w.ports, w.at = true, ports, p.At
	if e.asJSON {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.json(JSONLine{Time: &p.At, Step: p.Task.Step, Node: p.Task.Node, State: "...", Text: cert.Printable(e.tongue.T(p.Text))})
		return
	}
	text = e.tongue.T(msg.Both(msg.Verbatim(text), msg.Elapsed(p.At.Sub(w.since))))
	if usual := e.plan.Step(p.Task.Step).Usual; usual >= time.Minute {
		text += " " + e.say("(usually %s)", msg.Elapsed(usual))
	}
	e.event(p.At, p.Task, text)
}

// gets is how a task gets on, in words that change only when something changes: not with the reasons why a port is not up yet.
// ports reports that it is how many ports are up.
func (e *events) gets(p engine.Progress) (text string, ports bool) {
	if all, ok := standing.PortsIn(p.Text); ok {
		text := e.say("%d of %d ports up", all.Up(), len(all))
		var down []string
		for _, one := range all {
			if !one.Why.IsZero() {
				down = append(down, cert.Printable(one.Name))
			}
		}
		return text + "; " + e.say("not yet: %s", strings.Join(down, ", ")), true
	}
	return cert.Printable(e.local(p.Text)), false
}
