package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/aymanbagabas/go-osc52/v2"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// events are what the engine had to say since the last time.
type events struct {
	box *engine.EventQueue
	all []engine.Event
}

// listen waits for the next events. The engine never waits for the screen: it puts them into a box.
func listen(box *engine.EventQueue, ctx context.Context) tea.Cmd {
	return func() tea.Msg {
		select {
		case <-box.Ready():
			return events{box, box.Take()}
		case <-ctx.Done():
			return nil
		}
	}
}

func (m *Model) heard(e events) tea.Cmd {
	if m.work == nil || e.box != m.work.Events {
		return nil // of a session that was closed
	}
	for _, one := range e.all {
		switch {
		case one.Entry != nil:
			m.fold(*one.Entry)
		case one.Errand != nil:
			m.visit(*one.Errand)
		default:
			m.progress[one.Progress.Task] = *one.Progress
		}
	}
	return tea.Batch(listen(e.box, m.ctx), m.caughtUp())
}

// later is what is to be done once the fold has caught up with the engine's.
type later struct {
	entries int
	do      func() tea.Cmd
}

// when does something as soon as the fold holds that many entries: entries and the end of a run come on two ways.
func (m *Model) when(entries int, do func() tea.Cmd) tea.Cmd {
	m.laters = append(m.laters, later{entries, do})
	return m.caughtUp()
}

func (m *Model) caughtUp() tea.Cmd {
	var cmds []tea.Cmd
	for len(m.laters) > 0 && m.plan != nil {
		if n, _, _ := m.plan.Entries(); n < m.laters[0].entries {
			break
		}
		do := m.laters[0].do
		m.laters = m.laters[1:]
		cmds = append(cmds, do())
	}
	return tea.Batch(cmds...)
}

// written returns how many entries the engine has on disk.
func written(r *engine.Runner) int {
	n, _, _ := r.Plan().Entries()
	return n
}

// ended tells that a row has come to its end, for now.
type ended struct {
	work    *Work
	id      string
	entries int
	err     error
}

// tickMsg lets the seconds of a running row be drawn anew.
type tickMsg struct{}

func ticking() tea.Cmd {
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return tickMsg{} })
}

func (m *Model) tick() tea.Cmd {
	if m.running == "" {
		return nil
	}
	return ticking()
}

// run starts a row, after a login was given where one is needed.
func (m *Model) run(id string) tea.Cmd {
	if m.running != "" {
		return nil
	}
	if node, ask := needsLogin(m.work, m.plan, m.plan.Next().Tasks); ask {
		m.push(newLogin(&m.face, node))
		return nil
	}
	ctx, cancel := context.WithCancel(m.ctx)
	m.running, m.begun, m.cancel, m.notice = id, m.now, cancel, ""
	clear(m.progress)
	w := m.work
	return tea.Batch(ticking(), func() tea.Msg {
		defer cancel()
		err := w.Runner.Run(ctx, id)
		return ended{w, id, written(w.Runner), err}
	})
}

// needsLogin returns the node whose login must be asked for before the tasks can run. "" with true: all nodes, because
// none of them has one that it took.
func needsLogin(w *Work, p *plan.Plan, tasks []plan.Task) (string, bool) {
	missing, have := "", false
	for _, t := range tasks {
		n, _ := p.Node(t.Node)
		switch {
		case t.Node == "" || !n.Connection.NeedsLogin():
		case w.HasLogin(t.Node):
			have = true
		case missing == "":
			missing = t.Node
		}
	}
	if missing != "" && !have && len(tasks) > 1 {
		return "", true
	}
	return missing, missing != ""
}

// stopped shows what became of a row. The entries say it; only what stands nowhere else is told.
func (m *Model) stopped(e ended) tea.Cmd {
	if e.work != m.work {
		return nil
	}
	return m.when(e.entries, func() tea.Cmd {
		m.running, m.cancel, m.changed = "", nil, m.now
		row, _ := m.plan.Row(e.id)
		next := m.plan.Next()
		if m.leaving {
			return tea.Quit
		}
		if e.err != nil && row.Count(plan.Failed)+row.Count(plan.Unsure) == 0 {
			m.tell(true, "%s", cert.Printable(e.err.Error()))
		}
		if m.going && e.err == nil {
			return m.goOn()
		}
		m.going = m.going && next.Question != nil && next.Question.Question.Key != nil // a host key is no reason to end
		if next.Row.Step.ID == e.id && next.Question != nil {
			return m.next()
		}
		return nil
	})
}

// goOn runs the next row where it needs nobody and stops no service; else it shows what is needed.
func (m *Model) goOn() tea.Cmd {
	n := m.plan.Next()
	m.going = !n.Finished && n.Question == nil && n.Row.Step.Risk != plan.Interrupts && len(n.Tasks) > 0 ||
		n.Question != nil && n.Question.Question.Key != nil
	cmd := m.next()
	if m.going && n.Question == nil {
		return tea.Batch(cmd, m.run(n.Row.Step.ID))
	}
	return cmd
}

