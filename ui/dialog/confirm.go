package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// Confirm asks before a key changes a node or writes a file. No is the answer until another is chosen.
type Confirm struct {
	plain
	means string
	field *ask.YesNo
	do    func() tea.Cmd
}

// NewConfirm asks whether something is to be done, which means something; do does it.
func NewConfirm(f *draw.View, question, means string, do func() tea.Cmd) *Confirm {
	return &Confirm{means: means, do: do, field: ask.NewYesNo(f.Theme, question, f.Say("Yes"), f.Say("No"), false)}
}

// Title is the title of the window.
func (d *Confirm) Title() string { return "Question" }

// Keys choose an answer, and confirm it.
func (d *Confirm) Keys(s Screens) []widget.Action {
	choose := widget.On("y n left right up down h l j k", "select", "y, n and the arrows choose; Enter confirms the choice.", nil).Shown("y/n")
	choose.Do = func(k tea.KeyPressMsg) tea.Cmd {
		d.field.Update(k)
		return nil
	}
	return []widget.Action{widget.On("enter", "answer", "Confirms the selected answer.", func() tea.Cmd {
		if s.Quiet() {
			return nil
		}
		s.Close()
		if d.field.Yes() {
			return d.do()
		}
		return nil
	}), choose}
}

// Body draws the question, both answers, and what they mean.
func (d *Confirm) Body(f *draw.View, w, _ int) string {
	return withMeans(f, append(d.field.View(w, 4), ""), d.means, w)
}
