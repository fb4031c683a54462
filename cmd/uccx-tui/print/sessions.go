package print

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/msg"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
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
func Session(l app.Listed) string {
	name := fmt.Sprintf("%-28s ", cert.Printable(l.Name))
	if len(name) > 34 {
		name += "\n" + strings.Repeat(" ", 29)
	}
	if l.Err != nil {
		return strings.TrimRight(name, " ") + "\n" + folded("cannot be read: "+cert.Printable(l.Err.Error()), "    ")
	}
	kind := "    "
	if l.Lab {
		kind = "LAB "
	}
	text := fmt.Sprintf("%s%sstep %d of %d, %s, %s ago", name, kind, l.Where.Number, l.Where.Of, msg.Label(l.Where.Outcome.String()), Age(time.Since(l.Where.Since)))
	if l.Held != nil {
		text += "\n" + folded(heldBy(l.Held), "    ")
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
			wide = len(in) + len(word)
		case wide+1+len(word) > listWidth:
			b.WriteString("\n" + in + word)
			wide = len(in) + len(word)
		default:
			b.WriteString(" " + word)
			wide += 1 + len(word)
		}
	}
	return b.String()
}

// Age says how long ago something was, in the largest unit that fits.
func Age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return msg.T("under 1 min").String()
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}

func heldBy(h *session.Holder) string {
	return fmt.Sprintf("open: %s on %s, PID %d, since %s", cert.Printable(h.Owner), cert.Printable(h.Host), h.PID, h.Since.Local().Format(time.DateTime))
}
