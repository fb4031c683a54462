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
	changed time.Time  // when the screen changed last
	user    string     // the account that was typed last; its password is never kept here
	draft   *form.Form // of a new change that was left
}

// quiet reports whether the screen has only just come up: no key in flight may answer a dangerous question.
func (f *env) quiet() bool { return f.Now.Sub(f.changed) < quietTime }

// quietTime is how long a question takes no answer after it came up.
const quietTime = 300 * time.Millisecond
