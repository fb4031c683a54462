package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Question asks what a row asks: one of several answers, the careful one first, or a node's name typed in full.
type Question struct {
	asked  plan.Asked
	choice *ask.Choice
	name   *ask.Text
	found  widget.Page // what was found, where it is longer than the window
}

// NewQuestion asks a question of the plan.
func NewQuestion(f *draw.View, asked plan.Asked) *Question {
	d := &Question{asked: asked, found: widget.Page{Down: "pgdown", Up: "pgup"}} // down selects an answer
	if d.Writes() {
		d.name = ask.NewText(f.Theme, "", "", "", ask.Filled(f.Say("Type what is asked for, or press Esc.")))
		return d
	}
	options := make([]ask.Option, len(asked.Question.Options))
	for i, o := range asked.Question.Options {
		options[i].Label = cert.Printable(f.T(o.Label))
	}
	d.choice = ask.NewChoice(f.Theme, "", options, 0)
	return d
}

// Title is the title of the window.
func (d *Question) Title() string { return "Question" }

// Writes reports whether a name must be typed.
func (d *Question) Writes() bool { return d.asked.Question.Kind != plan.Choice }

// Rules are those of its row.
func (d *Question) Rules(f *draw.View) []string { return f.RulesOf(d.asked.Task.Step) }

// Keys select an answer or write the name, and confirm it.
func (d *Question) Keys(s Screens) []widget.Action {
	back := widget.On("esc", "back", "Goes back. Nothing is answered.", s.Back)
	found := widget.On("pgdown pgup", "scroll", "Scrolls the findings if they do not fit into the window.", nil)
	found.Scrolls = &d.found
	found.Do = func(k tea.KeyPressMsg) tea.Cmd { d.found.Move(k.String()); return nil }
	enter := widget.On("enter", "answer", "Confirms the selected answer.", func() tea.Cmd { return d.enter(s) })
	if d.Writes() { // "?" is a letter here
		types := widget.Types("type", "Writes the name; it cannot be pasted. "+widget.Edits, d.name.Update)
		if enter.Explain = "Confirms the typed name."; d.asked.Question.Kind == plan.Phrase {
			types, enter.Explain = widget.Types("type", "Writes the words that are asked for; they cannot be pasted. "+widget.Edits, d.name.Update), "Confirms the typed words."
		}
		return append([]widget.Action{enter, types}, d.scrolls(found, back)...)
	}
	choose := widget.On("up k down j home g end G", "select", "Moves the selection.", nil).Shown("up/down")
	choose.Do = func(k tea.KeyPressMsg) tea.Cmd { d.choice.Update(k); return nil }
	return append([]widget.Action{enter, choose}, d.scrolls(found, back)...)
}

// scrolls leaves the key out that scrolls what was found, where nothing was.
func (d *Question) scrolls(found, back widget.Action) []widget.Action {
	if len(d.asked.Question.Lines) == 0 {
		return []widget.Action{back}
	}
	return []widget.Action{found, back}
}

// Message refuses a paste where a name must be typed.
func (d *Question) Message(s Screens, msg tea.Msg) tea.Cmd {
	if !d.Writes() {
		return nil
	}
	return pasted(msg, typeIt(s))
}

func (d *Question) enter(s Screens) tea.Cmd {
	if s.Quiet() {
		return nil
	}
	if d.Writes() {
		if err := d.name.Take(); err != nil {
			s.Tell(false, "%s", s.Error(err))
			return nil
		}
		return s.Answer(d.asked, d.name.Text())
	}
	value := d.asked.Question.Options[d.choice.At()].Value
	if value == plan.All {
		return s.Ask(d.asked.AcceptAll())
	}
	return s.Answer(d.asked, value)
}

// Body draws the question below the texts of its row.
func (d *Question) Body(f *draw.View, w, h int) string {
	row, _ := f.Plan.Row(d.asked.Task.Step)
	row = f.Pages().Lost(row, d.asked.Task.Node)
	return draw.Asked(f, f.Pages().Question(d.asked), row, d.answers(w), &d.found, w, h)
}

// answers are what can be answered, or the line that takes the name.
func (d *Question) answers(w int) []string {
	if d.Writes() {
		return d.name.View(w, 2)[1:]
	}
	return d.choice.View(w, len(d.asked.Question.Options)+1)
}
