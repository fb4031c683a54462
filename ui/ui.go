// Package ui is the screens: the only tea.Model, and for each screen what it shows and one table of its actions. It does no work
// of its own: the engine runs in commands.
package ui

import (
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/terminal"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Model is the only tea.Model. It holds the stack of screens, gives each key to the action that has it, and folds the
// journal for itself. Its Update does no I/O: the engine runs in commands, and its entries come back as messages.
type Model struct {
	env
	ctx      context.Context
	stack    []screen
	help     bool
	helpPage widget.Page
	leaving  bool // ctrl+c was pressed while a node is being changed: the end comes with the answer of the node
	cancel   context.CancelFunc
	opening  bool      // a session is being opened
	going    bool      // row after row is run, until a person is needed
	drawing  func()    // told when a view is made; nil without a terminal
	keysSeen int       // keys since the last pause
	burst    time.Time // of the last key
	counting bool      // the minutes of the change window are drawn
	signals  terminal.Signals
	worked   time.Time // since when rows are being worked on without a person
}

// newModel shows the home screen, or the session that is open already.
func newModel(ctx context.Context, a app.App, w *app.Work) *Model {
	m := &Model{ctx: ctx, env: env{app: a, View: draw.View{Height: 24, Theme: layout.NewTheme(layout.ASCIIOnly(), a.Say), Width: 80, Now: time.Now(), Progress: map[plan.Task]engine.Progress{}}}}
	m.stack = []screen{&home{}}
	if w != nil {
		m.enter(w)
	}
	return m
}

// Init asks for what the first screen needs.
func (m *Model) Init() tea.Cmd {
	if m.Work != nil {
		return tea.Batch(listen(m.Work.Events, m.ctx), beginCounting(m))
	}
	return loadSessions(m.app)
}

// Update takes one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.Now = time.Now()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.Width, m.Height = msg.Width, msg.Height
	case events:
		return m, m.heard(msg)
	case opened:
		return m, m.open(msg)
	case told:
		msg(m)
		return m, nil
	case tickMsg:
		return m, m.tick()
	case minuteMsg:
		m.counting = false
		return m, countMinutes(m)
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case tea.PasteMsg:
		msg.Content = layout.Normal(msg.Content)
		return m, m.pasted(msg)
	}
	return m, m.top().message(m, msg)
}

// told is the answer of a command, as what is to be done with it. It comes while the model is updated.
type told func(*Model)

// View draws the window. The cursor of the terminal stands where letters go.
func (m *Model) View() tea.View {
	if m.drawing != nil {
		m.drawing()
	}
	text, x, y := m.draw()
	v := tea.NewView(text)
	v.AltScreen = true
	v.WindowTitle = m.Title(m.top().title(&m.env))
	if part, ok := draw.Part(&m.env.View); ok && m.signals.Progress {
		v.ProgressBar = tea.NewProgressBar(tea.ProgressBarDefault, int(100*part))
	}
	if x >= 0 {
		v.Cursor = tea.NewCursor(x, y)
		v.Cursor.Blink = false
	}
	return v
}

// draw returns the window, and the cell of the cursor; -1 where there is none.
func (m *Model) draw() (text string, x, y int) {
	top, keys := m.top(), m.keys()
	w, h := m.Room()
	body := ""
	switch {
	case w < 1 || h < 1:
	case m.help:
		body = strings.Join(m.helpPage.View(m.Theme, draw.Help(&m.env.View, m.screenKeys(), top.rules(&m.env), w), w, h), "\n")
	case m.opening:
		body, keys = "\n"+m.Say("Opening the session %s", m.Dots), nil
	default:
		body = m.opened(top, w, h)
	}
	return m.Frame(body, draw.KeyLine(&m.env.View, keys))
}

// tellError shows an error until the next key.
func (m *Model) tellError(err error) { m.Notice, m.Bad = cert.Printable(m.Error(err)), true }

func (m *Model) top() screen { return m.stack[len(m.stack)-1] }

func (m *Model) push(s screen) tea.Cmd {
	m.stack = append(m.stack, s)
	m.changed, m.Notice = m.Now, ""
	return nil
}

func (m *Model) pop() {
	if len(m.stack) > 1 {
		m.stack = m.stack[:len(m.stack)-1]
	}
	m.changed, m.Notice = m.Now, ""
}

// A burst of keys is a paste into a terminal that does not say so: it must not answer anything. It lasts until the keys
// pause for burstTime, so that a long text on a slow line is one burst too.
const (
	burstKeys = 20
	burstTime = 50 * time.Millisecond
)

func (m *Model) bursting() bool {
	if m.Now.Sub(m.burst) > burstTime {
		m.keysSeen = 0
	}
	m.burst = m.Now
	m.keysSeen++
	return m.keysSeen > burstKeys
}

