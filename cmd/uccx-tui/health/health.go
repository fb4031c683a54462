// Package health looks at this machine, and at the way to the nodes of a solution, before a change: without a login to a node, and
// without changing anything.
package health

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Grade is how well a thing stands.
type Grade string

// The grades. Scripts read them: they never change.
const (
	OK      Grade = "ok"
	Warning Grade = "warning" // a change is possible; something works less well
	Problem Grade = "problem" // a change fails, or cannot begin
)

// Finding is one thing that was looked at.
type Finding struct {
	Area  string   `json:"area"` // state, clock, terminal, locale, proxy, jump, name, port
	About string   `json:"about,omitempty"`
	Grade Grade    `json:"grade"`
	What  msg.Text `json:"what"`
	Next  msg.Text `json:"next,omitzero"` // what to do
}

// Machine is what the checks of this machine ask, so that tests can answer.
type Machine struct {
	Env      func(string) string
	Now      time.Time
	Built    time.Time // of the commit from which the program was built; zero: unknown
	Terminal bool      // standard output is one
	Size     func() (columns, rows int, ok bool)
	State    func() (dir string, err error) // the state folder, once it was written to; its error says what is wrong
}

// Local looks at this machine.
func Local(m Machine) []Finding {
	return []Finding{m.state(), m.clock(), m.terminal(), m.locale(), m.proxy()}
}

func (m Machine) state() Finding {
	dir, err := m.State()
	if err != nil {
		return Finding{"state", dir, Problem, msg.Of(err), msg.T("sessions are kept there: repair it, or set XDG_STATE_HOME to a folder that you own")}
	}
	return Finding{Area: "state", About: dir, Grade: OK, What: msg.T("the state folder is accessible only to you, and writable")}
}

// clock: a certificate that was just issued is not valid yet for a clock that is behind.
func (m Machine) clock() Finding {
	zone, offset := m.Now.Zone()
	what := msg.T("%s %s (UTC%+03d:%02d)", m.Now.Format("2006-01-02 15:04"), zone, offset/3600, max(offset, -offset)%3600/60)
	if !m.Built.IsZero() && m.Now.Before(m.Built) {
		return Finding{"clock", "", Problem, msg.T("%s, before this version of uccx-tui was built", what), msg.T("set the clock of this machine: reports and checks of validity depend on it")}
	}
	return Finding{Area: "clock", Grade: OK, What: msg.T("%s: compare it with a clock that you trust", what)}
}

func (m Machine) terminal() Finding {
	term := m.Env("TERM")
	switch {
	case !m.Terminal:
		return Finding{"terminal", "", Warning, msg.T("the output is not a terminal: line mode is used"), msg.T("run it in a terminal for the screens")}
	case term == "dumb":
		return Finding{"terminal", "", Warning, msg.T("TERM=dumb: line mode is used"), msg.T("set TERM, for example to xterm-256color")}
	}
	columns, rows, ok := m.Size()
	switch {
	case !ok:
		return Finding{"terminal", "", Warning, msg.T("its size is unknown"), msg.T("screens need at least 60x18")}
	case columns < 60 || rows < 18:
		return Finding{"terminal", "", Problem, msg.T("%dx%d is too small for the screens", columns, rows), msg.T("make it at least 60x18, or use --plain")}
	}
	return Finding{Area: "terminal", Grade: OK, What: msg.T("%dx%d, TERM=%s", columns, rows, cert.Printable(term))}
}

// locale: the screens draw lines and signs.
func (m Machine) locale() Finding {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := m.Env(name)
		if value == "" {
			continue
		}
		if folded := strings.ToLower(strings.ReplaceAll(value, "-", "")); strings.Contains(folded, "utf8") {
			return Finding{Area: "locale", Grade: OK, What: msg.T("%s=%s", name, cert.Printable(value))}
		}
		return Finding{"locale", "", Warning, msg.T("%s=%s is not UTF-8: lines and characters may be drawn wrongly", name, cert.Printable(value)), msg.T("set it to a UTF-8 locale, such as C.UTF-8")}
	}
	if m.Env("WT_SESSION") != "" || m.Env("TERM_PROGRAM") != "" || m.Env("OS") == "Windows_NT" {
		return Finding{Area: "locale", Grade: OK, What: msg.T("not set; this terminal draws UTF-8")}
	}
	return Finding{"locale", "", Warning, msg.T("no locale is set: lines and signs may be drawn wrongly"), msg.T("set LANG to a UTF-8 locale, such as C.UTF-8")}
}

// Result is what doctor --json prints.
type Result struct {
	Format   int       `json:"format"`
	Findings []Finding `json:"findings"`
}

// Print writes findings for a person, aligned, or as one JSON object.
func Print(out io.Writer, say lang.Localizer, all []Finding, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(print.JSON{To: out}).Encode(Result{1, all})
	}
	marks := map[Grade]string{OK: say.Say("ok"), Warning: say.Say("WARNING"), Problem: say.Say("PROBLEM")}
	wide, areas := print.Widest(7, marks[OK], marks[Warning], marks[Problem]), 8
	for _, f := range all {
		areas = print.Widest(areas, say.Say(f.Area))
	}
	out = print.People(out)
	for _, f := range all {
		mark := marks[f.Grade]
		about := cert.Printable(f.About)
		if about != "" {
			about += ": "
		}
		if _, err := fmt.Fprintf(out, "%s  %s  %s%s\n", print.Column(mark, wide), print.Column(say.Say(f.Area), areas), about, cert.Printable(say.T(f.What))); err != nil {
			return err
		}
		if !f.Next.IsZero() {
			fmt.Fprintf(out, "%*s-> %s\n", wide+areas+6, "", cert.Printable(say.T(f.Next)))
		}
	}
	return nil
}

// Sound reports whether no finding is a problem.
func Sound(all []Finding) bool {
	for _, f := range all {
		if f.Grade == Problem {
			return false
		}
	}
	return true
}

// resolver is the part of net.Resolver that is asked.
type resolver interface {
	LookupHost(ctx context.Context, host string) ([]string, error)
}