// next goes to whatever the plan says is next.
func (m *Model) next() tea.Cmd {
	n := m.plan.Next()
	m.stack = m.stack[:min(2, len(m.stack))]
	if p, ok := m.top().(*planView); ok {
		p.follow()
	}
	switch {
	case n.Finished:
		m.push(newReport(m.plan))
		return m.gradeNow()
	case n.Question == nil:
		m.push(&stepView{id: n.Row.Step.ID})
	case n.Question.Question.Kind == plan.Files:
		return m.choose()
	case n.Question.Question.ID == "handed":
		m.push(&handoverView{asked: *n.Question})
	default:
		m.push(&questionView{asked: *n.Question})
	}
	return nil
}

// choose opens the file chooser: in the lab where the CA's reply lies, else where downloads usually do.
func (m *Model) choose() tea.Cmd {
	c, cmd := newChooser(&m.face, startFolder())
	m.push(c)
	if m.work.Lab == nil {
		return cmd
	}
	sign, ctx := m.work.Lab.Sign, m.ctx
	return func() tea.Msg {
		dir, err := sign(ctx)
		if err != nil {
			return folder{dir: dir, err: err}
		}
		return openFolder(dir)()
	}
}

func startFolder() string {
	if home, err := os.UserHomeDir(); err == nil {
		for _, dir := range []string{home + "/Downloads", home} {
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				return dir
			}
		}
	}
	return "."
}

// answered tells that an answer is on disk, or why not.
type answered struct {
	stops   bool // the answer was "no": nothing is run after it
	work    *Work
	step    string
	entries int
	err     error
	advise  []advice.Advice // what may be behind a "no"
}

// answer writes an answer down, and goes on with the row where nothing else is asked.
func (m *Model) answer(a answer) tea.Cmd {
	w, q := m.work, a.asked.Question
	if q.Needs != "" && a.value != q.Needs { // "not yet" is no answer
		return m.grant(showPlan{})
	}
	return func() tea.Msg {
		err := w.Lab.Hands(w.Runner.Plan(), a.asked, a.value)
		if err == nil {
			err = w.Runner.Answer(a.asked, a.value)
		}
		done := answered{stops: q.Key != nil && a.value == "no", work: w, step: a.asked.Task.Step, entries: written(w.Runner), err: err}
		if a.value == "no" {
			done.advise = advice.For(q.ID)
		}
		return done
	}
}

// renew begins again at an earlier row, and goes there.
func (m *Model) renew(from func(*engine.Runner) error) tea.Cmd {
	w := m.work
	return func() tea.Msg {
		err := from(w.Runner)
		return answered{work: w, step: "", entries: written(w.Runner), err: err}
	}
}

// fixed tells where the text for the CA lies, or why it does not.
type fixed struct {
	path string
	err  error
}

func (m *Model) fix(v cert.Reply, files []cert.File) tea.Cmd {
	runner := m.work.Runner
	return func() tea.Msg {
		path, err := steps.WriteFix(runner, v, files)
		return fixed{path, err}
	}
}

func (x fixed) tell(f *face) {
	switch {
	case x.err != nil:
		f.tell(true, "%s", cert.Printable(x.err.Error()))
	case x.path == "":
		f.tell(false, "The CA has nothing to correct")
	default:
		f.tell(false, "Letter written: %s", cert.Printable(filepath.Base(x.path))+" "+f.Say("(in the outbox)"))
	}
}

// take gives the chosen files to the engine.
func (m *Model) take(files []cert.File) tea.Cmd {
	w, step := m.work, m.plan.Next().Row.Step.ID
	return func() tea.Msg {
		verdict, err := steps.TakeReply(w.Runner, files)
		if err == nil && !verdict.OK() {
			err = errNotTaken
		}
		return answered{work: w, step: step, entries: written(w.Runner), err: err}
	}
}

var errNotTaken = errors.New("The reply was not loaded. Press f for the reasons.")

func (m *Model) settled(a answered) tea.Cmd {
	if a.work != m.work {
		return nil
	}
	if a.err != nil {
		m.tell(true, "%s", cert.Printable(a.err.Error()))
		return nil
	}
	return m.when(a.entries, func() tea.Cmd {
		if a.stops {
			m.grant(showPlan{})
			m.tell(false, "Stopped. Nothing was sent to the node. Press Enter to be asked again.")
			return nil
		}
		n := m.plan.Next()
		cmd := m.next()
		if n.Question == nil && len(n.Tasks) > 0 && n.Row.Step.ID == a.step && m.running == "" {
			cmd = tea.Batch(cmd, m.run(a.step))
		}
		if len(a.advise) > 0 {
			m.push(newAdvise(showAdvise{some: a.advise}))
		}
		return cmd
	})
}

// clip sends a text to the clipboard of the terminal on the technician's own machine (OSC 52), through tmux and screen.
func clip(text string) tea.Cmd {
	seq := osc52.New(text)
	switch {
	case os.Getenv("TMUX") != "":
		seq = seq.Tmux()
	case strings.HasPrefix(os.Getenv("TERM"), "screen"):
		seq = seq.Screen()
	}
	return tea.Raw(seq.String())
}
