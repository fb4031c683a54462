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

// columnGap are the blanks between two columns of a table, mostOfPort and mostOfNode the cells that names of ports and nodes take at most.
const (
	columnGap  = 2
	mostOfPort = 20
	mostOfNode = 16
)

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

// PortColumns are the columns of the table of ports in w cells: each as wide as what stands in it, and what is left for the state.
func (f *View) PortColumns(w int) []widget.Column {
	all := []widget.Column{{Title: f.Say("port")}, {Title: f.Say("node")}, {Title: f.Say("before")}, {Title: f.Say("now")}}
	for i := range all {
		all[i].Width = layout.Width(all[i].Title)
	}
	for _, a := range f.Addresses() {
		all[0].Width = max(all[0].Width, min(layout.Width(cert.Printable(a.Label())), mostOfPort))
		all[1].Width = max(all[1].Width, min(layout.Width(cert.Printable(layout.Short(a.Node.FQDN))), mostOfNode))
		all[2].Width = max(all[2].Width, layout.Width(layout.Tail(orDash(a.Before.Serial))))
		if a.Now != nil {
			all[3].Width = max(all[3].Width, layout.Width(layout.Tail(orDash(a.Now.Serial))))
		}
	}
	if f.Width < 76 { // the state needs the room more
		all[2].Width = -columnGap
	}
	left := w - 2
	for i := range all {
		all[i].Width += columnGap
		left -= all[i].Width
	}
	return append(all, widget.Column{Title: f.Say("state"), Width: max(left, 10)})
}
