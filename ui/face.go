package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// face is what all screens see: the window, the words, and the fold of the journal. Screens read it; only Model changes it.
type face struct {
	layout.Theme
	app           App
	width, height int
	now           time.Time

	work     *Work
	plan     *plan.Plan
	progress map[plan.Task]engine.Progress
	errands  []engine.ManualTask // what waits for a person to do it by hand, oldest first
	hints    []string            // of the lesson that were given
	running  string              // row that the engine works on, or ""
	begun    time.Time           // since when
	notice   string              // what the last key or the last run had to say; gone with the next key
	bad      bool                // the notice is bad news
	learnt   timing.Durations    // how long rows took on this site
	changed  time.Time           // when the screen changed last
	user     string              // the account that was typed last; its password is never kept here
	judged   judged
}

// judged is how a plan stood after so many entries.
type judged struct {
	plan     *plan.Plan
	entries  int
	standing standing.Standing
}

// screen is one page. It draws, and answers keys with wishes; it does no work and knows no other screen.
type screen interface {
	keys(f *face) []binding
	update(f *face, msg tea.Msg) (wish, tea.Cmd)
	view(f *face, w, h int) string
}

// wish is what a screen wants to happen; ui.go grants it.
type wish any

type (
	back         struct{}                     // to the screen before
	quit         struct{}                     // end the program
	next         struct{}                     // whatever the plan says is next
	showPlan     struct{}                     // the plan
	showStep     struct{ id string }          // one row
	showForm     struct{}                     // a new change
	showSessions struct{}                     // all sessions
	showReport   struct{}                     // the report of this session
	beginLab     struct{}                     // a new lab session
	begin        struct{ change plan.Change } // a new session on real nodes
	resume       struct{ name string }        // an old one
	again        struct{ name string }        // a new one on the same solution
	goOn         struct{}                     // all rows that need nobody
	run          struct{ id string }          // the row
	answer       struct {                     // to a question
		asked plan.Asked
		value string
	}
	renew struct { // a new CSR, because the node refuses its certificate in this row
		row  plan.Step
		node string
	}
	otherReply struct{} // other files, because the CA's reply was wrong
	login      struct { // for all nodes, or one
		node, user, password string
	}
	bare   struct{ text string } // text without a frame, for the mouse
	copied struct{ text string } // to the clipboard of the technician's own machine
)

// tell shows a line until the next key.
func (f *face) tell(bad bool, text string, args ...any) {
	f.notice, f.bad = f.Say(text, args...), bad
}

// key returns the name of a pressed key, or "".
func key(msg tea.Msg) string {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		return k.String()
	}
	return ""
}

// list is a cursor over n things.
type list struct{ at int }

// move follows the arrow keys; it reports whether the key was one.
func (l *list) move(k string, n, page int) bool {
	switch k {
	case "up", "k":
		l.at--
	case "down", "j":
		l.at++
	case "pgup":
		l.at -= page
	case "pgdown":
		l.at += page
	case "home":
		l.at = 0
	case "end":
		l.at = n - 1
	default:
		return false
	}
	l.at = max(0, min(l.at, n-1))
	return true
}
