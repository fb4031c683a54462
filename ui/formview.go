package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/renewal"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/form"
)

// formView is the form of a new change. Esc keeps what was typed: the form comes back as it was left.
type formView struct {
	page
	form    *form.Form
	revises bool // the plan of the open session is changed
}

func (s *formView) title(*env) string { return "New change" }
func (s *formView) writes() bool      { return s.form.Typing() }

// pastes: what is typed ahead on a slow line reaches its fields. The plan is made by an Enter that a person presses.
func (s *formView) pastes() bool { return !s.form.Ends() }

func (s *formView) actions(m *Model) []action {
	label := "next"
	if s.form.Ends() {
		label = "create plan"
		if s.revises {
			label = "change plan"
		}
	}
	all := []action{on("enter", label, "Accepts the field. After the last field the plan is created.", func() tea.Cmd { return s.enter(m) })}
	all = append(all, s.form.Keys(func(err error) tea.Cmd { return s.said(m, err) })...)
	return append(all, on("ctrl+x", "empty form", "Discards everything you typed.", func() tea.Cmd {
		return m.push(newConfirm(m, m.Say("Discard everything you typed?"), "", func() tea.Cmd {
			s.form = form.New(m.Theme)
			if !s.revises {
				m.draft = s.form
			}
			return loadSaved(m)
		}))
	}), on("esc", "back", "Goes back; what was typed is kept as a draft.", func() tea.Cmd {
		if s.form.Cancel() {
			return nil
		}
		if !s.form.Begun() && !s.revises {
			m.draft = nil
		}
		return m.back()
	}))
}

// said tells why a field is not taken.
func (s *formView) said(m *Model, err error) tea.Cmd {
	if err != nil {
		m.tellError(err)
	}
	return nil
}

func (s *formView) enter(m *Model) tea.Cmd {
	if s.form.Discovers() {
		return m.push(&discoverView{Discovery: form.NewDiscovery(m.Theme, m.user), form: s.form})
	}
	change, err := s.form.Enter()
	switch from, w := s.form.From(), m.Work; {
	case change == nil:
		return s.said(m, err)
	case s.revises:
		return m.opens(func() (*app.Work, error) { return m.app.Revise(w, *change) })
	default:
		return m.opens(func() (*app.Work, error) { return m.app.Begin(*change, from) })
	}
}

// message takes a pasted list of nodes, or a paste into a field.
func (s *formView) message(m *Model, msg tea.Msg) tea.Cmd {
	p, ok := msg.(tea.PasteMsg)
	if !ok {
		return nil
	}
	added, err := s.form.Paste(p.Content)
	switch {
	case err != nil:
		return s.said(m, err)
	case added > 0:
		m.Tell(false, "Nodes added: %d. Check the product and role of each; Shift+Tab goes back.", added)
		return nil
	}
	return pasted(msg, s.form.Typing(), s.form.Update)
}

// loadSaved offers the saved solutions in the form on top, once they are read.
func loadSaved(m *Model) tea.Cmd {
	s, ok := m.top().(*formView)
	if !ok || m.app.Saved == nil || s.revises {
		return nil
	}
	s.form.Offer(nil)
	saved := m.app.Saved
	return func() tea.Msg {
		all, err := saved()
		return told(func(m *Model) {
			s.form.Offer(all)
			_ = s.said(m, err)
		})
	}
}

// cannotRevise says why the plan cannot be changed now, or "".
func cannotRevise(m *Model) string {
	if why := renewal.Settled(m.Plan); m.Busy() == "" && why != "" {
		return m.Say(why)
	}
	return m.Busy()
}

// revise shows the plan in the form.
func revise(m *Model) tea.Cmd {
	f, err := form.Of(m.Theme, m.Plan.Change())
	if err != nil {
		m.tellError(err)
		return nil
	}
	return m.push(&formView{form: f, revises: true})
}

func (s *formView) body(_ *env, w, h int) string { return s.form.View(w, h) }
