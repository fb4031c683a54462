package widget

import (
	tea "charm.land/bubbletea/v2"
)

// ListKeys are the keys of a list. moved is told when a person moved the mark.
func ListKeys(l *List, rows Rows, moved func()) []Action {
	move := Action{Binding: MoveKeys(), Explain: "Moves the selection: up and down or j and k, pgup and pgdown, home and end or g and G.", Do: func(k tea.KeyPressMsg) tea.Cmd {
		l.Move(k.String(), rows)
		moved()
		return nil
	}}
	begin := On("/", "filter", "Shows only the items that contain what you type.", func() tea.Cmd { l.BeginFilter(); return nil })
	if l.Filtered() {
		return []Action{move, begin, On("backspace", "all", "Shows everything again.", func() tea.Cmd { l.EndFilter(false); return nil })}
	}
	return []Action{move, begin}
}

// FilterKeys are the keys while the filter of a list is typed.
func FilterKeys(l *List, rows Rows) []Action {
	move := Action{Binding: TextMoveKeys(), Explain: "Moves the selection.", Do: func(k tea.KeyPressMsg) tea.Cmd { l.Move(k.String(), rows); return nil }}
	all := On("esc", "all", "Shows everything again.", func() tea.Cmd { l.EndFilter(false); return nil })
	return filterKeys(&l.filter, func(msg tea.Msg) { l.Filter(msg, rows) }, move, all)
}

// filterKeys are the keys while a filter is typed: take gives it a letter, move moves below it, and all forgets it.
func filterKeys(f *filter, take func(tea.Msg), move, all Action) []Action {
	return []Action{
		On("enter", "done", "Keeps the filter; the keys of the screen work again.", func() tea.Cmd { f.EndFilter(true); return nil }),
		Types("filter", "Filters by what you type. "+Edits, take),
		move,
		all,
	}
}

// PageKeys are the keys of a long page; the first scrolls.
func PageKeys(p *Page) []Action {
	b := MoveKeys()
	b.SetHelp("up/down", "scroll")
	all := []Action{{Binding: b, Scrolls: p, Explain: "Scrolls: up and down or j and k, pgup and pgdown, home and end or g and G.", Do: func(k tea.KeyPressMsg) tea.Cmd {
		p.Move(k.String())
		return nil
	}}, On("/", "filter", "Shows only the lines that contain what you type.", func() tea.Cmd { p.BeginFilter(); return nil })}
	all[1].Scrolls = p
	if p.Filtered() {
		all = append(all, On("backspace", "all", "Shows all lines again.", func() tea.Cmd { p.EndFilter(false); return nil }))
	}
	return all
}

// PageFilterKeys are the keys while the filter of a page is typed.
func PageFilterKeys(p *Page) []Action {
	b := TextMoveKeys()
	b.SetHelp("up/down", "scroll")
	move := Action{Binding: b, Scrolls: p, Explain: "Scrolls.", Do: func(k tea.KeyPressMsg) tea.Cmd { p.Move(k.String()); return nil }}
	all := On("esc", "all", "Shows all lines again.", func() tea.Cmd { p.EndFilter(false); return nil })
	return filterKeys(&p.filter, p.Type, move, all)
}
