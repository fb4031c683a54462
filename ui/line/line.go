// Package line is line mode: one line a prompt, one line an event, no escape sequences. It does all that the screens can, for
// screen readers, dumb terminals, pipes and scripts.
package line

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Answerer answers in a person's place. files are paths for a question about files.
type Answerer interface {
	Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (value string, files []string, err error)
}

// line is the plain face: one line a prompt, one line an event, no escape sequences. It does all that the screens can,
// for screen readers, dumb terminals, pipes and scripts.
type line struct {
	app   app.App
	work  *app.Work
	plan  *plan.Plan
	in    *bufio.Reader // shared by all prompts; nil: nobody is asked
	raw   io.Reader
	out   io.Writer
	auto  Answerer
	un    *Unattended // nil: somebody is there, or the lab plays by itself
	mu    sync.Mutex  // one line at a time
	turn  sync.Mutex  // events in their order
	told  map[plan.Task]time.Time
	wrong int // replies of the lab's CA that were not taken

	errands []engine.ManualTask // that wait for a person; guarded by turn
	knock   chan struct{}       // one came

	working atomic.Pointer[plan.Step] // the row that is at work
	leaving atomic.Bool               // Ctrl+C came meanwhile

	learnt  timing.Durations // how long rows took on this site
	clock   string           // what was said last about the change window
	ordered string           // the row whose order of restarts was said
}

// errEnd tells that there is nobody left to ask: the session is saved, as it always is.
var errEnd = errors.New("Input ended. Progress is saved. Continue with: uccx-tui resume")

// maxTries is how often a row that failed or is unsure is tried again by itself, in auto mode.
const maxTries = 5

// maxReplies is how many replies of the CA are looked at in auto mode: a CA that is told what is wrong may mend it.
const maxReplies = 3

// Run runs the plain face until nothing is left, nobody answers, or the context ends. w nil shows the menu first.
// With an Answerer nobody is asked. It returns how the change stands, and closes a session that it opened itself.
//
// Each event is one line: time (local, 15:04:05), row, node or "-", state, text.
func Run(ctx context.Context, a app.App, w *app.Work, in io.Reader, out io.Writer, auto Answerer) (standing.Outcome, error) {
	l := &line{app: a, raw: in, out: out, auto: auto, told: map[plan.Task]time.Time{}, knock: make(chan struct{}, 1)}
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
	watching, stop := context.WithCancel(ctx)
	var watcher sync.WaitGroup
	watcher.Add(1)
	go func() {
		defer watcher.Done()
		l.watch(watching)
	}()
	if l.app.Hold != nil {
		l.app.Hold(l.interrupted)
	}
	err = l.play(ctx)
	stop()
	watcher.Wait()
	o := standing.OutcomeOf(w.Runner.Plan())
	l.print("%s", l.verdict(o))
	l.pending(w.Runner.Plan())
	if errors.Is(err, errEnd) || ctx.Err() != nil {
		err = nil
	}
	return o, err
}

func (l *line) verdict(o standing.Outcome) string {
	switch o {
	case standing.Proven:
		return l.say("All ports are verified. Nothing is pending.")
	case standing.Owed:
		return l.say("something is owed: uccx-tui report %s names it, uccx-tui resume goes on", cert.Printable(l.work.Name))
	case standing.Waiting:
		return l.say("waiting for the CA: uccx-tui resume goes on when its files are there")
	case standing.Refused:
		return l.say("stopped at a refusal; the node is as before: uccx-tui resume tries again")
	case standing.Doubtful:
		return l.say("unsure whether a node was changed: uccx-tui resume looks")
	}
	return l.say("not finished: uccx-tui resume goes on")
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
	if l.un != nil && l.un.JSON {
		l.json(Report{Text: l.say(text, args...)})
		return
	}
	fmt.Fprintln(l.out, layout.PrintableLines(l.say(text, args...))) // nothing else prints here
}

// watch prints the events as they come.
func (l *line) watch(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			l.events()
			return
		case <-l.work.Events.Ready():
			l.events()
		}
	}
}

