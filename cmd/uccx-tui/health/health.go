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
	"github.com/uccx-tui/uccx-tui/vos/cert"
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
	Area  string `json:"area"` // state, clock, terminal, locale, proxy, jump, name, port
	About string `json:"about,omitempty"`
	Grade Grade  `json:"grade"`
	What  string `json:"what"`
	Next  string `json:"next,omitempty"` // what to do
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
		return Finding{"state", dir, Problem, err.Error(), "sessions are kept there: repair it, or set XDG_STATE_HOME to a folder that you own"}
	}
	return Finding{Area: "state", About: dir, Grade: OK, What: "the state folder is accessible only to you, and writable"}
}

// clock: a certificate that was just issued is not valid yet for a clock that is behind.
func (m Machine) clock() Finding {
	zone, offset := m.Now.Zone()
	what := fmt.Sprintf("%s %s (UTC%+03d:%02d)", m.Now.Format("2006-01-02 15:04"), zone, offset/3600, max(offset, -offset)%3600/60)
	if !m.Built.IsZero() && m.Now.Before(m.Built) {
		return Finding{"clock", "", Problem, what + ", before this version of uccx-tui was built", "set the clock of this machine: reports and checks of validity depend on it"}
	}
	return Finding{Area: "clock", Grade: OK, What: what + ": compare it with a clock that you trust"}
}

func (m Machine) terminal() Finding {
	term := m.Env("TERM")
	switch {
	case !m.Terminal:
		return Finding{"terminal", "", Warning, "the output is not a terminal: line mode is used", "run it in a terminal for the screens"}
	case term == "dumb":
		return Finding{"terminal", "", Warning, "TERM=dumb: line mode is used", "set TERM, for example to xterm-256color"}
	}
	columns, rows, ok := m.Size()
	switch {
	case !ok:
		return Finding{"terminal", "", Warning, "its size is unknown", "screens need at least 60x18"}
	case columns < 60 || rows < 18:
		return Finding{"terminal", "", Problem, fmt.Sprintf("%dx%d is too small for the screens", columns, rows), "make it at least 60x18, or use --plain"}
	}
	return Finding{Area: "terminal", Grade: OK, What: fmt.Sprintf("%dx%d, TERM=%s", columns, rows, cert.Printable(term))}
}

// locale: the screens draw lines and signs.
func (m Machine) locale() Finding {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := m.Env(name)
		if value == "" {
			continue
		}
		if folded := strings.ToLower(strings.ReplaceAll(value, "-", "")); strings.Contains(folded, "utf8") {
			return Finding{Area: "locale", Grade: OK, What: name + "=" + cert.Printable(value)}
		}
		return Finding{"locale", "", Warning, name + "=" + cert.Printable(value) + " is not UTF-8: lines and characters may be drawn wrongly", "set it to a UTF-8 locale, such as C.UTF-8"}
	}
	if m.Env("WT_SESSION") != "" || m.Env("TERM_PROGRAM") != "" || m.Env("OS") == "Windows_NT" {
		return Finding{Area: "locale", Grade: OK, What: "not set; this terminal draws UTF-8"}
	}
	return Finding{"locale", "", Warning, "no locale is set: lines and signs may be drawn wrongly", "set LANG to a UTF-8 locale, such as C.UTF-8"}
}

// Result is what doctor --json prints.
type Result struct {
	Format   int       `json:"format"`
	Findings []Finding `json:"findings"`
}

// Print writes findings for a person, aligned, or as one JSON object.
func Print(out io.Writer, all []Finding, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(print.JSON{To: out}).Encode(Result{1, all})
	}
	for _, f := range all {
		mark := map[Grade]string{OK: "ok     ", Warning: "WARNING", Problem: "PROBLEM"}[f.Grade]
		about := cert.Printable(f.About)
		if about != "" {
			about += ": "
		}
		if _, err := fmt.Fprintf(out, "%s  %-8s  %s%s\n", mark, f.Area, about, cert.Printable(f.What)); err != nil {
			return err
		}
		if f.Next != "" {
			fmt.Fprintf(out, "%21s-> %s\n", "", cert.Printable(f.Next))
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
