package form

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// Keys are the keys of the field that is asked for, and those that go to another one. said is told why a field is not taken.
func (s *Form) Keys(said func(error) tea.Cmd) []widget.Action {
	var all []widget.Action
	if s.asked.marks != nil {
		all = append(all, s.pressing(widget.On("space", "mark", "Selects or clears the item.", nil)))
	}
	all = append(all, widget.On("tab", "next field", "Goes to the next field; a choice stays as it was.", func() tea.Cmd { return said(s.Next()) }),
		widget.On("shift+tab", "previous", "Goes back one field; a choice stays as it was.", func() tea.Cmd { s.Back(); return nil }))
	if s.Typing() {
		all = append(all, widget.Types("type", "Writes into the field. "+widget.Edits, s.Update))
	}
	if s.Text() {
		return all
	}
	all = append(all, s.chooses())
	if _, filters := s.field.(*ask.Choice); filters && !s.Typing() {
		all = append(all, s.pressing(widget.On("/", "filter", "Shows only the items that contain what you type.", nil)))
	}
	return all
}

// chooses are the keys of a list, or of yes and no.
func (s *Form) chooses() widget.Action {
	keys := "up down pgup pgdown"
	if !s.Typing() {
		keys = "up k down j pgup pgdown home g end G"
	}
	if s.asked.say != nil {
		keys = "up k down j left right h l y n"
	}
	return s.pressing(widget.On(keys, "select", "Moves the selection. Nothing is chosen until you press Enter.", nil).Shown("up/down"))
}

// pressing gives the keys of an action to the field.
func (s *Form) pressing(a widget.Action) widget.Action {
	a.Do = func(k tea.KeyPressMsg) tea.Cmd { s.Update(k); return nil }
	return a
}

// Keys are the keys of the discovery, except for Enter and Esc.
func (d *Discovery) Keys() []widget.Action {
	return []widget.Action{widget.On("tab down", "next field", "Moves to the next field.", func() tea.Cmd { d.move(1); return nil }),
		widget.On("up shift+tab", "previous", "Moves to the previous field.", func() tea.Cmd { d.move(-1); return nil }).Shown("shift+tab"),
		widget.Types("type", "Writes into the field. "+widget.Edits+" In the password field, backspace deletes, and ctrl+u everything.", d.Update)}
}
