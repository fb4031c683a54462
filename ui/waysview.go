package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// waysView shows how each node is reached, and takes another connection for the selected one.
type waysView struct {
	page
	widget.List
}

func (s *waysView) title(*env) string { return "Connection per node" }

func (s *waysView) list(f *env) (*widget.List, widget.Rows) {
	nodes := f.Plan.Nodes()
	column := draw.Column(len(nodes), 44, func(i int) string { return nodes[i].FQDN })
	return &s.List, widget.Rows{N: len(nodes), Line: func(i int) string {
		return f.Pad(cert.Printable(nodes[i].FQDN), column) + "  " + f.Say(nodes[i].Connection.Title())
	}}
}

func (s *waysView) actions(m *Model) []action {
	nodes, all := m.Plan.Nodes(), vos.Connections()
	i := s.Clamp(len(nodes))
	if i < 0 {
		return nil
	}
	var digits []string
	for n := range all {
		digits = append(digits, strconv.Itoa(n+1))
	}
	take := on(strings.Join(digits, " "), "choose this one", "Sets how the selected node is reached from now on; it asks first, and records it in the journal. Steps that "+
		"are done stay done.", nil).Shown("1-" + strconv.Itoa(len(all)))
	take.Do = func(k tea.KeyPressMsg) tea.Cmd {
		n, _ := strconv.Atoi(k.String())
		node, way := nodes[i].FQDN, all[n-1]
		return m.push(newConfirm(m, m.Say("Reach %s by %s from now on?", cert.Printable(layout.Short(node)), m.Say(way.Title())), m.Say("It is recorded in the journal. Steps that are done stay done."), func() tea.Cmd { return chooseConnection(m, node, way) }))
	}
	return []action{take.Unless(m.Busy()), on("esc enter", "back", "Goes back.", m.back)}
}

// chooseConnection writes down how a node is reached.
func chooseConnection(m *Model, node string, way vos.Connection) tea.Cmd {
	runner := m.Work.Runner
	return m.behind(func() end {
		err := runner.Choose(node, way)
		return func() tea.Cmd {
			if err != nil {
				m.tellError(err)
			}
			return nil
		}
	})
}

func (s *waysView) body(f *env, w, h int) string {
	lines := []string{""}
	for i, way := range vos.Connections() {
		lines = append(lines, f.Dim.Render("  "+strconv.Itoa(i+1)+"  "+f.Fit(f.Say(way.Title()), w-5)))
	}
	lines = append(append(lines, ""), layout.Wrap(f.Say("Manual is for nodes that no program may log in to. You run each step and paste the output. The ports are still checked by uccx-tui."), w)...)
	_, rows := s.list(f)
	head := []string{f.Bold.Render(f.Say("Connection per node")), ""}
	head = append(head, s.View(f.Theme, rows, w, max(h-len(lines)-2, 3))...)
	return strings.Join(append(head, lines...), "\n")
}
