package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// proveView is the table of every port: before and after.
type proveView struct {
	page
	widget.List
}

func (s *proveView) title(*env) string { return "Ports" }

func (s *proveView) list(f *env) (*widget.List, widget.Rows) { return &s.List, s.cells(f).Rows() }

func (s *proveView) cells(f *env) widget.Cells {
	rows := standing.Addresses(f.plan)
	return widget.Cells{N: len(rows), Row: func(i int) []string { return f.proveCells(rows[i]) }}
}

func (s *proveView) actions(m *Model) []action {
	rows := standing.Addresses(m.plan)
	i := s.Clamp(len(rows))
	if i < 0 {
		return nil
	}
	r := rows[i]
	return []action{on("enter d", "certificate", "Shows what the port presents, line by line.", func() tea.Cmd {
		return m.push(&detailView{about: m.pages().Served(fmt.Sprintf("%s:%d", cert.Printable(r.Node.FQDN), r.Port), r.Now, &r.Before)})
	})}
}

func (s *proveView) body(f *env, w, h int) string {
	cells := s.cells(f)
	if cells.N == 0 {
		return f.Dim.Render(f.Say("nothing was read yet"))
	}
	columns := []widget.Column{{Title: f.Say("port"), Width: 18}, {Title: f.Say("node"), Width: 12}, {Title: f.Say("before"), Width: f.beforeRoom()}, {Title: f.Say("now"), Width: 12},
		{Title: f.Say("state"), Width: max(w-2-18-12-f.beforeRoom()-12, 10)}}
	return strings.Join(widget.Table(f.Theme, &s.List, columns, cells, w, h), "\n")
}

// beforeRoom is the width of the column of former serials: in a narrow window the state needs it more.
func (f *env) beforeRoom() int {
	if f.width < 76 {
		return 0
	}
	return 12
}

// proveCells is a port as a row of the table: what it presented before, what it presents now, and how it stands
// (Plan.Addresses).
func (f *env) proveCells(a standing.Address) []string {
	cells := []string{cert.Printable(fmt.Sprintf("%d %s", a.Port, a.Name)), cert.Printable(layout.Short(a.Node.FQDN)), layout.Tail(orDash(a.Before.Serial)), ""}
	if a.Now == nil {
		return append(cells, f.Dim.Render(f.stateOf(a.Before)))
	}
	cells[3] = layout.Tail(orDash(a.Now.Serial))
	state := f.Say(string(a.State))
	switch {
	case a.Wrong():
		state = f.Red.Render(state)
	case a.Now.Error != "":
		state = f.Dim.Render(state + " - " + cert.Printable(a.Now.Error))
	case a.State == standing.AddressProven:
		state = f.Green.Render(state) + "  " + f.daysOf(*a.Now)
	default:
		state += "  " + f.daysOf(*a.Now)
	}
	return append(cells, state)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return cert.Printable(s)
}

func (f *env) stateOf(s plan.Served) string {
	if s.Error != "" {
		return "- " + cert.Printable(s.Error)
	}
	return f.daysOf(s)
}

func (f *env) daysOf(s plan.Served) string {
	until, err := time.Parse(time.RFC3339, s.Until)
	if err != nil {
		return ""
	}
	if until.Before(f.now) {
		return f.Say("ended")
	}
	return f.Say("%d days", int(until.Sub(f.now).Hours()/24))
}
