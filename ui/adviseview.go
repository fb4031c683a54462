package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// showAdvise is the wish to see the adviser, with what was said already, or with some advices to choose from.
type showAdvise struct {
	text string
	some []advice.Advice
}

// showAdvice is the wish to see one advice.
type showAdvice struct{ advice advice.Advice }

// adviseView lets a person pick a symptom, or paste what a node, a browser or a log says.
type adviseView struct {
	list
	typed string
	some  []advice.Advice // what is chosen from; nil: all
	found []advice.Advice
	exact bool
}

// maxTyped bounds what is pasted, in bytes.
const maxTyped = 4000

func newAdvise(w showAdvise) *adviseView {
	s := &adviseView{some: w.some}
	s.say(w.text)
	return s
}

// say finds what fits the text.
func (s *adviseView) say(text string) {
	s.typed, s.at = text[:min(len(text), maxTyped)], 0
	if strings.TrimSpace(s.typed) == "" {
		if s.found, s.exact = s.some, false; s.found == nil {
			s.found = advice.All()
		}
		return
	}
	s.found, s.exact = advice.Find(s.typed)
}

func (s *adviseView) keys(*face) []binding {
	return []binding{{"enter", "explain", "Shows cause and fix of the selected symptom.", ""}, {"up/down", "choose", "Moves the selection.", ""},
		{"type", "or paste", "Finds symptoms that match: a message from a node, browser or log, an error code, or some words.", ""},
		{"ctrl+u", "clear", "Clears the input.", ""}, {"f1", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back.", ""}}
}

func (s *adviseView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	switch m := msg.(type) {
	case tea.PasteMsg:
		s.say(strings.ReplaceAll(s.typed+m.Content, "\n", " "))
		return nil, nil
	case tea.KeyPressMsg:
		return s.press(m), nil
	}
	return nil, nil
}

func (s *adviseView) press(m tea.KeyPressMsg) wish {
	switch k := m.String(); k {
	case "up", "down", "pgup", "pgdown", "home", "end":
		s.move(k, len(s.found), 8)
	case "enter":
		if len(s.found) > 0 {
			return showAdvice{s.found[s.at]}
		}
	case "backspace":
		if r := []rune(s.typed); len(r) > 0 {
			s.say(string(r[:len(r)-1]))
		}
	case "ctrl+u":
		s.say("")
	default:
		if m.Text != "" {
			s.say(s.typed + m.Text)
		}
	}
	return nil
}

func (s *adviseView) view(f *face, w, h int) string {
	lines := []string{f.Bold.Render(f.Say("What is seen?")) + "  " + f.Dim.Render(f.Say("choose, or type or paste the words")), "", f.Accent.Render(f.Next) + " " + f.tailFit(cert.Printable(s.typed)+"_", w-2), ""}
	switch {
	case len(s.found) == 0:
		return strings.Join(append(lines, f.Say("No known symptom matches.")), "\n")
	case strings.TrimSpace(s.typed) != "" && !s.exact:
		lines = append(lines, f.Dim.Render(f.Say("No exact match. Closest:")), "")
	}
	var rows []string
	for i, a := range s.found {
		mark := "  "
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		rows = append(rows, mark+f.Dim.Render(f.Pad(f.Say(a.Group), 11))+f.Fit(f.Say(a.Symptom), w-13))
	}
	whole := append([]string{""}, layout.Wrap(f.Say(s.found[s.at].Symptom), w)...) // what is cut in the list stands below it
	room := max(h-len(lines)-3, 1)
	if len(rows) > room {
		whole[0] = f.Dim.Render("  " + f.Say("%d of %d; the arrows show the others", s.at+1, len(rows)))
	}
	return strings.Join(append(append(lines, window(rows, s.at, room)...), whole...), "\n")
}

// tailFit cuts the beginning of a text that is too wide: the end is what is being typed.
func (f *face) tailFit(s string, w int) string {
	r := []rune(s)
	for layout.Width(string(r)) > w && len(r) > 0 {
		r = r[1:]
	}
	return string(r)
}

// adviceView is one advice: cause, cure, rules, and what the program sees for itself.
type adviceView struct {
	list
	advice  advice.Advice
	signs   []advice.Check
	looking bool
}

// looked is what an advice has seen.
type looked struct {
	id    string
	signs []advice.Check
}

func (s *adviceView) keys(f *face) []binding {
	var all []binding
	if s.advice.Sees() {
		all = append(all, binding{"enter", "check", "Runs the checks that the program can do: TLS handshakes, and facts of this session. Nothing is " +
			"changed.", ""})
	}
	if s.jumps(f) {
		all = append(all, binding{"g", "go to step", "Goes to the step that fixes it.", ""})
	}
	return append(all, binding{"up/down", "scroll", "Scrolls the text.", ""}, binding{"?", "help", "Explains this screen.", ""}, binding{"esc", "back", "Goes back.", ""})
}

// jumps reports whether the plan has the row that mends it.
func (s *adviceView) jumps(f *face) bool {
	if f.plan == nil || s.advice.Step == "" {
		return false
	}
	_, ok := f.plan.Row(s.advice.Step)
	return ok
}

func (s *adviceView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	if m, ok := msg.(looked); ok && m.id == s.advice.ID {
		s.signs, s.looking = m.signs, false
		return nil, nil
	}
	switch k := key(msg); {
	case k == "enter" && s.advice.Sees() && !s.looking:
		s.looking, s.signs = true, nil
		return nil, s.look(f)
	case k == "g" && s.jumps(f):
		return showStep{s.advice.Step}, nil
	default:
		s.move(k, 100, 8)
	}
	return nil, nil
}

// look lets the advice look, outside of Update.
func (s *adviceView) look(f *face) tea.Cmd {
	adv, doctor := s.advice, &advice.Diagnosis{Plan: f.plan, Now: f.now}
	return func() tea.Msg { return looked{adv.ID, adv.Look(context.Background(), doctor)} }
}

func (s *adviceView) view(f *face, w, h int) string {
	a := s.advice
	lines := layout.Wrap(f.Say(a.Symptom), w)
	for i := range lines {
		lines[i] = f.Bold.Render(lines[i])
	}
	lines = append(lines, "")
	lines = append(lines, f.Labelled(f.Say("Cause"), f.Say(a.Cause), 10, w)...)
	lines = append(lines, "")
	lines = append(lines, f.Labelled(f.Say("Fix"), f.Say(a.Cure), 10, w)...)
	lines = append(lines, "")
	lines = append(lines, f.Labelled(f.Say("Rules"), strings.TrimSpace(strings.Join(a.Rules, " ")+"  "+a.Source), 10, w)...)
	if title := steps.RowTitle(a.Step); title != "" {
		lines = append(lines, f.Labelled(f.Say("Step"), f.Say(title), 10, w)...)
	}
	if s.looking {
		lines = append(lines, "", f.Say("looking")+" "+f.Dots)
	}
	for i, sign := range s.signs {
		if i == 0 {
			lines = append(lines, "")
		}
		lines = append(lines, f.signLines(sign, w)...)
	}
	s.at = max(0, min(s.at, len(lines)-h))
	return strings.Join(lines[s.at:], "\n")
}

func (f *face) signLines(s advice.Check, w int) []string {
	mark := f.Dim.Render("-")
	switch s.State {
	case advice.Supports:
		mark = f.Red.Render(f.Failed)
	case advice.Contradicts:
		mark = f.Green.Render(f.Done)
	}
	var lines []string
	for i, l := range layout.Wrap(f.Say(s.State)+": "+s.What, w-2) {
		if i > 0 {
			mark = " "
		}
		lines = append(lines, mark+" "+l)
	}
	return lines
}
