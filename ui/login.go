package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// loginView asks for the OS Administration account: one for all nodes, or one for a node that refused it. The password
// is never shown, stored or written.
type loginView struct {
	page
	node     string // "": all nodes
	second   bool   // the password is asked for
	about    string // what account it is, English source
	user     *ask.Text
	password widget.Secret
}

// newLogin begins behind the user that was typed last: a tired person mistypes the password, not the name. One of the solution
// file stands in its field.
func newLogin(f *env, node string) *loginView {
	user, about := app.LoginAs(f.Work, f.Plan, node, f.user)
	return &loginView{node: node, about: about, second: user != "" && (user == f.user || app.Jump(f.Plan, node)), user: ask.NewText(f.Theme, "", user, f.Say("such as administrator"), app.CheckLogin(f.Localizer, f.Plan, node))}
}

func (s *loginView) title(*env) string { return "Log in" }
func (s *loginView) writes() bool      { return true }

func (s *loginView) actions(m *Model) []action {
	other := func() tea.Cmd { s.second = !s.second; return nil }
	return []action{on("enter", "log in", "Accepts the field. After the password, the login starts.", func() tea.Cmd { return s.enter(m) }),
		types("type", "Writes into the field. In the user field, "+widget.Edits+" In the password field, backspace deletes, and ctrl+u everything.", s.update),
		on("tab shift+tab up down", "next field", "Moves to the other field.", other), on("esc", "back", "Goes back. Nothing is sent.", func() tea.Cmd {
			s.password.Wipe()
			return m.back()
		})}
}

func (s *loginView) enter(m *Model) tea.Cmd {
	if err := s.user.Take(); err != nil {
		s.second = false
		m.tellError(err)
		return nil
	}
	if !s.second {
		s.second = true
		return nil
	}
	if s.password.Len() == 0 {
		m.Tell(true, "the password is required")
		return nil
	}
	return logIn(m, s.node, strings.TrimSpace(s.user.Text()), s.password.Take())
}

func (s *loginView) update(msg tea.Msg) {
	if s.second {
		s.password.Update(msg)
		return
	}
	s.user.Update(msg)
}

func (s *loginView) message(_ *Model, msg tea.Msg) tea.Cmd { return pasted(msg, true, s.update) }

func (s *loginView) besidePlan() {}

func (s *loginView) body(f *env, w, _ int) string {
	whom := f.Say("all nodes")
	if s.node != "" {
		whom = cert.Printable(s.node)
	}
	lines := append([]string{f.Bold.Render(f.Say("Log in: %s", whom)), ""}, f.Refusal(s.node, w)...)
	lines = append(lines, layout.Wrap(f.Say(s.about), w)...)
	if s.node != "" && !app.Jump(f.Plan, s.node) {
		lines = append(lines, layout.Wrap(f.Say(app.LoginGoesOn), w)...)
	}
	labels := layout.LabelWidth(10, f.Say("User"), f.Say("Password"))
	user := s.user.Line(w - labels - 4)
	if s.second {
		user, _ = layout.CutCursor(user)
	}
	return strings.Join(append(lines, "", widget.Marked(f.Theme, !s.second)+f.Pad(f.Say("User"), labels)+user,
		widget.Marked(f.Theme, s.second)+f.Pad(f.Say("Password"), labels)+s.password.View(f.Theme, w-labels-4, s.second)), "\n")
}
