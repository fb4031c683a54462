package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

<<<<<<< HEAD
// takeOverView shows a session that another program has open, and takes it over where its name is typed: that program
// may be changing a node.
type takeOverView struct {
	page
	one  app.Listed
	name *widget.Field
}

func newTakeOver(one app.Listed) *takeOverView {
	return &takeOverView{one: one, name: widget.NewField("")}
}

func (s *takeOverView) title(*env) string { return "Take over" }
func (s *takeOverView) writes() bool      { return true }

func (s *takeOverView) actions(m *Model) []action {
	return []action{on("enter", "take over", "Takes over the session after you type its name.", func() tea.Cmd {
		switch {
		case m.quiet():
		case strings.TrimSpace(s.name.Text()) != s.one.Name:
			m.Tell(true, "That is not the name of the session. Nothing was changed. Type %s, or press Esc.", cert.Printable(s.one.Name))
		default:
			return m.opens(func() (*app.Work, error) { return m.app.TakeOver(s.one.Name, *s.one.Held) })
		}
		return nil
	}), types("type", "Writes the name; it cannot be pasted. "+widget.Edits, func(msg tea.Msg) { s.name.Update(msg) }), on("esc", "back", "Goes back. Nothing is changed.", m.back)}
}

func (s *takeOverView) message(m *Model, msg tea.Msg) tea.Cmd {
	return pasted(msg, true, func(tea.Msg) { m.Tell(false, "Type it. Pasting is not accepted.") })
}

func (s *takeOverView) body(f *env, w, h int) string {
	return f.TakeOver(s.one, s.name.Line(f.Theme, w), w, h)
=======
// newTakeOver shows a session that another program has open, and takes it over where its name is typed: that program may be
// changing a node.
func newTakeOver(m *Model, one app.Listed) *nameView {
	return &nameView{name: "Take over", label: "take over", help: "Takes over the session after you type its name.", want: one.Name, field: widget.NewField(""),
		draw: func(f *env, line string, w, h int) string { return f.TakeOver(one, line, w, h) },
		do: func(string) tea.Cmd {
			return m.opens(func() (*app.Work, error) { return m.app.TakeOver(one.Name, *one.Held) })
		}}
>>>>>>> 7e1104e (Rename, archive and delete changes on the screens and in line mode)
}
