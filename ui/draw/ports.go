package draw

import (
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// beforeRoom is the width of the column of former serials: in a narrow window the state needs it more.
func beforeRoom(f *View) int {
	if f.Width < 76 {
		return 0
	}
	return 11
}

// PortCells is a port as a row of the table: what it presented before, what it presents now, and how it stands
// (Plan.Addresses).
func (f *View) PortCells(a standing.Address) []string {
	cells := []string{cert.Printable(a.Label()), cert.Printable(layout.Short(a.Node.FQDN)), layout.Tail(orDash(a.Before.Serial)), ""}
	if a.Now == nil {
		return append(cells, f.Dim.Render(stateOf(f, a.Before)))
	}
	cells[3] = layout.Tail(orDash(a.Now.Serial))
	state := f.Say(msg.Label(string(a.State)))
	switch {
	case a.Wrong():
		state = f.Red.Render(state)
	case a.Now.Error != "":
		state = f.Dim.Render(state + " - " + cert.Printable(f.T(msg.Kept(a.Now.Error))))
	case a.State == standing.AddressProven:
		state = f.Green.Render(state) + "  " + daysOf(f, *a.Now)
	default:
		state += "  " + daysOf(f, *a.Now)
	}
	return append(cells, state)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return cert.Printable(s)
}

func stateOf(f *View, s plan.Served) string {
	if s.Error != "" {
		return "- " + cert.Printable(f.T(msg.Kept(s.Error)))
	}
	return daysOf(f, s)
}

func daysOf(f *View, s plan.Served) string {
	until, err := time.Parse(time.RFC3339, s.Until)
	if err != nil {
		return ""
	}
	if until.Before(f.Now) {
		return f.Say("expired")
	}
	return f.T(msg.N("1 day", "%d days", int(until.Sub(f.Now).Hours()/24)))
}

// PortColumns are the columns of the table of ports in w cells.
func (f *View) PortColumns(w int) []widget.Column {
	return []widget.Column{{Title: f.Say("port"), Width: 18}, {Title: f.Say("node"), Width: 12}, {Title: f.Say("before"), Width: beforeRoom(f)}, {Title: f.Say("now"), Width: 11},
		{Title: f.Say("state"), Width: max(w-2-18-12-beforeRoom(f)-11, 10)}}
}
