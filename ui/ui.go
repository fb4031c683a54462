package ui

import (
	"context"
	"path/filepath"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Model is the only tea.Model. It alone knows all screens, grants their wishes, and folds the journal for itself. Its
// Update does no I/O: the engine runs in commands, and its entries come back as messages.
type Model struct {
	face
	ctx      context.Context
	stack    []screen
	help     bool
	helpList list // scrolls the help
	leaving  bool // ctrl+c was pressed while a node is being changed: the end comes with the answer of the node
	cancel   context.CancelFunc
	opening  bool // a session is being opened
	going    bool // row after row is run, until a person is needed
	laters   []later
	drawing  func()    // told when a view is made; nil without a terminal
	keysSeen int       // keys since the last pause
	burst    time.Time // of the last key
	counting bool      // the minutes of the change window are drawn
}

// newModel shows the home screen, or the session that is open already.
func newModel(ctx context.Context, app App, w *Work) *Model {
	m := &Model{ctx: ctx, face: face{app: app, Theme: layout.NewTheme(layout.ASCIIOnly(), app.Say), width: 80, height: 24, now: time.Now(), progress: map[plan.Task]engine.Progress{}}}
	m.stack = []screen{&home{}}
	if w != nil {
		m.enter(w)
	}
	return m
}

// Init asks for what the first screen needs.
func (m *Model) Init() tea.Cmd {
	if m.work != nil {
		return tea.Batch(listen(m.work.Events, m.ctx), m.windowed())
	}
	return loadSessions(m.app)
}

// Update takes one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.now = time.Now()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return m, m.pass(msg)
	case events:
		return m, m.heard(msg)
	case ended:
		return m, m.stopped(msg)
	case answered:
		return m, m.settled(msg)
	case fixed:
		msg.tell(&m.face)
		return m, nil
	case hinted, outsideDone, graded:
		m.taught(msg)
		return m, nil
	case kitWritten:
		msg.tell(&m.face)
		return m, nil
	case wayChosen:
		if msg.err != nil {
			m.tell(true, "%s", cert.Printable(msg.err.Error()))
		}
		return m, nil
	case opened:
		return m, m.open(msg)
	case tickMsg:
		return m, m.tick()
	case rehearsed:
		return m, m.wasRehearsed(msg)
	case windowKept:
		return m, m.keptWindow(msg)
	case minuteMsg:
		m.counting = false
		return m, m.minutes()
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case tea.PasteMsg:
		return m, m.pass(tea.PasteMsg{Content: layout.Normal(msg.Content)})
	}
	return m, m.pass(msg)
}

// View draws the window.
func (m *Model) View() tea.View {
	if m.drawing != nil {
		m.drawing()
	}
	v := tea.NewView(m.draw())
	v.AltScreen = true
	return v
}

func (m *Model) draw() string {
	top := m.top()
	keys := top.keys(&m.face)
	w, h := m.room()
	if w < 1 || h < 1 {
		return m.frame("", keys)
	}
	body := ""
	switch {
	case m.help:
		body = m.helpPage(top, keys, w, h)
		keys = []binding{{"any key", "back", "", ""}, {"up/down", "scroll", "", ""}}
	case m.opening:
		body = "\n" + m.Say("Opening the session %s", m.Dots)
	default:
		body = top.view(&m.face, w, h)
	}
	return m.frame(body, keys)
}

func (m *Model) top() screen { return m.stack[len(m.stack)-1] }

func (m *Model) push(s screen) {
	m.stack = append(m.stack, s)
	m.changed, m.notice = m.now, ""
}

func (m *Model) pop() {
	if len(m.stack) > 1 {
		m.stack = m.stack[:len(m.stack)-1]
	}
	m.changed, m.notice = m.now, ""
}

// A burst of keys is a paste into a terminal that does not say so: it must not answer anything. It lasts until the keys
// pause for burstTime, so that a long text on a slow line is one burst too.
const (
	burstKeys = 20
	burstTime = 50 * time.Millisecond
)

