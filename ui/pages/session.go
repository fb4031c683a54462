package pages

import (
	"strings"
	"unicode"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TakeOverMeans is what a person must know before a session is taken over, in English.
const TakeOverMeans = "The other program is locked out and will exit. A command that it started on a node may still be running, so the node is checked first. The journal records who took over."

// Where is "step 7 of 14, waiting for the CA since 2 days".
func (e Env) Where(l app.Listed) string {
	text := e.Say("step %d of %d, %s for %s", l.Where.Number, l.Where.Of, e.Say(msg.Label(l.Where.Outcome.String())), msg.Elapsed(e.Now.Sub(l.Where.Since)))
	if l.Lab {
		text = e.T(msg.Both(msg.Verbatim("LAB"), msg.Verbatim(text)))
	}
	return text
}

// Held is who has a session open, and for how long.
func (e Env) Held(l app.Listed) string {
	text := e.Say("open: %s on %s, %s", cert.Printable(l.Held.Owner), cert.Printable(l.Held.Host), msg.Elapsed(e.Now.Sub(l.Held.Since)))
	if l.Stopped {
		text = e.T(msg.Both(msg.T("suspended"), msg.Verbatim(text)))
	}
	return text
}

// Name is what the open session is called: the name of its change, and that of its folder where this is another one, as for the
// second session of one name, or after a renaming. Printable.
func Name(p *plan.Plan, w *app.Work) string {
	name := p.Change().Name
	if w == nil || w.Name == "" || plainName(w.Name) == plainName(name) {
		return cert.Printable(name)
	}
	return cert.Printable(name) + " (" + cert.Printable(w.Name) + ")"
}

// plainName is a name without what the name of a folder cannot have.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
