package ui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// formView is the form of a new change: all that was typed so far as a table, and below it the field that is asked for.
// Every key is answered at once, so that letters that were typed ahead on a slow line reach the field they were meant for.
type formView struct {
	values formValues
	at     int    // of fields
	was    string // the text of that field when it was come to: the table shows it until it is taken, a letter costs half
}

// field is one thing that the form asks for: a text, or one of several options.
type field struct {
	node    int // -1: of the change
	ask     string
	hint    string
	text    *string
	check   func(text string) error
	options []option
	chosen  int
	choose  func(i int)
}

type option struct{ label, text string }

func newForm() *formView {
	s := &formView{values: newValues()}
	s.was = s.values.name
	return s
}

// to goes to a field.
func (s *formView) to(f *face, at int) {
	all := s.fields(f)
	s.at = max(0, min(at, len(all)-1))
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

// fields are what is asked for, in order; they depend on the answers so far.
func (s *formView) fields(f *face) []field {
	v := &s.values
	all := []field{{node: -1, ask: f.say("Name of the change"), hint: f.say("the session is found again by it"), text: &v.name, check: func(text string) error {
		if strings.TrimSpace(text) == "" {
			return errors.New(f.say("a name is needed"))
		}
		return nil
	}}, s.pathField(f)}
	for i := range v.nodes {
		n := &v.nodes[i]
		all = append(all, s.kindField(f, i))
		if n.kind < 0 {
			break
		}
		all = append(all, field{node: i, ask: f.say("Full name (FQDN) of node %d", i+1), hint: f.say("such as uccx1.example.com; people and certificates use it, never an address (PRE-2)"), text: &n.fqdn,
			check: func(text string) error { return checkFQDN(f, n.kind, text) }},
			field{node: i, ask: f.say("Address of node %d, only if it is not reached by its name", i+1), hint: f.say("such as 10.0.0.5, or host 22=40022 behind NAT; manual: by hand; Enter alone: by name"), text: &n.address,
				check: checkAddress})
	}
	return all
}

func (s *formView) pathField(f *face) field {
	one := field{node: -1, ask: f.say("Which path"), choose: func(i int) { s.values.path = steps.Paths()[i].ID }}
	for i, p := range steps.Paths() {
		one.options = append(one.options, option{f.say(p.Title), f.say(p.When)})
		if p.ID == s.values.path {
			one.chosen = i
		}
	}
	return one
}

// kindField asks what a node is; behind the first one the answer may be that there are no more.
func (s *formView) kindField(f *face, i int) field {
	n := &s.values.nodes[i]
	one := field{node: i, ask: f.say("Node %d is", i+1), chosen: n.kind, choose: func(k int) { n.kind = k }}
	if i > 0 {
		one.options = append(one.options, option{label: f.say("no more nodes")})
		one.chosen++
		one.choose = func(k int) { n.kind = k - 1 }
	}
	for _, k := range kinds {
		one.options = append(one.options, option{label: f.say(k.label)})
	}
	return one
}

func (s *formView) keys(*face) []binding {
	return []binding{{"enter", "next", "Takes the field; after the last one the plan is made.", ""}, {"shift+tab", "before", "Goes back one field.", ""},
		{"up/down", "choose", "Moves in a list; in a text, to the field before or behind.", ""}, {"ctrl+u", "empty", "Empties the field.", ""},
		{"f1", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back; nothing is kept.", ""}}
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
	if s.at < len(s.fields(f))-1 {
		s.to(f, s.at+1)
		return nil
	}
	if !enter {
		return nil
	}
	c, err := s.values.change()
	if err != nil {
		f.tell(true, "%s", cert.Printable(f.say(err.Error())))
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
	head := []string{f.bold.Render(f.say("A new change")), ""}
	head = append(head, window(table, cursor, max(h-len(head)-editRoom, 3))...)
	head = append(head, "", f.bold.Render(one.ask))
	if one.text != nil {
		head = append(head, f.accent.Render(f.next)+" "+f.last(cert.Printable(*one.text), w-3)+"_")
		for _, l := range wrap(one.hint, w-2) {
			head = append(head, "  "+f.dim.Render(l))
		}
		return strings.Join(head, "\n")
	}
	var lines []string
	for i, o := range one.options {
		mark := "  "
		if i == one.chosen {
			mark = f.accent.Render(f.next) + " "
		}
		lines = append(lines, f.fit(mark+o.label, w))
	}
	var about []string
	if text := one.options[one.chosen].text; text != "" {
		about = append([]string{""}, wrap(text, w)...)
	}
	head = append(head, window(lines, one.chosen, max(h-len(head)-len(about), 1))...)
	return strings.Join(append(head, about...), "\n")
}

// table is what was answered so far, a line for the change and one for each node, and the line of the field.
func (s *formView) table(f *face, one field, w int) (lines []string, cursor int) {
	v := &s.values
	title := ""
	for _, p := range steps.Paths() {
		if p.ID == v.path {
			title = f.say(p.Title)
		}
	}
	lines = []string{f.formLine(one.text == &v.name, f.say("name"), s.seen(one, &v.name), w), f.formLine(one.node < 0 && one.text == nil, f.say("path"), title, w)}
	if one.node < 0 && one.text == nil {
		cursor = 1
	}
	rest := max(w-10-22-2, 20)
	for i := range v.nodes {
		n := &v.nodes[i]
		if i == one.node {
			cursor = len(lines)
		}
		if n.kind < 0 {
			if i == one.node {
				lines = append(lines, f.formLine(true, f.say("node %d", i+1), f.dim.Render(f.say("no more nodes")), w))
			}
			break
		}
		name := f.pad(s.seen(one, &n.fqdn), max(rest*3/5, 12))
		lines = append(lines, f.formLine(i == one.node, f.say("node %d", i+1), f.pad(f.say(kinds[n.kind].label), 21)+" "+name+" "+f.dim.Render(s.seen(one, &n.address)), w))
	}
	return lines, cursor
}

func (f *face) formLine(here bool, label, text string, w int) string {
	mark := "  "
	if here {
		mark = f.accent.Render(f.next) + " "
	}
	return f.fit(mark+f.dim.Render(f.pad(label, 8))+text, w)
}

// last is the end of a text that is too wide: where the next letter comes.
func (t theme) last(s string, w int) string {
	if n := width(s); n > w {
		return t.dots + ansi.TruncateLeft(s, n-w+width(t.dots), "")
	}
	return s
}
