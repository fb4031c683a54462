package ui

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/terminal"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// events are what the engine had to say since the last time.
type events struct {
	queue *engine.EventQueue
	all   []engine.Event
}

// listen waits for the next events. The engine never waits for the screen: it puts them into a queue.
func listen(queue *engine.EventQueue, ctx context.Context) tea.Cmd {
	return func() tea.Msg {
		select {
		case <-queue.Ready():
			return events{queue, queue.Take()}
		case <-ctx.Done():
			return nil
		}
	}
}

// end is what is to be done once everything before it in the queue is folded.
type end func() tea.Cmd

// behind does work outside of Update, and what it returns behind all that the engine wrote meanwhile: entries and the end of
// a run come by the same queue.
func (m *Model) behind(work func() end) tea.Cmd {
	w := m.Work
	return func() tea.Msg {
		w.Events.Put(engine.Event{End: work()})
		return nil
	}
}

func (m *Model) heard(e events) tea.Cmd {
	if m.Work == nil || e.queue != m.Work.Events {
		return nil // of a session that was closed
	}
	cmds := []tea.Cmd{listen(e.queue, m.ctx)}
	for _, one := range e.all {
		switch {
		case one.Entry != nil:
			m.fold(*one.Entry)
		case one.Errand != nil:
			m.visit(*one.Errand)
			if !one.Errand.Over && m.Now.Sub(m.burst) > longWait && m.signals.Bell { // a person is needed, and pressed no key lately
				cmds = append(cmds, m.signals.Attention(m.Title("By hand")))
			}
		case one.Progress != nil:
			m.Progress[one.Progress.Task] = *one.Progress
		default:
			if then, ok := one.End.(end); ok && m.Work != nil {
				cmds = append(cmds, then())
			}
		}
	}
	return tea.Batch(cmds...)
}

// tickMsg lets the seconds of a running row be drawn.
type tickMsg struct{}

func ticking() tea.Cmd {
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return tickMsg{} })
}

func (m *Model) tick() tea.Cmd {
	if m.Running == "" {
		return nil
	}
	return ticking()
}

// run starts a row, after a login was given where one is needed.
func (m *Model) run(id string) tea.Cmd {
	if m.Running != "" {
		return nil
	}
	if node, ask := app.NeedsLogin(m.Work, m.Plan, m.Plan.Next().Tasks); ask {
		return m.push(newLogin(&m.env, node))
	}
	w := m.Work
	return m.working(id, func(ctx context.Context) error { return w.Runner.Run(ctx, id) })
}

// working does work that begins with a row, beside the screens.
func (m *Model) working(id string, work func(context.Context) error) tea.Cmd {
	ctx, cancel := context.WithCancel(m.ctx)
	m.Running, m.Begun, m.cancel, m.Notice, m.worked = id, m.Now, cancel, "", m.Now
	clear(m.Progress)
	return tea.Batch(ticking(), m.behind(func() end {
		defer cancel()
		err := work(ctx)
		return func() tea.Cmd { return m.stopped(err) }
	}))
}

// stopped shows what became of the row that was worked on last. The entries say it; only what stands nowhere else is told.
func (m *Model) stopped(err error) tea.Cmd {
	id := m.Running
	m.Running, m.cancel, m.changed = "", nil, m.Now
	if m.signals.Bell && m.Now.Sub(m.worked) > longWait && !m.leaving {
		return tea.Batch(m.signals.Attention(m.Title(m.Plan.Step(id).Title)), ended(m, id, err))
	}
	return ended(m, id, err)
}

// longWait is how long a person may look elsewhere before they are told that it is over.
const longWait = time.Minute

// ended goes on after the work on a row.
func ended(m *Model, id string, err error) tea.Cmd {
	row, _ := m.Plan.Row(id)
	next := m.Plan.Next()
	switch {
	case m.leaving:
		return tea.Quit
	case m.going && (err == nil || errors.Is(err, play.ErrNeeded)):
		return m.goOn()
	case err != nil && !errors.Is(err, play.ErrEnd) && row.Count(plan.Failed)+row.Count(plan.Unsure) == 0:
		m.tellError(err)
	}
	m.going = m.going && next.Question != nil && next.Question.Question.Key != nil // a host key is no reason to end
	if next.Row.Step.ID == id && next.Question != nil {
		return m.next()
	}
	return nil
}

// askToRun is what runs row after row, once it is meant: it changes nodes.
func askToRun(m *Model) tea.Cmd {
	return m.push(newConfirm(m, m.Say("Run step after step until you are needed?"),
		m.Say("It stops at each question, at each problem, and before the first step that cannot be undone or stops services."), func() tea.Cmd {
			m.going = true
			return m.goOn()
		}))
}

// goOn plays row after row until a person is needed, and shows for what.
func (m *Model) goOn() tea.Cmd {
	n := m.Plan.Next()
	if play.NeedsPerson(m.Plan, n) {
		m.going = n.Question != nil && n.Question.Question.Key != nil
		return m.next()
	}
	m.going = true
	cmd := m.next()
	if node, ask := app.NeedsLogin(m.Work, m.Plan, n.Tasks); ask {
		return tea.Batch(cmd, m.push(newLogin(&m.env, node)))
	}
	w := m.Work
	player := play.UntilNeeded(w.Runner, func(next plan.Next) bool {
		if _, ask := app.NeedsLogin(w, w.Runner.Plan(), next.Tasks); ask {
			return true
		}
		w.Events.Put(engine.Event{End: end(func() tea.Cmd { return m.began(next.Row.Step.ID) })})
		return false
	})
	return tea.Batch(cmd, m.working(n.Row.Step.ID, player.Play))
}

