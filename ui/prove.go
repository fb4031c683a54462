package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// showTable is the wish to see the prove screen.
type showTable struct{}

// proveView is the table of every address: before and after.
type proveView struct{ list }

func (s *proveView) keys(*face) []binding {
	return []binding{{"enter", "certificate", "Shows what the address serves, line by line.", ""}, {"up/down", "scroll", "Moves through the table.", ""}, {"?", "help", "Explains this screen.", ""},
		{"esc", "back", "Goes back.", ""}}
}

func (s *proveView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	rows := f.addresses()
	k := key(msg)
	if k == "enter" && s.at < len(rows) {
		r := rows[s.at]
		return f.detailsServed(fmt.Sprintf("%s:%d", cert.Printable(r.fqdn), r.before.Port), r.now, &r.before), nil
	}
	if k == "enter" {
		return back{}, nil
	}
	s.move(k, len(rows), 10)
	return nil, nil
}

// address is one line of the table: what was served before, and now.
type address struct {
	fqdn   string
	before steps.Served
	now    *steps.Served // nil: not looked at again
}

// addresses are all that the survey looked at, node by node.
func (f *face) addresses() []address {
	var all []address
	for _, n := range f.plan.Nodes() {
		before, after := f.plan.Survey(n.FQDN), f.latest(n.FQDN)
		if before == nil {
			continue
		}
		for _, b := range before.Served {
			all = append(all, address{n.FQDN, b, find(after, b.Port)})
		}
	}
	return all
}

func (s *proveView) view(f *face, w, h int) string {
	head := f.Bold.Render("  " + f.Pad(f.Say("address"), 18) + f.Pad(f.Say("node"), 12) + f.Pad(f.Say("before"), f.beforeRoom()) + f.Pad(f.Say("now"), 12) + f.Say("state"))
	var lines []string
	rows := f.addresses()
	for i, r := range rows {
		mark := "  "
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		lines = append(lines, mark+f.proveLine(r.fqdn, r.before, r.now, w-2))
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

// latest is what was seen last on the addresses of a node.
func (f *face) latest(fqdn string) *steps.Seen {
	for _, id := range []string{"prove", "restart"} {
		if t, ok := f.plan.Task(steps.Task{Step: id, Node: fqdn}); ok && t.Seen != nil {
			return t.Seen
		}
	}
	return nil
}

func find(s *steps.Seen, port int) *steps.Served {
	if s == nil {
		return nil
	}
	for i := range s.Served {
		if s.Served[i].Port == port {
			return &s.Served[i]
		}
	}
	return nil
}

func (f *face) proveLine(fqdn string, before steps.Served, after *steps.Served, w int) string {
	n, _ := f.plan.Node(fqdn)
	line := f.Pad(fmt.Sprintf("%d %s", before.Port, steps.PortName(f.plan, n, before.Port)), 18) + f.Pad(cert.Printable(layout.Short(fqdn)), 12)
	line += f.Pad(layout.Tail(orDash(before.Serial)), f.beforeRoom())
	if after == nil {
		return line + f.Pad("", 12) + f.Dim.Render(f.stateOf(before))
	}
	line += f.Pad(layout.Tail(orDash(after.Serial)), 12)
	switch {
	case after.Error != "" && before.Error != "":
		return line + f.Dim.Render("- "+f.Fit(cert.Printable(after.Error), w-56))
	case after.Error != "":
		return line + f.Red.Render(f.Say("no answer"))
	case after.Serial == before.Serial:
		return line + f.Red.Render(f.Say("old: owes a restart"))
	case !after.Whole:
		return line + f.Say("new, chain not sent") + "  " + f.daysOf(*after)
	}
	return line + f.Green.Render(f.Say("new, proven")) + "  " + f.daysOf(*after)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return cert.Printable(s)
}

func (f *face) stateOf(s steps.Served) string {
	if s.Error != "" {
		return "- " + cert.Printable(s.Error)
	}
	return f.daysOf(s)
}

func (f *face) daysOf(s steps.Served) string {
	until, err := time.Parse(time.RFC3339, s.Until)
	if err != nil {
		return ""
	}
	if until.Before(f.now) {
		return f.Say("ended")
	}
	return f.Say("%d days", int(until.Sub(f.now).Hours()/24))
}
