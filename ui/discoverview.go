package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/form"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// discoverView asks a node of each cluster for its nodes, and puts them into the form.
type discoverView struct {
	page
	*form.Discovery
	form *form.Form
	stop context.CancelFunc
}

func (s *discoverView) title(*env) string { return "Discover" }
func (s *discoverView) writes() bool      { return true }

// pastes: what is typed ahead reaches its fields. A node is asked by an Enter that a person presses.
func (s *discoverView) pastes() bool { return !s.Last() }

func (s *discoverView) actions(m *Model) []action {
	label, off := "next", ""
	if s.Ends() {
		label = "continue"
	}
	if s.Asking() {
		off = m.Say("the node is being asked")
	}
	all := append([]action{on("enter", label, "Accepts the field. After the password, the node is asked.", func() tea.Cmd { return s.enter(m) }).Unless(off)}, s.Keys()...)
	return append(all, on("esc", "back", "Goes back to the form, with the nodes that were found.", func() tea.Cmd { return s.leave(m) }))
}

// leave goes back to the form and forgets the password; a node that is being asked is left.
func (s *discoverView) leave(m *Model) tea.Cmd {
	if s.stop != nil {
		s.stop()
	}
	s.Wipe()
	return m.back()
}

func (s *discoverView) enter(m *Model) tea.Cmd {
	if s.Ends() {
		return s.leave(m)
	}
	q, ready, err := s.Enter()
	switch {
	case err != nil:
		m.Tell(true, "%s", cert.Printable(m.Error(err)))
	case ready:
		m.user = q.Login.User
		return s.ask(m, q)
	}
	return nil
}

// ask asks a node outside of Update.
func (s *discoverView) ask(m *Model, q app.Query) tea.Cmd {
	ctx, cancel := context.WithCancel(m.ctx)
	s.stop = cancel
	discover := m.app.Discover
	return func() tea.Msg {
		defer cancel()
		found, err := discover(ctx, q)
		return told(func(m *Model) { s.answered(m, q, found, err) })
	}
}

// answered takes what the node said: its nodes go into the form, and a person is asked about its host key.
func (s *discoverView) answered(m *Model, q app.Query, found app.Found, err error) {
	s.Answered(nil)
	if m.top() != s { // it was left meanwhile
		return
	}
	switch c, asks := app.ConsentTo(q, err); {
	case asks:
		text := m.T(c.Asks)
		if !c.Says.IsZero() {
			text = m.T(msg.Sentences(c.Says, msg.Verbatim(text)))
		}
		m.push(newConfirm(m, cert.Printable(text), cert.Printable(m.T(c.Means)), func() tea.Cmd { c.Give(&q); return s.ask(m, q) }))
	case err != nil:
		m.Tell(true, "%s", cert.Printable(m.T(vos.Why(err))))
	case err == nil:
		if err := s.form.Join(found.Nodes, found.Known); err != nil {
			m.Tell(true, "%s", cert.Printable(m.Error(err)))
			return
		}
		s.Answered(found.Nodes)
	}
}

func (s *discoverView) message(_ *Model, msg tea.Msg) tea.Cmd { return pasted(msg, true, s.Update) }

func (s *discoverView) body(_ *env, w, _ int) string { return s.View(w) }
