package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// showTable is the wish to see the prove screen.
type showTable struct{}

// proveView is the table of every address: before and after.
type proveView struct{ list }

func (s *proveView) keys(*face) []binding {
	return []binding{{"enter", "certificate", "Shows the certificate on this port.", ""}, {"up/down", "scroll", "Scrolls the table.", ""}, {"?", "help", "Explains this screen.", ""},
		{"esc", "back", "Goes back.", ""}}
}

func (s *proveView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	rows := standing.Addresses(f.plan)
	k := key(msg)
	if k == "enter" && s.at < len(rows) {
		r := rows[s.at]
		return f.detailsServed(fmt.Sprintf("%s:%d", cert.Printable(r.Node.FQDN), r.Port), r.Now, &r.Before), nil
	}
	if k == "enter" {
		return back{}, nil
	}
	s.move(k, len(rows), 10)
	return nil, nil
}

func (s *proveView) view(f *face, w, h int) string {
	head := f.Bold.Render("  " + f.Pad(f.Say("port"), 18) + f.Pad(f.Say("node"), 12) + f.Pad(f.Say("before"), f.beforeRoom()) + f.Pad(f.Say("now"), 12) + f.Say("state"))
	var lines []string
	rows := standing.Addresses(f.plan)
	for i, r := range rows {
		mark := "  "
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		lines = append(lines, mark+f.proveLine(r, w-2))
	}
	if len(lines) == 0 {
		lines = append(lines, f.Dim.Render("  "+f.Say("nothing was read yet")))
	}
	s.at = max(0, min(s.at, len(rows)-1))
	return head + "\n" + strings.Join(f.partly(lines, s.at, h-1, s.at, len(rows)), "\n")
}

// beforeRoom is the width of the column of former serials: in a narrow window the state needs it more.
func (f *face) beforeRoom() int {
	if f.width < 76 {
		return 0
	}
	return 12
}

// proveLine is one address: what it served before, what it serves now, and how it stands (standing.Addresses).
func (f *face) proveLine(a standing.Address, w int) string {
	line := f.Pad(fmt.Sprintf("%d %s", a.Port, a.Name), 18) + f.Pad(cert.Printable(layout.Short(a.Node.FQDN)), 12)
	line += f.Pad(layout.Tail(orDash(a.Before.Serial)), f.beforeRoom())
	if a.Now == nil {
		return line + f.Pad("", 12) + f.Dim.Render(f.stateOf(a.Before))
	}
	line += f.Pad(layout.Tail(orDash(a.Now.Serial)), 12)
	switch {
	case a.Wrong():
		return line + f.Red.Render(f.Say(string(a.State)))
	case a.Now.Error != "":
		return line + f.Dim.Render(f.Say(string(a.State))+" - "+f.Fit(cert.Printable(a.Now.Error), max(w-70, 8)))
	case a.State == standing.AddressProven:
		return line + f.Green.Render(f.Say(string(a.State))) + "  " + f.daysOf(*a.Now)
	}
	return line + f.Say(string(a.State)) + "  " + f.daysOf(*a.Now)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return cert.Printable(s)
}

func (f *face) stateOf(s plan.Served) string {
	if s.Error != "" {
		return "- " + cert.Printable(s.Error)
	}
	return f.daysOf(s)
}

func (f *face) daysOf(s plan.Served) string {
	until, err := time.Parse(time.RFC3339, s.Until)
	if err != nil {
		return ""
	}
	if until.Before(f.now) {
		return f.Say("expired")
	}
	return f.Say("%d days", int(until.Sub(f.now).Hours()/24))
}