func (m *Model) bursting() bool {
	if m.now.Sub(m.burst) > burstTime {
		m.keysSeen = 0
	}
	m.burst = m.now
	m.keysSeen++
	return m.keysSeen > burstKeys
}

func (m *Model) press(msg tea.KeyPressMsg) tea.Cmd {
	k := msg.String()
	if _, text := m.top().(*errandView); m.bursting() && k == "enter" && !text {
		return nil
	}
	switch {
	case k == "ctrl+c":
		return m.leave()
	case m.help:
		m.help = m.helpList.move(k, helpLines, 10)
		return nil
	case k == "f1", k == "?" && !m.writing():
		m.help, m.helpList.at = true, 0
		return nil
	case k == "esc" && !m.writesPath():
		return m.grant(back{})
	}
	m.leaving, m.notice = false, ""
	return m.pass(msg)
}

// writing reports whether letters are text on this screen.
func (m *Model) writing() bool {
	switch s := m.top().(type) {
	case *formView, *loginView, *errandView, *adviseView, *windowView, *takeOverView:
		return true
	case *questionView:
		return s.asked.Question.Kind == plan.NodeName
	}
	return m.writesPath()
}

func (m *Model) writesPath() bool {
	c, ok := m.top().(*chooser)
	return ok && (c.writes() || c.why)
}

// leave ends the program; while a node is being changed it ends when the node has answered, or at the second try.
func (m *Model) leave() tea.Cmd {
	if m.changing() && !m.leaving {
		m.leaving = true
		m.tell(true, "A node is being changed. uccx-tui quits when this is finished. Ctrl+C again quits now; the result "+
			"is then unknown and will be checked. Any other key continues.")
		return nil
	}
	if m.cancel != nil {
		m.cancel()
	}
	return tea.Quit
}

// changing reports whether a row is at work that changes a node.
func (m *Model) changing() bool {
	if m.running == "" || m.plan == nil {
		return false
	}
	row, ok := m.plan.Row(m.running)
	return ok && row.Step.Risk != plan.Looks
}

// pass gives a message to the screen on top, and grants its wish.
func (m *Model) pass(msg tea.Msg) tea.Cmd {
	w, cmd := m.top().update(&m.face, msg)
	if w == nil {
		return cmd
	}
	return tea.Batch(cmd, m.grant(w))
}

// grant does what a screen wishes.
func (m *Model) grant(w wish) tea.Cmd {
	switch w := w.(type) {
	case back:
		return m.goBack()
	case quit:
		return m.leave()
	case goHome:
		return m.home()
	case next:
		return m.next()
	case showPlan:
		m.stack = m.stack[:min(2, len(m.stack))]
		m.changed = m.now
	case showStep:
		m.push(&stepView{id: w.id})
	case showTable:
		m.push(&proveView{})
	case showDetail:
		m.push(&detailView{showDetail: w})
	case showAdvise:
		m.push(newAdvise(w))
	case showAdvice:
		m.push(&adviceView{advice: w.advice})
	case showConnections:
		m.push(&waysView{})
	case showTrust:
		m.push(newTrust(m.plan))
	case showReport:
		m.push(newReport(m.plan))
	case showSessions:
		s := &sessions{}
		m.push(s)
		return loadSessions(m.app)
	case showForm:
		m.push(newForm())
	case beginLab:
		return m.opens(m.app.Lab)
	case showLessons:
		m.push(&lessons{})
		return loadLessons(m.app)
	case beginLesson:
		return m.opens(func() (*Work, error) { return m.app.Lesson(w.name) })
	case begin:
		return m.opens(func() (*Work, error) { return m.app.Begin(w.change) }) // the form stays until it is open
	case resume:
		return m.opens(func() (*Work, error) { return m.app.Resume(w.name) })
	case showTakeOver:
		m.push(&takeOverView{one: w.one})
	case takeOver:
		return m.opens(func() (*Work, error) { return m.app.TakeOver(w.name, w.from) })
	case again:
		return m.opens(func() (*Work, error) { return m.app.Renew(w.name) })
	}
	return m.grantWork(w)
}

