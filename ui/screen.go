package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// action is a key that works on a screen. What is listed and what works are the same table: the line of keys, the help,
// docs/keys.md and the dispatch of keys (Model.press) read nothing else.
type action struct {
	key.Binding        // the keys; Help: the key and the word that the line of keys shows, English
	explain     string // a sentence for the help, English
	off         string // why it does nothing now, in the language of the person; "" if it works
	typing      bool   // it takes letters, and the keys that edit a text, where no other action has them
	do          func(k tea.KeyPressMsg) tea.Cmd
}

// on is an action of some keys, with blanks between them; the first is the one that is shown.
func on(keys, label, explain string, do func() tea.Cmd) action {
	all := strings.Fields(keys)
	return action{Binding: key.NewBinding(key.WithKeys(all...), key.WithHelp(all[0], label)), explain: explain,
		do: func(tea.KeyPressMsg) tea.Cmd { return do() }}
}

// unless is the action as long as there is no reason why not.
func (a action) unless(off string) action {
	a.off = off
	return a
}

// shown is the action under another name of its keys.
func (a action) shown(keys string) action {
	a.SetHelp(keys, a.Help().Desc)
	return a
}

// types is the action of letters, and of the keys that edit a text.
func types(label, explain string, take func(msg tea.Msg)) action {
	return action{Binding: key.NewBinding(key.WithHelp("letters", label)), explain: explain, typing: true,
		do: func(k tea.KeyPressMsg) tea.Cmd {
			take(k)
			return nil
		}}
}

// matches reports whether a key is one of the action.
func (a action) matches(k tea.KeyPressMsg) bool {
	if a.typing {
		return k.Text != "" || slices.Contains(widget.EditKeys, k.String())
	}
	return key.Matches(k, a.Binding)
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
		return append([]action{on("esc enter q ? f1", "back", "Closes the help.", func() tea.Cmd { m.help = false; return nil }), scrollKeys(m, &m.helpPage)}, everywhereKeys(m)...)
	}
	return m.screenKeys()
}

// screenKeys are all actions of the screen on top, and those that are the same everywhere.
func (m *Model) screenKeys() []action {
	s := m.top()
	if l, ok := s.(lister); ok {
		if at, rows := l.list(&m.env); at.Filtering() {
			return append(filterKeys(m, at, rows), everywhereKeys(m)...)
		}
	}
	all := s.actions(m)
	if l, ok := s.(lister); ok {
		at, rows := l.list(&m.env)
		all = append(all, listKeys(m, at, rows)...)
	}
	if p, ok := s.(scroller); ok {
		all = append(all, scrollKeys(m, p.scroll()))
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
		on("ctrl+l", "", "Draws the window again, where something else wrote over it.", func() tea.Cmd { return tea.ClearScreen }),
		on("ctrl+z", "", "Suspends the program; fg goes on. What runs on a node goes on there.", m.suspend).unless(m.cannotSuspend()),
		on("ctrl+c", "", "Quits. While a node is being changed, uccx-tui first finishes that. Progress is saved; uccx-tui resume continues.", m.leave),
	}
}

// listKeys are the keys of a list.
func listKeys(m *Model, l *widget.List, rows widget.Rows) []action {
	move := action{Binding: widget.MoveKeys(), explain: "Moves the selection: up and down or j and k, pgup and pgdown, home and end or g and G.", do: func(k tea.KeyPressMsg) tea.Cmd {
		l.Move(k.String(), rows)
		if s, ok := m.top().(interface{ moved() }); ok {
			s.moved()
		}
		return nil
	}}
	filter := on("/", "filter", "Shows only what holds the letters that you type.", func() tea.Cmd { l.BeginFilter(); return nil })
	if l.Filtered() {
		return []action{move, filter, on("backspace", "all", "Shows all again.", func() tea.Cmd { l.EndFilter(false); return nil })}
	}
	return []action{move, filter}
}

// filterKeys are the keys while a filter is typed.
func filterKeys(m *Model, l *widget.List, rows widget.Rows) []action {
	return []action{
		on("enter", "done", "Keeps the filter; the keys of the screen work again.", func() tea.Cmd { l.EndFilter(true); return nil }),
		types("filter", "Filters by what is typed. "+widget.Edits, func(msg tea.Msg) { l.Filter(msg, rows) }),
		{Binding: widget.TextMoveKeys(), explain: "Moves the selection.", do: func(k tea.KeyPressMsg) tea.Cmd { l.Move(k.String(), rows); return nil }},
		on("esc", "all", "Shows all again.", func() tea.Cmd { l.EndFilter(false); return nil }),
	}
}

// scrollKeys are the keys of a long page.
func scrollKeys(m *Model, p *widget.Page) action {
	b := widget.MoveKeys()
	b.SetHelp("up/down", "scroll")
	return action{Binding: b, explain: "Scrolls: up and down or j and k, pgup and pgdown, home and end or g and G.", do: func(k tea.KeyPressMsg) tea.Cmd {
		p.Move(k.String())
		return nil
	}}
}

// writing reports whether letters are text on the screen on top.
func (m *Model) writing() bool {
	s := m.top()
	if l, ok := s.(lister); ok {
		if at, _ := l.list(&m.env); at.Filtering() {
			return true
		}
	}
	return s.writes()
}
