package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/dialog"
	"github.com/uccx-tui/uccx-tui/ui/draw"
)

// dialogView is a screen that asks for one thing.
type dialogView struct{ dialog.Dialog }

func (s dialogView) title(*env) string                     { return s.Title() }
func (s dialogView) actions(m *Model) []action             { return s.Keys(around{m}) }
func (s dialogView) body(f *env, w, h int) string          { return s.Body(&f.View, w, h) }
func (s dialogView) message(m *Model, msg tea.Msg) tea.Cmd { return s.Message(around{m}, msg) }
func (s dialogView) writes() bool                          { return s.Writes() }
func (s dialogView) rules(f *env) []string                 { return s.Rules(&f.View) }

// dialogOf returns the dialog on top, where it is one of that kind.
func dialogOf[D dialog.Dialog](m *Model) (one D, ok bool) {
	switch s := m.top().(type) {
	case dialogView:
		one, ok = s.Dialog.(D)
	case planDialog:
		one, ok = s.Dialog.(D)
	}
	return one, ok
}

// planDialog is one beside which the plan stands in a wide window.
type planDialog struct{ dialogView }

func (planDialog) besidePlan() {}

// around is what a dialog needs of the screens around it: dialog.Screens.
type around struct{ *Model }

func (a around) Fail(err error)                  { a.tellError(err) }
func (a around) Clock() time.Time                { return a.Now }
func (a around) Quiet() bool                     { return a.quiet() }
func (a around) Close()                          { a.pop() }
func (a around) Back() tea.Cmd                   { return a.back() }
func (a around) Ask(asked plan.Asked) tea.Cmd    { return a.push(newQuestion(&a.env, asked)) }
func (a around) KeepWindow(until string) tea.Cmd { return setWindow(a.Model, until) }
func (a around) LogIn(node, user, password string) tea.Cmd {
	return logIn(a.Model, node, user, password)
}
func (a around) Answer(asked plan.Asked, value string) tea.Cmd {
	return answerQuestion(a.Model, asked, value)
}

// newConfirm asks before a key changes a node or writes a file.
func newConfirm(m *Model, question, means string, do func() tea.Cmd) screen {
	return dialogView{dialog.NewConfirm(&m.env.View, question, means, do)}
}

func newQuestion(f *env, asked plan.Asked) screen {
	return planDialog{dialogView{dialog.NewQuestion(&f.View, asked)}}
}

func newLogin(f *env, node string) screen {
	return planDialog{dialogView{dialog.NewLogin(&f.View, node, f.user)}}
}

// newTakeOver shows a session that another program has open, and takes it over where its name is typed: that program may be
// changing a node.
func newTakeOver(m *Model, one app.Listed) screen {
	return askName("", dialog.Name{Screen: "Take over", Label: "take over", Help: "Takes over the session after you type its name.", Want: one.Name,
		Draw: func(f *draw.View, line string, w, h int) string { return f.TakeOver(one, line, w, h) },
		Do: func(string) tea.Cmd {
			return m.opens(func() (*app.Work, error) { return m.app.TakeOver(one.Name, *one.Held) })
		}})
}

// askName asks for a name, with one in the field.
func askName(text string, d dialog.Name) screen { return dialogView{d.With(text)} }
