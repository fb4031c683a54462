package ui

import (
	"time"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/form"
)

// env is what all screens see: the window, the words, and the fold of the journal. Screens read it; only Model changes it.
type env struct {
	draw.View
	app     app.App
	height  int
	hints   []string   // of the lesson that were given
	notice  string     // what the last key or the last run had to say; gone with the next key
	bad     bool       // the notice is bad news
	changed time.Time  // when the screen changed last
	user    string     // the account that was typed last; its password is never kept here
	draft   *form.Form // of a new change that was left
}

// tell shows a line until the next key.
func (f *env) tell(bad bool, text string, args ...any) {
	f.notice, f.bad = f.Say(text, args...), bad
}

// quiet reports whether the screen has only just come up: no key in flight may answer a dangerous question.
func (f *env) quiet() bool { return f.Now.Sub(f.changed) < quietTime }

// quietTime is how long a question takes no answer after it came up.
const quietTime = 300 * time.Millisecond
