// Package widget holds what the screens are made of, on top of bubbles: a line of text, a list with one mark and a filter, a
// long page, a table, a bar. Each is driven synchronously: a key is answered before the next one is read, so that keys
// that were typed ahead on a slow line reach the widget they were meant for.
package widget

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// maxText is the longest line that a field takes unless it is told another limit, in characters.
const maxText = 500

// Field is a line of text with a cursor: arrows, Home, End, word keys, paste and input methods work in it. It shows the
// cursor of the terminal itself (layout.CursorMark).
type Field struct {
	in          textinput.Model
	placeholder string
}

// NewField returns a field that has the cursor, with a text in it.
func NewField(text string) *Field {
	f := &Field{in: textinput.New()}
	f.in.Prompt = ""
	f.in.CharLimit = maxText
	f.in.SetStyles(PlainInput())
	f.in.SetValue(layout.Line(text))
	_ = f.in.Focus() // what it returns lets a drawn cursor blink: there is none
	return f
}

// PlainInput are the styles of an input that costs few bytes a key: nothing but the mark of its cursor.
func PlainInput() textinput.Styles {
	return textinput.Styles{}
}

// Limit sets how many characters the field takes.
func (f *Field) Limit(n int) *Field {
	f.in.CharLimit = n
	return f
}

// Hint sets the text that stands in the field, dim, as long as it is empty. It is no value.
func (f *Field) Hint(text string) *Field {
	f.placeholder = text
	return f
}

// Text returns what was typed.
func (f *Field) Text() string { return f.in.Value() }

// SetText puts a text into the field, with the cursor behind it.
func (f *Field) SetText(text string) {
	f.in.SetValue(layout.Line(text))
	f.in.CursorEnd()
}

// Update takes a key or a paste. It reports whether the text changed.
func (f *Field) Update(msg tea.Msg) (changed bool) {
	before := f.in.Value()
	f.in, _ = f.in.Update(Typed(msg))
	return f.in.Value() != before
}

// Typed cleans what a key or a paste brings into one line: no control characters, nothing without a width. Keys that delete
// the word behind the cursor are dropped: the library panics at them where only blanks are behind it.
func Typed(msg tea.Msg) tea.Msg {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if key.Matches(m, key.NewBinding(key.WithKeys("alt+d", "alt+delete", "ctrl+delete"))) {
			return nil
		}
		m.Text = layout.Line(m.Text)
		return m
	case tea.PasteMsg:
		return tea.PasteMsg{Content: layout.Line(m.Content)}
	}
	return msg
}

// View draws the field in w cells, with the mark of the cursor.
func (f *Field) View(t layout.Theme, w int) string {
	if f.in.Value() == "" {
		return layout.CursorMark + t.Dim.Render(t.Fit(f.placeholder, w))
	}
	f.in.SetWidth(max(w-1, 1))
	f.in.SetCursor(f.in.Position()) // a window that became narrower scrolls now, not with the next key
	return RealCursor(f.in.View())
}

// Line draws the field behind the mark of what takes the keys.
func (f *Field) Line(t layout.Theme, w int) string {
	return t.Accent.Render(t.Next) + " " + f.View(t, w-2)
}

// RealCursor replaces the drawn cursor of an input, which is a reversed cell, by layout.CursorMark. The drawn one knows the
// cells of wide characters, which the place that the library computes for a real cursor does not.
func RealCursor(view string) string {
	at := strings.Index(view, reversed)
	if at < 0 {
		return ansi.Strip(view)
	}
	return strings.TrimRight(ansi.Strip(view[:at])+layout.CursorMark+ansi.Strip(view[at:]), " ")
}

// reversed begins the drawn cursor of an input without other styles.
const reversed = "\x1b[7m"

// plain is no style at all.
func plain() lipgloss.Style { return lipgloss.NewStyle() }

// EditKeys edit a line of text.
var EditKeys = []string{"left", "right", "home", "end", "backspace", "delete", "ctrl+a", "ctrl+e", "ctrl+b", "ctrl+f", "ctrl+h", "ctrl+d", "ctrl+k", "ctrl+u", "ctrl+w",
	"alt+left", "alt+right", "ctrl+left", "ctrl+right", "alt+b", "alt+f", "alt+backspace", "ctrl+backspace"}

// Edits is what the help says of EditKeys.
const Edits = "left, right, home and end move, ctrl+left and ctrl+right by word; backspace and delete delete, ctrl+w a word, ctrl+u and ctrl+k everything before or after the cursor."
