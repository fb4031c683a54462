package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// Window asks when the change window ends.
type Window struct {
	plain
	until *widget.Field
}

// NewWindow asks when the change window ends.
func NewWindow(f *draw.View) *Window {
	return &Window{until: widget.NewField("").Limit(40).Hint(f.Say("such as 06:00"))}
}

// Title is the title of the window.
func (d *Window) Title() string { return "Change window" }

// Writes is true: letters are the time.
func (d *Window) Writes() bool { return true }

// Keys write the time, and keep it.
func (d *Window) Keys(s Screens) []widget.Action {
	return []widget.Action{widget.On("enter", "set", "Sets the end of the window. Leave empty for no window.", func() tea.Cmd { return s.KeepWindow(d.until.Text()) }),
		widget.Types("type", "Writes the time. "+widget.Edits, d.update), widget.On("esc", "back", "Goes back. The window is unchanged.", s.Back)}
}

func (d *Window) update(msg tea.Msg) { d.until.Update(msg) }

// Message takes a paste into the field.
func (d *Window) Message(_ Screens, msg tea.Msg) tea.Cmd { return pasted(msg, d.update) }

// Body draws the question, and the field.
func (d *Window) Body(f *draw.View, w, _ int) string {
	return draw.AskWindow(f, d.until.View(f.Theme, w-12), w)
}
