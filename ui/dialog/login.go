package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Login asks for the OS Administration account: one for all nodes, or one for a node that refused it. The password is never
// shown, stored or written.
type Login struct {
	plain
	node     string // "": all nodes
	second   bool   // the password is asked for
	about    string // what account it is, English source
	user     *ask.Text
	password widget.Secret
}

// NewLogin asks for an account of a node, "" for all. It begins behind the user that was typed last: a tired person mistypes the
// password, not the name. One of the solution file stands in its field.
func NewLogin(f *draw.View, node, typed string) *Login {
	user, about := app.LoginAs(f.Work, f.Plan, node, typed)
	return &Login{node: node, about: about, second: user != "" && (user == typed || app.Jump(f.Plan, node)),
		user: ask.NewText(f.Theme, "", user, f.Say("such as administrator"), app.CheckLogin(f.Localizer, f.Plan, node))}
}

// Title is the title of the window.
func (d *Login) Title() string { return "Log in" }

// Writes is true: letters are the account.
func (d *Login) Writes() bool { return true }

// Keys write into the fields, and log in.
func (d *Login) Keys(s Screens) []widget.Action {
	other := func() tea.Cmd { d.second = !d.second; return nil }
	return []widget.Action{widget.On("enter", "log in", "Accepts the field. After the password, the login starts.", func() tea.Cmd { return d.enter(s) }),
		widget.Types("type", "Writes into the field. In the user field, "+widget.Edits+" In the password field, backspace deletes, and ctrl+u everything.", d.update),
		widget.On("tab shift+tab up down", "next field", "Moves to the other field.", other), widget.On("esc", "back", "Goes back. Nothing is sent.", func() tea.Cmd {
			d.password.Wipe()
			return s.Back()
		})}
}

func (d *Login) enter(s Screens) tea.Cmd {
	if err := d.user.Take(); err != nil {
		d.second = false
		s.Fail(err)
		return nil
	}
	if !d.second {
		d.second = true
		return nil
	}
	if d.password.Len() == 0 {
		s.Tell(true, "the password is required")
		return nil
	}
	return s.LogIn(d.node, strings.TrimSpace(d.user.Text()), d.password.Take())
}

func (d *Login) update(msg tea.Msg) {
	if d.second {
		d.password.Update(msg)
		return
	}
	d.user.Update(msg)
}

// Message takes a paste into the field.
func (d *Login) Message(_ Screens, msg tea.Msg) tea.Cmd { return pasted(msg, d.update) }

// Body draws both fields, below what is known of the account.
func (d *Login) Body(f *draw.View, w, _ int) string {
	whom := f.Say("all nodes")
	if d.node != "" {
		whom = cert.Printable(d.node)
	}
	lines := append([]string{f.Bold.Render(f.Say("Log in: %s", whom)), ""}, f.Refusal(d.node, w)...)
	lines = append(lines, layout.Wrap(f.Say(d.about), w)...)
	if d.node != "" && !app.Jump(f.Plan, d.node) {
		lines = append(lines, layout.Wrap(f.Say(app.LoginGoesOn), w)...)
	}
	labels := layout.LabelWidth(10, f.Say("User"), f.Say("Password"))
	user := d.user.Line(w - labels - 4)
	if d.second {
		user, _ = layout.CutCursor(user)
	}
	return strings.Join(append(lines, "", widget.Marked(f.Theme, !d.second)+f.Pad(f.Say("User"), labels)+user,
		widget.Marked(f.Theme, d.second)+f.Pad(f.Say("Password"), labels)+d.password.View(f.Theme, w-labels-4, d.second)), "\n")
}
