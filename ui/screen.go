package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// action is what a key does on a screen.
type action = widget.Action

func on(keys, label, explain string, do func() tea.Cmd) action {
	return widget.On(keys, label, explain, do)
}

func types(label, explain string, take func(msg tea.Msg)) action {
	return widget.Types(label, explain, take)
}

// screen is one page.
type screen interface {
	title(e *env) string                   // English or printable; for the title of the window
	actions(m *Model) []action             // what works here, the next action first
	body(e *env, w, h int) string          // drawn in h lines of w cells
	message(m *Model, msg tea.Msg) tea.Cmd // takes what is no key: a paste, or the answer of a command
	writes() bool                          // letters are text
	rules(e *env) []string                 // ids of the rules on which it stands
}

// page has what most screens need none of.
type page struct{}

func (page) message(*Model, tea.Msg) tea.Cmd { return nil }
func (page) writes() bool                    { return false }
func (page) rules(*env) []string             { return nil }

// lister is a screen with a list: moving and filtering are the same everywhere.
type lister interface {
	list(e *env) (*widget.List, widget.Rows)
}

// scroller is a screen with a long page.
type scroller interface {
	scroll() *widget.Page
}

// keys are all actions that work now, in the order of the line of keys.
func (m *Model) keys() []action {
	if m.help {
		if m.helpPage.Filtering() {
			return append(widget.PageFilterKeys(&m.helpPage), everywhereKeys(m)...)
		}
		return append(append([]action{on("esc enter q ? f1", "back", "Closes the help.", func() tea.Cmd { m.help = false; return nil })}, widget.PageKeys(&m.helpPage)...), everywhereKeys(m)...)
	}
	return m.screenKeys()
}

// screenKeys are all actions of the screen on top, and those that are the same everywhere.
func (m *Model) screenKeys() []action {
	if keys, _ := filtered(m); keys != nil {
		return append(keys, everywhereKeys(m)...)
	}
	s := m.top()
	all := s.actions(m)
	if l, ok := s.(lister); ok {
		at, rows := l.list(&m.env)
		all = append(all, listKeys(m, at, rows)...)
	}
	if p, ok := s.(scroller); ok {
		all = append(all, widget.PageKeys(p.scroll())...)
	}
	help := "? f1"
	if m.writing() {
		help = "f1"
	}
	all = append(all, on(help, "help", "Explains this screen.", func() tea.Cmd {
		m.help = true
		m.helpPage.Top()
		return nil
	}))
	if len(m.stack) > 1 && !slices.ContainsFunc(all, func(a action) bool { return slices.Contains(a.Keys(), "esc") }) {
		all = append(all, on("esc", "back", "Goes back.", m.back))
	}
	return append(all, everywhereKeys(m)...)
}

// everywhereKeys are the actions of every screen. The line of keys leaves them out: they are in the help.
func everywhereKeys(m *Model) []action {
	return []action{
		on("ctrl+l", "", "Redraws the screen, if something else wrote over it.", func() tea.Cmd { return tea.ClearScreen }),
		on("ctrl+z", "", "Suspends the program; fg resumes it. Commands on a node keep running.", func() tea.Cmd { return tea.Suspend }).Unless(m.cannotSuspend()),
		on("ctrl+c", "", "Quits. While a node is being changed, uccx-tui first finishes that. Progress is saved; uccx-tui resume continues.", m.leave),
	}
}

// listKeys are the keys of a list; a screen may be told that its mark was moved.
func listKeys(m *Model, l *widget.List, rows widget.Rows) []action {
	return widget.ListKeys(l, rows, func() {
		if s, ok := m.top().(interface{ moved() }); ok {
			s.moved()
		}
	})
}

// writing reports whether letters are text on the screen on top.
func (m *Model) writing() bool {
	keys, _ := filtered(m)
	return keys != nil || m.top().writes()
}

// filtered has the keys of the filter that takes letters now on the screen on top, and what takes a paste into it; nil where none
// does.
func filtered(m *Model) (keys []action, take func(msg tea.Msg)) {
	if l, ok := m.top().(lister); ok {
		if at, rows := l.list(&m.env); at.Filtering() {
			return widget.FilterKeys(at, rows), func(msg tea.Msg) { at.Filter(msg, rows) }
		}
	}
	if p, ok := m.top().(scroller); ok && p.scroll().Filtering() {
		return widget.PageFilterKeys(p.scroll()), p.scroll().Type
	}
	return nil, nil
}

// pasted gives a paste to a field that takes one now.
func pasted(msg tea.Msg, takes bool, update func(tea.Msg)) tea.Cmd {
	if p, ok := msg.(tea.PasteMsg); ok && takes {
		update(p)
	}
	return nil
}
