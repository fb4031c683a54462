package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// questionView asks a person: one of several answers, the careful one first, or a node's name typed in full.
type questionView struct {
	asked  plan.Asked
	choice *ask.Choice
	name   *ask.Text
	found  widget.Page // what was found, where it is longer than the window
}

func newQuestion(f *env, asked plan.Asked) *questionView {
	s := &questionView{asked: asked, found: widget.Page{Down: "pgdown", Up: "pgup"}} // down selects an answer
	if s.named() {
		s.name = ask.NewText(f.Theme, "", "", "", ask.Filled(f.Say("Type what is asked for, or press Esc.")))
		return s
	}
	options := make([]ask.Option, len(asked.Question.Options))
	for i, o := range asked.Question.Options {
		options[i].Label = cert.Printable(f.T(o.Label))
	}
	s.choice = ask.NewChoice(f.Theme, "", options, 0)
	return s
}

// named reports whether a name must be typed.
func (s *questionView) named() bool { return s.asked.Question.Kind != plan.Choice }

func (s *questionView) title(f *env) string   { return "Question" }
func (s *questionView) writes() bool          { return s.named() }
func (s *questionView) rules(f *env) []string { return f.RulesOf(s.asked.Task.Step) }

func (s *questionView) actions(m *Model) []action {
	back := on("esc", "back", "Goes back. Nothing is answered.", m.back)
	found := on("pgdown pgup", "scroll", "Scrolls the findings if they do not fit into the window.", nil)
	found.Scrolls = &s.found
	found.Do = func(k tea.KeyPressMsg) tea.Cmd { s.found.Move(k.String()); return nil }
	enter := on("enter", "answer", "Confirms the selected answer.", func() tea.Cmd { return s.enter(m) })
	if s.named() { // "?" is a letter here
		enter.Explain = "Confirms the typed name."
		return append([]action{enter, types("type", "Writes the name; it cannot be pasted. "+widget.Edits, s.name.Update)}, s.scrolls(found, back)...)
	}
	choose := on("up k down j home g end G", "select", "Moves the selection.", nil).Shown("up/down")
	choose.Do = func(k tea.KeyPressMsg) tea.Cmd { s.choice.Update(k); return nil }
	return append([]action{enter, choose}, s.scrolls(found, back)...)
}

// scrolls leaves the key out that scrolls what was found, where nothing was.
func (s *questionView) scrolls(found, back action) []action {
	if len(s.asked.Question.Lines) == 0 {
		return []action{back}
	}
	return []action{found, back}
}

func (s *questionView) message(m *Model, msg tea.Msg) tea.Cmd {
	return pasted(msg, s.named(), func(tea.Msg) { m.Tell(false, "Type it. Pasting is not accepted.") })
}

func (s *questionView) enter(m *Model) tea.Cmd {
	if m.quiet() {
		return nil
	}
	if s.named() {
		if err := s.name.Take(); err != nil {
			m.Tell(false, "%s", m.Error(err))
			return nil
		}
		return answerQuestion(m, s.asked, s.name.Text())
	}
	value := s.asked.Question.Options[s.choice.At()].Value
	if value == plan.All {
		return m.push(newQuestion(&m.env, s.asked.AcceptAll()))
	}
	return answerQuestion(m, s.asked, value)
}

func (s *questionView) besidePlan() {}

func (s *questionView) body(f *env, w, h int) string {
	row, _ := f.Plan.Row(s.asked.Task.Step)
	row = f.Pages().Lost(row, s.asked.Task.Node)
	return draw.Asked(&f.View, f.Pages().Question(s.asked), row, s.answers(w), &s.found, w, h)
}

// answers are what can be answered, or the line that takes the name.
func (s *questionView) answers(w int) []string {
	if s.named() {
		return s.name.View(w, 2)[1:]
	}
	return s.choice.View(w, len(s.asked.Question.Options)+1)
}
