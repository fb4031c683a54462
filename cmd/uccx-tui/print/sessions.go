package print

import (
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// listedJSON is one session for programs. Times are UTC.
type listedJSON struct {
	Name    string          `json:"name"`
	Lab     bool            `json:"lab"`
	Step    int             `json:"step,omitempty"`
	Of      int             `json:"of,omitempty"`
	Outcome string          `json:"outcome,omitempty"`
	Since   time.Time       `json:"since,omitzero"`
	Opened  time.Time       `json:"opened,omitzero"`
	Held    *session.Holder `json:"held,omitempty"`
	Error   string          `json:"error,omitempty"`
}

// sessionList is the list as one document.
type sessionList struct {
	Format   int          `json:"format"`
	Sessions []listedJSON `json:"sessions"`
}

// Sessions writes the list of sessions as one JSON document.
func Sessions(w io.Writer, all []app.Listed) error {
	doc := sessionList{1, []listedJSON{}}
	for _, l := range all {
		one := listedJSON{Name: l.Name, Lab: l.Lab, Held: l.Held}
		if l.Err != nil {
			one.Error = l.Err.Error()
		} else {
			one.Step, one.Of, one.Outcome, one.Since, one.Opened = l.Where.Number, l.Where.Of, l.Where.Outcome.String(), l.Where.Since.UTC(), l.Opened.UTC()
		}
		doc.Sessions = append(doc.Sessions, one)
	}
	return Document(w, doc)
}

// listWidth is how wide the list of sessions may be: a plain terminal.
const listWidth = 80

// Session is one session: name, lab, where it stands, since when; in lines of its own who holds it, or why it cannot be read.
func Session(say lang.Localizer, l app.Listed) string {
	name := Column(cert.Printable(l.Name), 28) + " "
	if ansi.StringWidth(name) > 34 {
		name += "\n" + strings.Repeat(" ", 29)
	}
	if l.Err != nil {
		return strings.TrimRight(name, " ") + "\n" + folded(cert.Printable(say.Say("cannot be read: %s", l.Err)), "    ")
	}
	kind := "    "
	if l.Lab {
		kind = "LAB "
	}
	text := name + kind + say.Say("step %d of %d, %s, %s", l.Where.Number, l.Where.Of, msg.English(msg.Label(l.Where.Outcome.String())), Age(time.Since(l.Where.Since)))
	if l.Held != nil {
		text += "\n" + folded(cert.Printable(say.T(heldBy(l.Held))), "    ")
	}
	return text
}

// folded breaks a text at blanks into lines of at most listWidth, each with the same beginning. A word is never cut.
func folded(text, in string) string {
	var b strings.Builder
	wide := 0
	for _, word := range strings.Fields(text) {
		switch {
		case wide == 0:
			b.WriteString(in + word)
			wide = len(in) + ansi.StringWidth(word)
		case wide+1+ansi.StringWidth(word) > listWidth:
			b.WriteString("\n" + in + word)
			wide = len(in) + ansi.StringWidth(word)
		default:
			b.WriteString(" " + word)
			wide += 1 + ansi.StringWidth(word)
		}
	}
	return b.String()
}

// Age says how long ago something was, in the largest unit that fits.
func Age(d time.Duration) msg.Text {
	switch {
	case d < time.Minute:
		return msg.T("under 1 min ago")
	case d < time.Hour:
		return msg.T("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return msg.T("%d h ago", int(d.Hours()))
	}
	return msg.T("%d days ago", int(d.Hours()/24))
}

func heldBy(h *session.Holder) msg.Text {
	return msg.T("open: %s on %s, PID %d, since %s", msg.English(h.Owner), msg.English(h.Host), h.PID, h.Since.Local().Format(time.DateTime))
}
