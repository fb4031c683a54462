// Package ask holds the fields that ask a person for something: a line of text, one of several, several of several, yes or
// no. They are fields of huh, and the only place that knows that library. A form of huh goes from field to field by
// messages, so that keys that were typed ahead reach the wrong one; here the owner of a field says when it is taken, and
// the next key finds the next field. The fields' own keys for that are switched off.
package ask

import (
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// Field asks for one thing. It has the keys as long as it lives.
type Field interface {
	// Update takes a key or a paste.
	Update(msg tea.Msg)
	// Take checks what stands in the field. An error is for the person, in their language; the field goes on asking.
	Take() error
	// View draws the question and the field in at most h lines of w cells.
	View(w, h int) []string
	// Typing reports whether letters are text now.
	Typing() bool
	// Cancel leaves the filter of a list; false: there is nothing to leave.
	Cancel() bool
}

// Option is one of several answers. Off says why it cannot be taken now, or is empty.
type Option struct{ Label, Off string }

// held is a field of huh that is driven from outside.
type held struct {
	theme layout.Theme
	field huh.Field
	w, h  int // as it was drawn last: the library lays all of a list out when it is told its size
}

func hold(t layout.Theme, f huh.Field) held {
	plain := styles(t) // made once: the library asks for it at every line of a list
	f = f.WithTheme(huh.ThemeFunc(func(bool) *huh.Styles { return plain })).WithKeyMap(keys())
	_ = f.Focus() // what it returns lets a drawn cursor blink: there is none
	return held{theme: t, field: f}
}

func (h *held) Update(msg tea.Msg) {
	if m, _ := h.field.Update(widget.Typed(msg)); m != nil {
		if f, ok := m.(huh.Field); ok {
			h.field = f
		}
	}
}

// Take lets the field store and check its value, and keeps the keys in it: who holds it goes on, or does not.
func (h *held) Take() error {
	_ = h.field.Blur()
	err := h.field.Error()
	_ = h.field.Focus()
	return err
}

func (h *held) Typing() bool { return false }
func (h *held) Cancel() bool { return false }

// drawn is the field in w cells, and in as many lines as it needs where high is 0.
func (h *held) drawn(w, high int) []string {
	if w != h.w || high != h.h {
		h.field, h.w, h.h = h.field.WithWidth(w).WithHeight(high), w, high
		_ = h.field.View() // a list can be scrolled to its mark once it was laid out
		h.field = h.field.WithHeight(high)
	}
	lines := strings.Split(h.field.View(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// leave and clear are keys that no keyboard sends to this program: they end the filter of a list, and forget it.
const leave, clearIt = "f19", "f20"

// keys are those of a field that is driven from outside: nothing in it goes to another field.
func keys() *huh.KeyMap {
	bind := func(k ...string) key.Binding { return key.NewBinding(key.WithKeys(k...)) }
	off := key.NewBinding(key.WithDisabled())
	return &huh.KeyMap{
		Quit:  off,
		Input: huh.InputKeyMap{AcceptSuggestion: off, Next: off, Prev: off, Submit: off},
		Select: huh.SelectKeyMap{Next: off, Prev: off, Submit: off, Left: off, Right: off, Up: bind("up", "k"), Down: bind("down", "j"), HalfPageUp: bind("pgup"), HalfPageDown: bind("pgdown"),
			GotoTop: bind("home", "g"), GotoBottom: bind("end", "G"), Filter: bind("/"), SetFilter: key.NewBinding(key.WithKeys(leave), key.WithDisabled()), ClearFilter: key.NewBinding(key.WithKeys(clearIt), key.WithDisabled())},
		MultiSelect: huh.MultiSelectKeyMap{Next: off, Prev: off, Submit: off, Up: bind("up", "k"), Down: bind("down", "j"), HalfPageUp: bind("pgup"), HalfPageDown: bind("pgdown"),
			GotoTop: bind("home", "g"), GotoBottom: bind("end", "G"), Filter: off, SetFilter: off, ClearFilter: off, Toggle: bind("space"), SelectAll: off, SelectNone: off},
		Confirm: huh.ConfirmKeyMap{Next: off, Prev: off, Submit: off, Toggle: bind("left", "right", "up", "down", "h", "l", "j", "k"), Accept: bind("y"), Reject: bind("n")},
	}
}

// styles are those of our screens: the mark alone moves, so that a key costs some bytes, not two lines.
func styles(t layout.Theme) *huh.Styles {
	plain, mark := lipgloss.NewStyle(), t.Accent.SetString(t.Next+" ")
	one := huh.FieldStyles{Base: plain, Title: t.Bold, Description: t.Dim, ErrorIndicator: plain, ErrorMessage: plain, SelectSelector: mark, Option: plain, MultiSelectSelector: mark,
		SelectedOption: plain, UnselectedOption: plain, SelectedPrefix: plain.SetString("[x] "), UnselectedPrefix: plain.SetString("[ ] "),
		FocusedButton: plain.SetString(t.Next).MarginRight(3), BlurredButton: plain.SetString(strings.Repeat(" ", layout.Width(t.Next))).MarginRight(3)}
	return &huh.Styles{Focused: one, Blurred: one}
}

// Text asks for a line of text.
type Text struct {
	held
	title, hint string
	text        *string
}

// NewText asks for a line of text, with one in it. hint stands in an empty field; check refuses what cannot be taken.
func NewText(t layout.Theme, title, text, hint string, check func(string) error) *Text {
	text = layout.Line(text)
	in := huh.NewInput().Prompt("").CharLimit(500).Validate(check).Value(&text)
	return &Text{hold(t, in), title, hint, &text}
}

// Typing is true: letters are text.
func (x *Text) Typing() bool { return true }

// Text is what stands in the field.
func (x *Text) Text() string { return *x.text }

// Line draws the field alone in w cells, with the mark of the cursor.
func (x *Text) Line(w int) string {
	if *x.text == "" {
		return layout.CursorMark + x.theme.Dim.Render(x.theme.Fit(x.hint, w))
	}
	x.field = x.field.WithWidth(w)
	return widget.RealCursor(x.field.View())
}

// View draws the question, and the field below it.
func (x *Text) View(w, _ int) []string {
	return []string{x.theme.Bold.Render(x.theme.Fit(x.title, w)), x.theme.Accent.Render(x.theme.Next) + " " + x.Line(w-2)}
}

// Choice asks for one of several.
type Choice struct {
	held
	list    *huh.Select[int]
	title   string
	options []Option
	value   *int
}

// errNoOption tells that a filter leaves nothing to choose from.
var errNoOption = errors.New("nothing matches the filter")

// NewChoice asks for one of several, with the mark at one of them. An empty title is none.
func NewChoice(t layout.Theme, title string, options []Option, at int) *Choice {
	value := at
	c := &Choice{title: title, options: options, value: &value}
	all := make([]huh.Option[int], len(options))
	for i, o := range options {
		label := layout.Line(o.Label)
		if o.Off != "" {
			label = t.Dim.Render(label)
		}
		all[i] = huh.NewOption(label, i)
	}
	c.list = huh.NewSelect[int]().Title(title)
	c.held = hold(t, c.list)
	c.list.Options(all...).Value(c.value) // behind the styles, or the library lays all of it out in its own
	return c
}

// At is the option at the mark; -1 where the filter leaves none.
func (c *Choice) At() int {
	if at, ok := c.list.Hovered(); ok {
		return at
	}
	return -1
}

// Update takes a key. The mark stops at the ends of the list: a key more must not lead from the careful answer to another.
func (c *Choice) Update(msg tea.Msg) {
	before := c.At()
	c.held.Update(msg)
	k, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
	case (k.String() == "up" || k.String() == "k") && c.At() > before:
		c.held.Update(tea.KeyPressMsg{Code: tea.KeyHome})
	case (k.String() == "down" || k.String() == "j") && c.At() < before:
		c.held.Update(tea.KeyPressMsg{Code: tea.KeyEnd})
	}
}

// Take refuses an option that is off.
func (c *Choice) Take() error {
	at := c.At()
	switch {
	case at < 0:
		return errors.New(c.theme.Error(errNoOption))
	case c.options[at].Off != "":
		return errors.New(c.options[at].Off)
	}
	return c.held.Take()
}

// Typing reports whether letters go into the filter.
func (c *Choice) Typing() bool { return c.list.GetFiltering() }

// Cancel leaves the filter, and forgets it.
func (c *Choice) Cancel() bool {
	if !c.list.GetFiltering() {
		return false
	}
	at := c.At()
	c.held.Update(tea.KeyPressMsg{Code: tea.KeyF19})
	c.held.Update(tea.KeyPressMsg{Code: tea.KeyF20})
	if at >= 0 { // the library counts the mark among what was filtered
		*c.value = at
		c.list.Value(c.value)
	}
	return true
}

// View draws the question and its options; where not all have room, the last line says where the mark is.
func (c *Choice) View(w, h int) []string {
	need, blank := 0, 1 // the library keeps a line for a title that is empty, too
	if c.title != "" {
		need, blank = len(layout.Wrap(c.title, w)), 0
	}
	for _, o := range c.options {
		need += len(layout.Wrap(o.Label, w-2))
	}
	if need <= h || h < 3 {
		lines := c.drawn(w, need+blank)
		return cursored(lines[:min(len(lines), need, max(h, 1))])
	}
	lines := c.drawn(w, h-1+blank)
	return cursored(append(lines[:min(len(lines), h-1)], c.theme.Dim.Render("  "+c.theme.Say("%d of %d; the arrows show the others", c.At()+1, len(c.options)))))
}

// cursored replaces the drawn cursor of a filter by the real one.
func cursored(lines []string) []string {
	for i, l := range lines {
		if strings.Contains(l, "\x1b[7m") {
			lines[i] = widget.RealCursor(l)
		}
	}
	return lines
}

// Marks asks for several of several.
type Marks struct {
	held
	list   *huh.MultiSelect[int]
	title  string
	labels []string
	value  *[]int
}

// NewMarks asks for several of several, with marks on some. check refuses what cannot be taken.
func NewMarks(t layout.Theme, title string, labels []string, on []int, check func([]int) error) *Marks {
	value := append([]int{}, on...)
	m := &Marks{title: title, labels: labels, value: &value}
	all := make([]huh.Option[int], len(labels))
	for i, l := range labels {
		all[i] = huh.NewOption(layout.Line(l), i)
	}
	m.list = huh.NewMultiSelect[int]().Title(title)
	m.held = hold(t, m.list)
	m.list.Options(all...).Validate(check).Value(m.value)
	return m
}

// On are the marked ones.
func (m *Marks) On() []int { return *m.value }

// View draws the question and what can be marked.
func (m *Marks) View(w, h int) []string {
	// The library takes the title off the room that it computes by itself: the last line would be hidden.
	if need := len(layout.Wrap(m.title, w)) + len(m.labels); need <= h || h < 3 {
		return m.drawn(w, need)[:min(need, max(h, 1))]
	}
	at, _ := m.list.Hovered()
	return append(m.drawn(w, h-1)[:h-1], m.theme.Dim.Render("  "+m.theme.Say("%d of %d; the arrows show the others", at+1, len(m.labels))))
}

// YesNo asks for yes or no. y and n choose; nothing is taken by them.
type YesNo struct {
	held
	title string
	value *bool
}

// NewYesNo asks for yes or no, in words of the question.
func NewYesNo(t layout.Theme, title, yes, no string, at bool) *YesNo {
	value := at
	c := huh.NewConfirm().Affirmative(yes).Negative(no).WithButtonAlignment(lipgloss.Left).Value(&value)
	return &YesNo{hold(t, c), title, &value}
}

// Yes is the answer.
func (y *YesNo) Yes() bool { return *y.value }

// View draws the question and both answers.
func (y *YesNo) View(w, _ int) []string {
	lines := layout.Wrap(y.title, w)
	for i := range lines {
		lines[i] = y.theme.Bold.Render(lines[i])
	}
	for _, l := range y.drawn(w, 0) {
		if strings.TrimSpace(ansi.Strip(l)) != "" {
			lines = append(lines, l)
		}
	}
	return lines
}