// events prints what the engine has said so far. Before a question it is called too, so that nothing comes late.
func (l *line) events() {
	l.turn.Lock()
	defer l.turn.Unlock()
	for _, e := range l.work.Events.Take() {
		switch {
		case e.Progress != nil:
			l.progress(*e.Progress)
		case e.Errand != nil:
			l.visit(*e.Errand)
		case e.Entry.Step == "":
			l.event(e.Entry.Time, "-", e.Entry.Node, e.Entry.Kind, "")
		default:
			_ = l.plan.Apply(*e.Entry)
			l.event(e.Entry.Time, e.Entry.Step, e.Entry.Node, e.Entry.Kind, l.detail(plan.Task{Step: e.Entry.Step, Node: e.Entry.Node}, e.Entry.Kind))
			continue
		}
		if e.Entry != nil {
			_ = l.plan.Apply(*e.Entry)
		}
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
	if l.un != nil && l.un.JSON {
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
	l.waited(p)
}

// play does what is next, until nothing is left or nothing moves.
func (l *line) play(ctx context.Context) error {
	runner := l.work.Runner
	decided := l.auto != nil && l.un == nil // the lab's technician decides as a person does
	r := retries{person: decided}
	for ctx.Err() == nil {
		next := runner.Plan().Next()
		if next.Finished {
			l.events()
			if err := l.owed(); err != nil || runner.Plan().Next().Finished {
				return err
			}
			continue
		}
		l.events()
		if err := errors.Join(l.gate(next), l.before(next)); err != nil {
			return err
		}
		l.restartOrder(next.Row)
		if next.Question != nil {
			if err := l.answer(ctx, *next.Question); err != nil {
				return err
			}
			continue
		}
		if err := l.ready(next); err != nil {
			return err
		}
		l.working.Store(&next.Row.Step)
		err := l.row(ctx, next.Row.Step.ID, r.person)
		r.person = decided
		l.working.Store(nil)
		if ctx.Err() != nil || l.leaving.Load() {
			return errEnd
		}
		if errors.Is(err, errEnd) {
			return err
		}
		if err := retried(l, next.Row, err, &r); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// retries is how a row that does not get on has been tried.
type retries struct {
	n      int
	told   error // the last error that says what happened
	person bool  // somebody has decided to send again what was sent
}

// retried decides whether a row is tried again that has ended with an error; the error ends the play.
func retried(l *line, before plan.Row, err error, r *retries) error {
	row, _ := l.work.Runner.Plan().Row(before.Step.ID)
	if err == nil || row.Done() > before.Done() {
		r.n = 0
		return nil
	}
	if again, err := l.mended(row); again || err != nil {
		return err
	}
	if !errors.Is(err, engine.ErrSent) {
		r.told = err
	}
	if r.n++; r.n >= maxTries || l.final(err) {
		return cmp.Or(r.told, err)
	}
	if l.auto == nil {
		r.person = true
		return l.again(row)
	}
	return nil
}

// interrupted is asked at the first Ctrl+C: while a node is being changed the end comes when that is done.
func (l *line) interrupted() bool {
	step := l.working.Load()
	if step == nil || step.Risk == plan.Looks {
		return false
	}
	l.leaving.Store(true)
	l.print("%s", l.say("A node is being changed. uccx-tui quits when this is finished. Ctrl+C again quits now; the result "+
		"is then unknown and will be checked."))
	return true
}

// again asks whether a row that failed is to be tried once more.
func (l *line) again(row plan.Row) error {
	for _, t := range row.Tasks {
		if t.Trouble != nil && t.State != plan.Done {
			l.print("  %s: %s", cert.Printable(t.Task.Node), layout.OneLine(t.Trouble.What+" "+t.Trouble.Said))
			l.print("    %s", cert.Printable(t.Trouble.Means))
			l.print("    -> %s", cert.Printable(t.Trouble.Next))
		}
	}
	refused, files := row.Refused(), row.OtherFiles()
	ask := l.say("Try again? [Enter: yes, advise: explain, q: quit]")
	switch {
	case refused != "":
		ask = l.say("Try again? [Enter: yes, n: new CSR on %s, o: other files from the CA, q: quit]", cert.Printable(layout.Short(refused)))
	case files:
		ask = l.say("Try again? [Enter: yes, o: other files of the CA, advise: cause and cure, q: stop here]")
	}
	text, err := l.consult(ask, row)
	switch {
	case err != nil:
		return err
	case strings.EqualFold(text, "q"):
		return errEnd
	case strings.EqualFold(text, "n") && refused != "":
		return l.work.Runner.AgainIn(row.Step, refused)
	case strings.EqualFold(text, "o") && files:
		return l.work.Runner.OtherReply()
	}
	return nil
}

// prompt asks one line.
func (l *line) prompt(text string) (string, error) {
	if l.in == nil {
		return "", errEnd
	}
	l.mu.Lock()
	fmt.Fprintf(l.out, "%s ", layout.PrintableLines(text))
	l.mu.Unlock()
	answer, err := l.in.ReadString('\n')
	if err != nil {
		l.print("")
		return "", errEnd
	}
	return strings.TrimSpace(answer), nil
}
