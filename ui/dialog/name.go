package dialog

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Name asks for a name. Where one is wanted, only that one is taken, and it must be typed.
type Name struct {
	plain
	Screen, Label, Help string                                           // the title, and what Enter is called and does, English; empty: of a question
	Question, Means     string                                           // in the person's language
	Want                string                                           // the only name that is taken; empty: any
	Draw                func(f *draw.View, line string, w, h int) string // draws it, with the line that takes the name; nil: the question and what it means
	Do                  func(name string) tea.Cmd                        // takes the name
	field               *widget.Field
}

// With is the dialog with a name in its field.
func (d *Name) With(name string) *Name {
	d.field = widget.NewField(name)
	return d
}

// Title is the title of the window.
func (d *Name) Title() string { return cmp.Or(d.Screen, "Question") }

// Writes is true: letters are the name.
func (d *Name) Writes() bool { return true }

// Keys write the name, and take it.
func (d *Name) Keys(s Screens) []widget.Action {
	return []widget.Action{widget.On("enter", cmp.Or(d.Label, "answer"), cmp.Or(d.Help, "Confirms the typed name."), func() tea.Cmd { return d.enter(s) }),
		widget.Types("type", "Writes the name; it cannot be pasted. "+widget.Edits, func(msg tea.Msg) { d.field.Update(msg) }),
		widget.On("esc", "back", "Goes back. Nothing is changed.", s.Back)}
}

func (d *Name) enter(s Screens) tea.Cmd {
	name := strings.TrimSpace(d.field.Text())
	switch {
	case s.Quiet():
	case name == "" && d.Want == "":
		s.Tell(true, "Type a name, or press Esc.")
	case d.Want != "" && name != d.Want:
		s.Tell(true, "That is not the name of the session. Nothing was changed. Type %s, or press Esc.", cert.Printable(d.Want))
	default:
		if d.Screen == "" {
			s.Close()
		}
		return d.Do(name)
	}
	return nil
}

// Message refuses a paste.
func (d *Name) Message(s Screens, msg tea.Msg) tea.Cmd { return pasted(msg, typeIt(s)) }

// Body draws the question, the field, and what the answer means.
func (d *Name) Body(f *draw.View, w, h int) string {
	line := d.field.Line(f.Theme, w)
	if d.Draw != nil {
		return d.Draw(f, line, w, h)
	}
	return withMeans(f, append(layout.Wrap(d.Question, w), "", line, ""), d.Means, w)
}
