package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// newTakeOver shows a session that another program has open, and takes it over where its name is typed: that program may be
// changing a node.
func newTakeOver(m *Model, one app.Listed) *nameView {
	return &nameView{name: "Take over", label: "take over", help: "Takes over the session after you type its name.", want: one.Name, field: widget.NewField(""),
		draw: func(f *env, line string, w, h int) string { return f.TakeOver(one, line, w, h) },
		do: func(string) tea.Cmd {
			return m.opens(func() (*app.Work, error) { return m.app.TakeOver(one.Name, *one.Held) })
		}}
}
