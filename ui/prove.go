package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

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
	rows := f.Addresses()
	return widget.Cells{N: len(rows), Row: func(i int) []string { return f.PortCells(rows[i]) }}
}

func (s *proveView) actions(m *Model) []action {
	rows := m.Addresses()
	i := s.Clamp(len(rows))
	if i < 0 {
		return nil
	}
	r := rows[i]
	return []action{on("enter d", "certificate", "Shows what the port presents, line by line.", func() tea.Cmd {
		return m.push(&detailView{about: m.Pages().Served(fmt.Sprintf("%s:%d", cert.Printable(r.Node.FQDN), r.Port), r.Now, &r.Before)})
	})}
}

func (s *proveView) body(f *env, w, h int) string {
	cells := s.cells(f)
	if cells.N == 0 {
		return f.Dim.Render(f.Say("nothing has been read yet"))
	}
	head := []string{f.Bold.Render(f.Say(s.title(f))), ""}
	return strings.Join(append(head, widget.Table(f.Theme, &s.List, f.PortColumns(w), cells, w, h-len(head))...), "\n")
}
