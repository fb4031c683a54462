package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/form"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// formView is the form of a new change. Esc keeps what was typed: the form comes back as it was left.
type formView struct {
	page
	form *form.Form
}

func (s *formView) title(*env) string { return "New change" }
func (s *formView) writes() bool      { return s.form.Typing() }

func (s *formView) actions(m *Model) []action {
	label := "next"
	if s.form.Ends() {
		label = "create plan"
	}
	all := []action{on("enter", label, "Accepts the field. After the last field the plan is created.", func() tea.Cmd { return s.enter(m) })}
	if s.form.Several() {
		mark := on("space", "mark", "Selects or clears the item.", nil)
		mark.Do = s.press
		all = append(all, mark)
	}
	all = append(all, on("tab", "next field", "Goes to the next field; a choice stays as it was.", func() tea.Cmd { return s.said(m, s.form.Next()) }),
		on("shift+tab", "previous", "Goes back one field; a choice stays as it was.", func() tea.Cmd { s.form.Back(); return nil }))
	if s.form.Typing() {
		all = append(all, types("type", "Writes into the field. "+widget.Edits, s.form.Update))
	}
	if !s.form.Text() {
		all = append(all, s.chooses())
	}
	if !s.form.Text() && !s.form.Typing() && s.form.Filters() {
		filter := on("/", "filter", "Shows only the items that contain what you type.", nil)
		filter.Do = s.press
		all = append(all, filter)
	}
	return append(all, on("ctrl+x", "empty form", "Discards everything you typed.", func() tea.Cmd {
		return m.push(newConfirm(m, m.Say("Discard everything you typed?"), "", func() tea.Cmd {
			m.draft = form.New(m.Theme)
			s.form = m.draft
			return nil
		}))
	}), on("esc", "back", "Goes back; what was typed is kept as a draft.", func() tea.Cmd {
		if s.form.Cancel() {
			return nil
		}
		if !s.form.Begun() {
			m.draft = nil
		}
		return m.back()
	}))
}

// chooses are the keys of a list, or of yes and no.
func (s *formView) chooses() action {
	keys := "up down pgup pgdown"
	if !s.form.Typing() {
		keys = "up k down j pgup pgdown home g end G"
	}
	if s.form.YesNo() {
		keys = "up k down j left right h l y n"
	}
	a := on(keys, "select", "Moves the selection. Nothing is chosen until you press Enter.", nil).Shown("up/down")
	a.Do = s.press
	return a
}

func (s *formView) press(k tea.KeyPressMsg) tea.Cmd {
	s.form.Update(k)
	return nil
}

// said tells why a field is not taken.
func (s *formView) said(m *Model, err error) tea.Cmd {
	if err != nil {
		m.Tell(true, "%s", cert.Printable(err.Error()))
	}
	return nil
}

func (s *formView) enter(m *Model) tea.Cmd {
	change, err := s.form.Enter()
	if change == nil {
		return s.said(m, err)
	}
	return m.opens(func() (*app.Work, error) { return m.app.Begin(*change) })
}

func (s *formView) message(_ *Model, msg tea.Msg) tea.Cmd {
	return pasted(msg, s.form.Typing(), s.form.Update)
}

func (s *formView) body(_ *env, w, h int) string { return s.form.View(w, h) }
