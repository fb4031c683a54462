package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// Errand shows one dialogue that a person does on a node, and takes what the node said, or the path of a file.
type Errand struct {
	plain
	ID    int // of the manual task
	do    ByHand
	given widget.Paste
	sure  bool // Enter was pressed once on nothing
	sent  bool // it was given, and is being read
}

// ByHand is what the screens do with a manual task.
type ByHand struct {
	Task    func(id int) (e engine.ManualTask, waits bool)
	HandIn  func(id int, text string) tea.Cmd // gives the output to the engine
	NotDone func(e engine.ManualTask) tea.Cmd // tells the engine that it was not done, or printed nothing
	Stop    func() (stop func())              // ends the row; nil: none runs
	Plain   func(text string) tea.Cmd         // shows a text without a frame
	Copy    func(text string) tea.Cmd         // copies it to the clipboard
}

// NewErrand shows the manual task with that number.
func NewErrand(f *draw.View, id int, do ByHand) *Errand {
	d := &Errand{ID: id, do: do}
	d.given.Begin("", f.Now)
	return d
}

// Given is what was pasted or typed so far.
func (d *Errand) Given() string { return d.given.Text() }

// Sent reports whether it was given, and is being read.
func (d *Errand) Sent() bool { return d.sent }

// Title is the title of the window.
func (d *Errand) Title() string { return "By hand" }

// Writes is true: letters are what the node printed.
func (d *Errand) Writes() bool { return true }

// Keys write what the node printed, and give it.
func (d *Errand) Keys(s Screens) []widget.Action {
	e, waits := d.do.Task(d.ID)
	if !waits || d.sent {
		return nil
	}
	enter := widget.On("enter", "submit", "Submits the pasted or typed output.", nil)
	enter.Do = func(k tea.KeyPressMsg) tea.Cmd {
		if d.given.Key(k, s.Clock()) {
			if text, ok := d.give(s, e); ok {
				return d.do.HandIn(e.ID, text)
			}
		}
		return nil
	}
	no := widget.On("ctrl+n", "no output", "The node printed nothing, or you cannot see its output.", func() tea.Cmd { return d.do.NotDone(e) })
	if e.Dialogue.Changes {
		no.SetHelp("ctrl+n", "not done")
		no.Explain = "You did not do this. The node is unchanged."
	}
	write := widget.Types("or paste", "Writes the path of a file, or what the node printed.", nil)
	write.Do = func(k tea.KeyPressMsg) tea.Cmd {
		d.given.Key(k, s.Clock())
		return nil
	}
	return []widget.Action{enter, widget.On("tab", "plain view", "Shows the commands without a frame, so that you can select them with the mouse.", func() tea.Cmd { return d.do.Plain(pages.Typed(e.Dialogue)) }),
		widget.On("ctrl+y", "copy", "Copies the commands to the clipboard of your own machine (OSC 52; not supported by every terminal).", func() tea.Cmd { return d.do.Copy(pages.Typed(e.Dialogue)) }), no,
		d.clear(s), d.stop(s), write, widget.On("esc", "back", "Goes back; the task waits.", s.Back)}
}

func (d *Errand) clear(s Screens) widget.Action {
	off := ""
	if d.given.Text() == "" {
		off = s.Say("nothing has been entered yet")
	}
	return widget.On("ctrl+u", "clear", "Discards the pasted text.", func() tea.Cmd {
		d.given.Begin("", s.Clock())
		return nil
	}).Unless(off)
}

func (d *Errand) stop(s Screens) widget.Action {
	stop, off := d.do.Stop(), ""
	if stop == nil {
		off = s.Say("no step is running")
	}
	return widget.On("ctrl+x", "stop", "Stops this step. Checks will be asked again. A change that you may have made is marked unknown and checked first.", func() tea.Cmd {
		stop()
		return nil
	}).Unless(off)
}

// Message takes a paste.
func (d *Errand) Message(_ Screens, msg tea.Msg) tea.Cmd {
	if p, ok := msg.(tea.PasteMsg); ok && !d.sent {
		d.given.Add(p.Content)
	}
	return nil
}

// give returns what was given; ok is false where there is something to be said first.
func (d *Errand) give(s Screens, e engine.ManualTask) (text string, ok bool) {
	text = d.given.Text()
	switch empty := strings.TrimSpace(text) == ""; {
	case empty && e.Dialogue.Changes && !d.sure:
		d.sure = true
		s.Tell(true, "Press Enter again if you did it and it printed nothing. The node is then checked. Not done: ctrl+n.")
		return "", false
	case empty && !e.Dialogue.Changes && e.Wrong.IsZero():
		s.Tell(false, "Paste the node's output, or type the path of a file")
		return "", false
	}
	d.given.Begin("", s.Clock())
	d.sent = true
	return text, true
}

// Body draws what is to be done, and what was given.
func (d *Errand) Body(f *draw.View, w, h int) string {
	e, waits := f.Task(d.ID)
	if !waits {
		return ""
	}
	return f.Manual(e, d.given.Text() == "", draw.Given(f, d.given.Text(), d.given.Lines(), d.sent, w-2), w, h)
}
