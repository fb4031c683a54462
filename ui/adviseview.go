package ui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// adviseView lets a person pick a symptom, or paste what a node, a browser or a log says.
type adviseView struct {
	page
	widget.List
	typed  *widget.Field
	typing bool
	by     msg.Localizer
	some   []advice.Advice // what is chosen from; nil: all
	found  []advice.Advice
	exact  bool
}

// maxTyped bounds what is pasted, in characters.
const maxTyped = 4000

// newAdvise is the adviser, with what was said already, or with some advices to choose from.
func newAdvise(by msg.Localizer, said string, some []advice.Advice) *adviseView {
	s := &adviseView{by: by, some: some, typed: widget.NewField(said).Limit(maxTyped)}
	s.search()
	return s
}

// search finds what fits the text.
func (s *adviseView) search() {
	s.Select(0)
	s.found, s.exact = advice.Among(s.by, s.some, s.typed.Text())
}

func (s *adviseView) title(*env) string { return "Adviser" }
func (s *adviseView) writes() bool      { return s.typing }

func (s *adviseView) actions(m *Model) []action {
	move := action{Binding: widget.TextMoveKeys(), Explain: "Moves the selection.", Do: func(k tea.KeyPressMsg) tea.Cmd {
		s.Move(k.String(), widget.Lines(make([]string, len(s.found))))
		return nil
	}}
	all := []action{move, on("esc", "back", "Goes back.", m.back)}
	if len(s.found) > 0 { // where nothing fits, the screen says so
		all = slices.Insert(all, 0, on("enter", "explain", "Shows cause and fix of what is selected.", func() tea.Cmd {
			return m.push(&adviceView{advice: s.found[max(s.Clamp(len(s.found)), 0)]})
		}))
	}
	if s.typing { // not before: what was typed for a login prompt that is not there would be shown
		return append(all, types("or paste", "Finds the symptoms that match a message from a node, browser or log, a code, or some words. "+widget.Edits, s.update))
	}
	return append(all, on("/", "search", "Lets you type the message. You can also paste it without this key.", func() tea.Cmd { s.typing = true; return nil }))
}

func (s *adviseView) update(msg tea.Msg) {
	if s.typed.Update(msg) {
		s.search()
	}
}

func (s *adviseView) message(_ *Model, msg tea.Msg) tea.Cmd {
	return pasted(msg, true, func(msg tea.Msg) {
		s.typing = true
		s.update(msg)
	})
}

func (s *adviseView) body(f *env, w, h int) string {
	return draw.Symptoms(&f.View, &s.List, s.typed, s.typing, s.found, s.exact, w, h)
}

// adviceView is one advice: cause, fix, rules, and what the program sees for itself.
type adviceView struct {
	page
	text    widget.Page
	advice  advice.Advice
	signs   []advice.Check
	looking bool
}

// looked is what an advice has seen.
type looked struct {
	id    string
	signs []advice.Check
}

func (s *adviceView) title(f *env) string  { return f.T(s.advice.Symptom) }
func (s *adviceView) rules(*env) []string  { return s.advice.Rules }
func (s *adviceView) scroll() *widget.Page { return &s.text }

func (s *adviceView) actions(m *Model) []action {
	var all []action
	if s.advice.Sees() {
		off := ""
		if s.looking {
			off = m.Say("the check is running")
		}
		all = append(all, on("enter", "check", "Runs the checks that the program can do: TLS handshakes and the facts of this session. Nothing is changed.", func() tea.Cmd {
			s.looking, s.signs = true, nil
			return s.look(&m.env)
		}).Unless(off))
	}
	if s.jumps(&m.env) {
		all = append(all, on("J", "go to the step", "Goes to the step that fixes it.", func() tea.Cmd { return m.push(&stepView{id: s.advice.Step}) }))
	}
	return all
}

func (s *adviceView) message(_ *Model, msg tea.Msg) tea.Cmd {
	if l, ok := msg.(looked); ok && l.id == s.advice.ID {
		s.signs, s.looking = l.signs, false
	}
	return nil
}

// jumps reports whether the plan has the row that mends it.
func (s *adviceView) jumps(f *env) bool {
	if f.Plan == nil || s.advice.Step == "" {
		return false
	}
	_, ok := f.Plan.Row(s.advice.Step)
	return ok
}

// look lets the advice look, outside of Update.
func (s *adviceView) look(f *env) tea.Cmd {
	adv, doctor := s.advice, &advice.Diagnosis{Plan: f.Plan, Now: f.Now}
	return func() tea.Msg { return looked{adv.ID, adv.Look(context.Background(), doctor)} }
}

func (s *adviceView) body(f *env, w, h int) string {
	return strings.Join(s.text.View(f.Theme, draw.Advice(&f.View, s.advice, s.signs, s.looking, w), w, h), "\n")
}