// began shows the row that a play has come to.
func (m *Model) began(id string) tea.Cmd {
	if m.Running == "" || m.Running == id {
		return nil
	}
	m.Running, m.Begun = id, m.Now
	clear(m.Progress)
	return m.next()
}

// next goes to whatever the plan says is next.
func (m *Model) next() tea.Cmd {
	n := m.Plan.Next()
	m.stack = m.stack[:min(2, len(m.stack))]
	if p, ok := m.top().(*planView); ok {
		p.follow()
	}
	switch {
	case n.Finished:
		return tea.Batch(m.push(newReport(m.Plan, m.Localizer)), concludeLesson(m))
	case n.Question == nil:
		return m.push(&stepView{id: n.Row.Step.ID})
	case n.Question.Question.Kind == plan.Files:
		return openChooser(m)
	case n.Question.Question.ID == plan.AskHanded:
		return m.push(&handoverView{asked: *n.Question})
	}
	return askPerson(m, *n.Question)
}

// answerQuestion writes an answer down, and goes on with the row where nothing else is asked.
func answerQuestion(m *Model, asked plan.Asked, value string) tea.Cmd {
	w, q := m.Work, asked.Question
	if !q.LetsOn(value) { // "not yet" is no answer
		return m.toPlan()
	}
	return m.behind(func() end {
		err := w.Lab.Operate(w.Runner.Plan(), asked, value)
		if err == nil {
			err = w.Runner.Answer(asked, value)
		}
		return func() tea.Cmd {
			if err == nil && q.Stops(value) {
				_ = m.toPlan()
				m.Tell(false, "Stopped. Nothing was sent to the node. Press Enter to be asked again.")
				return nil
			}
			cmd := m.settled(asked.Task.Step, err)
			if found := advice.For(q.ID); err == nil && value == "no" && len(found) > 0 {
				m.push(newAdvise(m.Localizer, "", found))
			}
			return cmd
		}
	})
}

// settled goes on after something was written down: with a row, where nothing else is asked.
func (m *Model) settled(step string, err error) tea.Cmd {
	if err != nil {
		m.tellError(err)
		return nil
	}
	n := m.Plan.Next()
	cmd := m.next()
	if n.Question == nil && len(n.Tasks) > 0 && n.Row.Step.ID == step && m.Running == "" {
		cmd = tea.Batch(cmd, m.run(step))
	}
	return cmd
}

// askAgain is a key that begins again at an earlier row, and goes there; it asks first.
func askAgain(m *Model, key, label, help, question, means string, from func(*engine.Runner) error) action {
	return on(key, label, help, func() tea.Cmd {
		return m.push(newConfirm(m, question, m.Say(means), func() tea.Cmd {
			w := m.Work
			return m.behind(func() end {
				err := from(w.Runner)
				return func() tea.Cmd { return m.settled("", err) }
			})
		}))
	})
}

// logIn keeps the account that was typed, and goes on with the row that needs it.
func logIn(m *Model, node, user, password string) tea.Cmd {
	if !app.Jump(m.Plan, node) {
		m.user = user
	}
	m.Work.SetLogin(node, vos.Login{User: user, Password: vos.NewSecret(password)})
	return tea.Batch(m.next(), m.run(m.Plan.Next().Row.Step.ID))
}

// written does work that writes a file, outside of Update, and says where that is; path "" is not a file.
func written(work func() (path string, err error), says func(m *Model, path string)) tea.Cmd {
	return func() tea.Msg {
		path, err := work()
		return told(func(m *Model) {
			if err != nil {
				m.tellError(err)
				return
			}
			says(m, path)
		})
	}
}

// writeFix writes the text for the CA into the outbox.
func writeFix(m *Model, v cert.Verdict, files []cert.File) tea.Cmd {
	runner := m.Work.Runner
	return written(func() (string, error) { return intake.WriteFix(runner, v, files) }, func(m *Model, path string) {
		if path == "" {
			m.Tell(false, "The CA has nothing to correct")
			return
		}
		m.Tell(false, "Letter written: %s", cert.Printable(filepath.Base(path))+" "+m.Say("(in the outbox)"))
	})
}

// writeKit writes the client kit into the folder of the session.
func writeKit(m *Model) tea.Cmd {
	runner := m.Work.Runner
	return written(func() (string, error) { return steps.WriteKit(runner) }, func(m *Model, folder string) {
		m.Tell(false, "Client kit written to %s", cert.Printable(folder))
	})
}

// takeReply gives the chosen files to the engine.
func takeReply(m *Model, files []cert.File) tea.Cmd {
	w, step := m.Work, m.Plan.Next().Row.Step.ID
	return m.behind(func() end {
		verdict, err := intake.TakeReply(w.Runner, files)
		if err == nil && !verdict.OK() && !intake.AsksPart(w.Runner.Plan()) {
			err = errNotTaken
		}
		return func() tea.Cmd {
			if c, ok := m.top().(*chooserView); ok && err != nil {
				c.Refused()
			}
			return m.settled(step, err)
		}
	})
}

var errNotTaken = errors.New("The reply was not loaded. Press f for the reasons.")

// copyText sends a text to the clipboard of the terminal on the technician's own machine (OSC 52), through tmux and screen.
func copyText(m *Model, text string) tea.Cmd {
	m.Tell(false, "Sent to your terminal's clipboard. If your terminal does not support this, use the file in the outbox.")
	return terminal.Clipboard(text)
}

// showBare shows a text without a frame, for the mouse.
func showBare(m *Model, text string) tea.Cmd {
	return tea.Exec(terminal.NewPager(m.ctx, text, m.Say("Enter goes back to the screens: ")), func(error) tea.Msg { return nil })
}
