package pages

import (
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TakeOverMeans is what a person must know before a session is taken over, in English.
const TakeOverMeans = "The other program is locked out and will exit. A command that it started on a node may still be running, so the node is checked first. The journal records who took over."

// Where is "step 7 of 14, waiting for the CA since 2 days".
func (e Env) Where(l app.Listed) string {
	text := e.Say("step %d of %d, %s for %s", l.Where.Number, l.Where.Of, e.Say(msg.Label(l.Where.Outcome.String())), layout.Since(e.Now.Sub(l.Where.Since)))
	if l.Lab {
		text = "LAB, " + text
	}
	return text
}

// Held is who has a session open, and for how long.
func (e Env) Held(l app.Listed) string {
	text := e.Say("open: %s on %s, %s", cert.Printable(l.Held.Owner), cert.Printable(l.Held.Host), layout.Since(e.Now.Sub(l.Held.Since)))
	if l.Stopped {
		text = e.Say("suspended") + ", " + text
	}
	return text
}
