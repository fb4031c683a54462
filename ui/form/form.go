// Package form asks for a new change: all that was typed stands as a table, and below it the field that is asked for. It
// also reads what line mode types about a change.
package form

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// Form is the form of a new change. Every key is answered at once, so that letters that were typed ahead on a slow line
// reach the field they were meant for. A choice is made when it is taken: going past a field changes nothing.
type Form struct {
	theme  layout.Theme
	values Values
	at     int // of fields
	asked  field
	field  ask.Field
	offers bool        // it can begin with more than what is typed
	saved  []app.Saved // what it can begin with
	title  string      // in the language of the person
	start  int         // with what it began: an option of the first field
}

// New is an empty form of the usual solution: a UCCX pair and a chat node.
func New(t layout.Theme) *Form {
	s := &Form{theme: t, values: newValues(), title: t.Say("New change")}
	s.to(0)
	return s
}

// to goes to a field.
func (s *Form) to(at int) {
	all := s.fields(s.theme)
	s.at = max(0, min(at, len(all)-1))
	s.asked = all[s.at]
	s.field = s.asked.widget(s.theme)
}

// Update takes a key or a paste into the field that is asked for.
func (s *Form) Update(msg tea.Msg) { s.field.Update(msg) }

// Typing reports whether letters are text now.
func (s *Form) Typing() bool { return s.field.Typing() }

// Text reports whether a line of text is asked for.
func (s *Form) Text() bool { return s.asked.text != nil }

// Cancel leaves the filter of a list; false: there is nothing to leave.
func (s *Form) Cancel() bool { return s.field.Cancel() }

// Begun reports whether something was typed that would be missed.
func (s *Form) Begun() bool {
	s.Keep()
	empty := newValues()
	return s.values.name != empty.name || s.asked.line > linePath || slices.ContainsFunc(s.values.nodes[:], func(n node) bool { return n.fqdn != "" })
}

// Name is what the change is called so far, or "".
func (s *Form) Name() string { return strings.TrimSpace(s.values.name) }

// Keep keeps the text of the field as it stands, unchecked: the form is left, and comes back.
func (s *Form) Keep() {
	if x, ok := s.field.(*ask.Text); ok && s.asked.text != nil {
		*s.asked.text = x.Text()
	}
}

// Ends reports whether Enter makes the plan.
func (s *Form) Ends() bool { return s.asked.ends != nil && s.asked.ends(s.marked()) }

// marked is the option at the mark; -1 where none is asked for.
func (s *Form) marked() int {
	if c, ok := s.field.(*ask.Choice); ok {
		return c.At()
	}
	return -1
}

// take checks the field and keeps its value.
func (s *Form) take() error {
	if err := s.field.Take(); err != nil {
		return err
	}
	switch f := s.field.(type) {
	case *ask.Text:
		*s.asked.text = f.Text()
		if strings.TrimSpace(f.Text()) == "" {
			*s.asked.text = s.asked.usual
		}
	case *ask.Choice:
		if s.asked.choose != nil {
			s.asked.choose(f.At())
		}
	case *ask.Marks:
		s.asked.mark(f.On())
	case *ask.YesNo:
		s.asked.say(f.Yes())
	}
	return nil
}

// Enter takes the field and goes to the next one; behind the last one it returns the change. Errors are for the person, in
// their language.
func (s *Form) Enter() (*change.Change, error) {
	if err := s.take(); err != nil {
		return nil, err
	}
	if s.asked.line == lineStart {
		return nil, s.begun()
	}
	if c, ok := s.field.(*ask.Choice); ok && s.asked.add != nil && c.At() > 0 {
		err := s.asked.add(c.At())
		s.to(s.at)
		return nil, err
	}
	if s.at < len(s.fields(s.theme))-1 {
		s.to(s.at + 1)
		return nil, nil
	}
	c, err := s.values.Change()
	if err != nil {
		return nil, errors.New(s.theme.Error(err))
	}
	return &c, nil
}

// Next goes to the next field, from the last one to the first. A text is taken; a choice stays as it was.
func (s *Form) Next() error {
	if s.Text() {
		if err := s.take(); err != nil {
			return err
		}
	}
	s.to((s.at + 1) % len(s.fields(s.theme)))
	return nil
}

// Back goes to the field before. A text is kept as it stands; a choice stays as it was.
func (s *Form) Back() {
	s.Keep()
	s.to(s.at - 1)
}

// editRoom is how many lines the field that is asked for takes at least, with the empty one above it.
const editRoom = 9

// View draws the form in h lines of w cells.
func (s *Form) View(w, h int) string {
	t := s.theme
	table, cursor := s.table(t, s.asked, w)
	room := max(h-2-editRoom, 3)
	if len(table) > room {
		from := max(0, min(cursor-room/2, len(table)-room))
		table = table[from : from+room]
	}
	lines := append([]string{t.Bold.Render(s.title), ""}, table...)
	lines = append(lines, "")
	about := s.about(w)
	lines = append(lines, s.field.View(w, max(h-len(lines)-len(about), 2))...)
	return strings.Join(append(lines, about...), "\n")
}

// about is what there is to say about the field, or about the option at the mark.
func (s *Form) about(w int) []string {
	t, text := s.theme, s.asked.hint
	if c, ok := s.field.(*ask.Choice); ok && c.At() >= 0 {
		o := s.asked.options[c.At()]
		switch {
		case o.off != "":
			text = t.Say("not available: %s", o.off)
		case text == "":
			text = o.text
		}
	}
	if text == "" {
		return nil
	}
	var lines []string
	if !s.Text() {
		lines = []string{""}
	}
	for _, l := range layout.Wrap(text, w-2) {
		lines = append(lines, "  "+t.Dim.Render(l))
	}
	return lines
}
