// Package dialog asks a person for one thing: yes or no, a name, the answer to a question of the plan, an account, a time, what a
// node has printed. The screens show a dialog, and carry out what was answered.
package dialog

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// Dialog asks for one thing.
type Dialog interface {
	Title() string                          // English
	Keys(s Screens) []widget.Action         // what works in it, the next action first
	Message(s Screens, msg tea.Msg) tea.Cmd // takes what is no key: a paste
	Body(f *draw.View, w, h int) string     // drawn in h lines of w cells
	Writes() bool                           // letters are text
	Rules(f *draw.View) []string            // ids of the rules on which it stands
}

// Screens is what a dialog needs of the screens around it.
type Screens interface {
	Say(text string, args ...any) string     // a text in the person's language
	Clock() time.Time                        // the moment of the key
	Error(err error) string                  // an error in the person's language
	Tell(bad bool, text string, args ...any) // shows a line until the next key
	Fail(err error)                          // the same for an error
	Quiet() bool                             // the dialog has only just come up: no key in flight may answer it
	Close()                                  // shows the screen before it
	Back() tea.Cmd                           // the same, where a person went back

	Answer(asked plan.Asked, value string) tea.Cmd // writes an answer down, and goes on
	Ask(asked plan.Asked) tea.Cmd                  // opens another question
	LogIn(node, user, password string) tea.Cmd     // keeps an account, and goes on
	KeepWindow(until string) tea.Cmd               // reads when the change window ends, and writes it down; empty: there is none
}

// plain has what most dialogs need none of.
type plain struct{}

// Message takes nothing.
func (plain) Message(Screens, tea.Msg) tea.Cmd { return nil }

// Writes is false.
func (plain) Writes() bool { return false }

// Rules are none.
func (plain) Rules(*draw.View) []string { return nil }

// pasted gives a paste to a field.
func pasted(msg tea.Msg, update func(tea.Msg)) tea.Cmd {
	if p, ok := msg.(tea.PasteMsg); ok {
		update(p)
	}
	return nil
}

// typeIt refuses a paste where a name must be typed.
func typeIt(s Screens) func(tea.Msg) {
	return func(tea.Msg) { s.Tell(false, "Type it. Pasting is not accepted.") }
}

// withMeans are some lines, and below them what an answer means.
func withMeans(f *draw.View, lines []string, means string, w int) string {
	for _, l := range layout.Wrap(means, w) {
		lines = append(lines, f.Dim.Render(l))
	}
	return strings.Join(lines, "\n")
}