// grantWork does what a screen of an open session wishes.
func (m *Model) grantWork(w wish) tea.Cmd {
	switch w := w.(type) {
	case run:
		return m.run(w.id)
	case goOn:
		m.going = true
		return m.goOn()
	case ask:
		m.push(&questionView{asked: w.asked})
	case showWindow:
		m.push(&windowView{})
	case showRehearsal:
		m.push(&rehearsalView{})
	case rehearse:
		return m.rehearse()
	case setWindow:
		return m.keepWindow(w.window)
	case renew:
		return m.renew(func(r *engine.Runner) error { return r.AgainIn(w.row, w.node) })
	case otherReply:
		return m.renew((*engine.Runner).OtherReply)
	case answer:
		return m.answer(w)
	case login:
		m.user = w.user
		m.work.SetLogin(w.node, vos.Login{User: w.user, Password: vos.NewSecret(w.password)})
		cmd := m.next()
		return tea.Batch(cmd, m.run(m.plan.Next().Row.Step.ID))
	case writeKit:
		return m.kit()
	case writeFix:
		return m.fix(w.verdict, w.files)
	case taken:
		return m.take(w.files)
	case bare:
		return tea.Exec(&sheet{ctx: m.ctx, text: w.text, ask: m.Say("Enter goes back to the screens: ")}, func(error) tea.Msg { return nil })
	case copied:
		m.tell(false, "Sent to your terminal's clipboard. If your terminal does not support this, use the file in the "+
			"outbox.")
		return clip(w.text)
	}
	return m.grantErrand(w)
}

func (m *Model) goBack() tea.Cmd {
	m.going = false
	if len(m.stack) == 2 && m.work != nil {
		if m.running != "" {
			m.tell(false, "A step is running. Wait, or press Ctrl+C.")
			return nil
		}
		return m.home()
	}
	if len(m.stack) == 1 {
		return nil
	}
	m.pop()
	return nil
}

// home closes the session and shows the home screen.
func (m *Model) home() tea.Cmd {
	w := m.work
	m.work, m.plan, m.laters, m.errands = nil, nil, nil, nil
	m.stack = []screen{&home{}}
	m.changed = m.now
	load := loadSessions(m.app)
	if w == nil {
		return load
	}
	return func() tea.Msg {
		_ = w.Close() // every entry is on disk already
		return load()
	}
}

// enter makes a session the one that is shown.
func (m *Model) enter(w *Work) {
	p, err := steps.Fold(w.Entries)
	if err != nil {
		m.tell(true, "%s", cert.Printable(err.Error()))
		return
	}
	m.work, m.plan = w, p
	m.stack = []screen{&home{}, &planView{}}
	m.changed, m.hints = m.now, nil
	if l := m.work.lesson(); l != nil {
		m.hints = l.Hints
		if n := p.Next(); n.Row.Number == 1 && n.Row.Done() == 0 {
			m.push(&lessonView{})
		}
	}
}

// opened is the answer of the door to the wish for a session.
type opened struct {
	work *Work
	err  error
}

func (m *Model) opens(f func() (*Work, error)) tea.Cmd {
	m.opening = true
	return func() tea.Msg {
		w, err := f()
		return opened{w, err}
	}
}

func (m *Model) open(msg opened) tea.Cmd {
	m.opening = false
	if msg.err != nil {
		m.tell(true, "%s", cert.Printable(msg.err.Error()))
		return nil
	}
	m.enter(msg.work)
	if msg.work.Kept != "" {
		m.tell(false, "Saved as solution %s.", cert.Printable(filepath.Base(msg.work.Kept)))
	}
	return tea.Batch(listen(msg.work.Events, m.ctx), m.windowed())
}

// fold applies what the engine wrote.
func (m *Model) fold(e session.Entry) {
	if err := m.plan.Apply(e); err != nil {
		m.tell(true, "%s", cert.Printable(err.Error()))
	}
}