// press gives a key to the action that has it.
func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	if s, ok := m.top().(interface{ pastes() bool }); m.bursting() && k.String() == "enter" && !(ok && s.pastes()) {
		return nil
	}
	a, ok := m.action(k)
	if !ok {
		return nil
	}
	if !key.Matches(k, key.NewBinding(key.WithKeys("ctrl+c", "ctrl+l"))) {
		m.leaving, m.Notice = false, ""
	}
	if a.Off != "" {
		m.Tell(false, "%s", a.Off)
		return nil
	}
	return a.Do(k)
}

// action is what a key does on the screen on top.
func (m *Model) action(k tea.KeyPressMsg) (action, bool) {
	all := m.keys()
	for _, typing := range []bool{false, true} {
		i := slices.IndexFunc(all, func(a action) bool { return a.Typing == typing && a.Matches(k) })
		if i >= 0 && (!m.opening || slices.Contains(all[i].Keys(), "ctrl+c")) {
			return all[i], true
		}
	}
	return action{}, false
}

// pasted gives a paste to the filter of a list, or to the screen on top.
func (m *Model) pasted(msg tea.PasteMsg) tea.Cmd {
	if m.help || m.opening {
		return nil
	}
	if _, take := filtered(m); take != nil {
		take(msg)
		return nil
	}
	return m.top().message(m, msg)
}

// leave ends the program; while a node is being changed it ends when the node has answered, or at the second try.
func (m *Model) leave() tea.Cmd {
	if m.changing() && !m.leaving {
		m.leaving = true
		m.Tell(true, "A node is being changed. uccx-tui quits when this is finished. Ctrl+C again quits now; the result is then unknown and will be checked. Any other key continues.")
		return nil
	}
	if m.cancel != nil {
		m.cancel()
	}
	return tea.Quit
}

// cannotSuspend says why the program cannot be suspended now, or "".
func (m *Model) cannotSuspend() string {
	switch {
	case runtime.GOOS == "windows":
		return m.Say("programs cannot be suspended on this system")
	case m.changing():
		return m.Say("a node is being changed: suspending now would lose its answer")
	}
	return ""
}

// changing reports whether a row is at work that changes a node.
func (m *Model) changing() bool {
	if m.Running == "" || m.Plan == nil {
		return false
	}
	row, ok := m.Plan.Row(m.Running)
	return ok && row.Step.Risk != plan.Looks
}

// back goes to the screen before.
func (m *Model) back() tea.Cmd {
	m.going = false
	if len(m.stack) == 2 && m.Work != nil {
		if busy := m.Busy(); busy != "" {
			m.Tell(false, "%s", m.Say("%s: wait for its result, or Ctrl+C", busy))
			return nil
		}
		return m.home()
	}
	m.pop()
	return nil
}

// toPlan goes back to the plan.
func (m *Model) toPlan() tea.Cmd {
	m.stack = m.stack[:min(2, len(m.stack))]
	m.changed = m.Now
	return nil
}

// home closes the session and shows the home screen.
func (m *Model) home() tea.Cmd {
	w := m.Work
	m.Work, m.Plan, m.Tasks = nil, nil, nil
	m.stack = []screen{&home{}}
	m.changed = m.Now
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
func (m *Model) enter(w *app.Work) {
	p, err := steps.Fold(w.Entries)
	if err != nil {
		m.tellError(err)
		return
	}
	m.Work, m.Plan = w, p
	m.stack = []screen{&home{}, &planView{}}
	m.changed = m.Now
	if n := p.Next(); m.Work.Lesson() != nil && n.Row.Number == 1 && n.Row.Done() == 0 {
		m.push(&lessonView{})
	}
}

// opened is the answer of the program to the wish for a session.
type opened struct {
	work *app.Work
	err  error
}

// opens opens a session. The screen stays until it is open.
func (m *Model) opens(f func() (*app.Work, error)) tea.Cmd {
	m.opening = true
	return func() tea.Msg {
		w, err := f()
		return opened{w, err}
	}
}

func (m *Model) open(msg opened) tea.Cmd {
	m.opening = false
	if msg.err != nil && msg.work == nil {
		m.tellError(msg.err)
		return nil
	}
	if _, was := m.top().(*formView); was {
		m.draft = nil
	}
	m.enter(msg.work)
	switch {
	case msg.err != nil: // it is open as it was
		m.tellError(msg.err)
	case msg.work.Kept != "":
		m.Tell(false, "Saved as solution %s.", cert.Printable(filepath.Base(msg.work.Kept)))
	}
	return tea.Batch(listen(msg.work.Events, m.ctx), beginCounting(m))
}

// fold applies what the engine wrote.
func (m *Model) fold(e session.Entry) {
	if err := m.Plan.Apply(e); err != nil {
		m.tellError(err)
	}
}
