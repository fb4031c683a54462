package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// formView is the form of a new change: all that was typed so far as a table, and below it the field that is asked for.
// Every key is answered at once, so that letters that were typed ahead on a slow line reach the field they were meant for.
type formView struct {
	values formValues
	at     int    // of fields
	mark   list   // of a field with several marks
	more   int    // what is chosen to be said besides nodes; 0: nothing
	was    string // the text of that field when it was come to: the table shows it until it is taken, a letter costs half
}

func newForm() *formView {
	s := &formView{values: newValues()}
	s.was = s.values.name
	return s
}

// to goes to a field.
func (s *formView) to(f *face, at int) {
	all := s.fields(f)
	s.at, s.mark.at = max(0, min(at, len(all)-1)), 0
	if text := all[s.at].text; text != nil {
		s.was = *text
	}
}

// seen is a text as the table shows it.
func (s *formView) seen(one field, text *string) string {
	if one.text == text {
		return cert.Printable(s.was)
	}
	return cert.Printable(*text)
}

func (s *formView) keys(f *face) []binding {
	all := s.fields(f)
	one := all[min(s.at, len(all)-1)]
	move := binding{"up/down", "choose", "Moves in a list. In a text field, moves to the previous or next field.", ""}
	if one.text != nil {
		move.label = "fields"
	}
	keys := []binding{{"enter", s.enterLabel(one), "Accepts the field. After the last field the plan is created.", ""}}
	if one.toggle != nil {
		keys = append(keys, binding{"space", "select", "Selects or clears the item.", ""})
	}
	return append(keys, binding{"shift+tab", "previous", "Goes to the previous field.", ""}, move, binding{"ctrl+u", "empty", "Clears the field.", s.notText(f, one)},
		binding{"f1", "help", "Explains this screen.", ""}, binding{"esc", "back", "Goes back.", ""})
}

// enterLabel says what Enter does: behind the last answer the plan is made.
func (s *formView) enterLabel(one field) string {
	if one.last() {
		return "create plan"
	}
	return "next"
}

func (s *formView) notText(f *face, one field) string {
	if one.text == nil {
		return f.Say("this field has no text")
	}
	return ""
}

func (s *formView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	all := s.fields(f)
	s.at = min(s.at, len(all)-1)
	one := all[s.at]
	if p, ok := msg.(tea.PasteMsg); ok && one.text != nil {
		*one.text += strings.Join(strings.Fields(p.Content), " ")
		return nil, nil
	}
	switch k := key(msg); {
	case k == "enter" || k == "tab" || k == "down" && one.text != nil:
		return s.forward(f, one, k == "enter"), nil
	case k == "shift+tab" || k == "up" && one.text != nil:
		s.to(f, s.at-1)
	case one.toggle != nil:
		if k == "space" || k == "x" {
			one.toggle(s.mark.at)
		} else {
			s.mark.move(k, len(one.options), 5)
		}
	case one.text == nil:
		l := list{one.chosen}
		if l.move(k, len(one.options), 5) {
			one.choose(l.at)
		}
	case k == "backspace":
		if r := []rune(*one.text); len(r) > 0 {
			*one.text = string(r[:len(r)-1])
		}
	case k == "ctrl+u":
		*one.text = ""
	default:
		if p, ok := msg.(tea.KeyPressMsg); ok && p.Text != "" && len(*one.text) < 500 {
			*one.text += p.Text
		}
	}
	return nil, nil
}

// forward takes a field and goes to the next one; behind the last one the change begins.
func (s *formView) forward(f *face, one field, enter bool) wish {
	if one.text != nil {
		if err := one.check(*one.text); err != nil {
			f.tell(true, "%s", cert.Printable(err.Error()))
			return nil
		}
	}
	if one.toggle != nil && !one.marked() {
		f.tell(true, "Select at least one node with Space.")
		return nil
	}
	if one.add != nil && enter && one.chosen > 0 {
		if err := one.add(one.chosen); err != nil {
			f.tell(true, "%s", f.Say(err.Error()))
			return nil
		}
		s.more = 0
		s.to(f, s.at)
		return nil
	}
	if s.at < len(s.fields(f))-1 {
		s.to(f, s.at+1)
		return nil
	}
	if !enter {
		return nil
	}
	c, err := s.values.change()
	if err != nil {
		f.tell(true, "%s", cert.Printable(f.Say(err.Error())))
		return nil
	}
	return begin{c}
}

// editRoom is how many lines the field that is asked for takes at least, with the empty one above it.
const editRoom = 9

func (s *formView) view(f *face, w, h int) string {
	all := s.fields(f)
	one := all[min(s.at, len(all)-1)]
	table, cursor := s.table(f, one, w)
	head := []string{f.Bold.Render(f.Say("New change")), ""}
	head = append(head, window(table, cursor, max(h-len(head)-editRoom, 3))...)
	head = append(head, "", f.Bold.Render(one.ask))
	if one.text != nil {
		head = append(head, f.Accent.Render(f.Next)+" "+f.last(cert.Printable(*one.text), w-3)+"_")
		for _, l := range layout.Wrap(one.hint, w-2) {
			head = append(head, "  "+f.Dim.Render(l))
		}
		return strings.Join(head, "\n")
	}
	return strings.Join(append(head, s.choices(f, one, w, h-len(head))...), "\n")
}

// choices are the options of a field as lines, with what there is to say about the one at the mark.
func (s *formView) choices(f *face, one field, w, h int) []string {
	at := one.chosen
	if one.toggle != nil {
		at = s.mark.at
	}
	var lines []string
	for i, o := range one.options {
		mark := "  "
		if i == at {
			mark = f.Accent.Render(f.Next) + " "
		}
		label := o.label
		if o.off != "" {
			label = f.Dim.Render(label)
		}
		lines = append(lines, f.Fit(mark+label, w))
	}
	var about []string
	text := one.options[at].text
	if one.hint != "" {
		text = one.hint
	}
	if off := one.options[at].off; off != "" {
		text = f.Say("not available: %s", off)
	}
	if text != "" {
		about = append([]string{""}, layout.Wrap(text, w)...)
	}
	return append(f.partly(lines, at, max(h-len(about), 1), at, len(lines)), about...)
}

// last is the end of a text that is too wide: where the next letter comes.
func (f *face) last(s string, w int) string {
	if n := layout.Width(s); n > w {
		return f.Dots + ansi.TruncateLeft(s, n-w+layout.Width(f.Dots), "")
	}
	return s
}
