package ui

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// restartsPage is what is known about the restarts of this plan, or of one row of it: a part for each product, release and
// reason, with the nodes that it is for.
func (f *env) restartsPage(only string) details {
	page := details{title: f.Say("Restarts: what, why, and source")}
	var nodes [][]string // of each part
	for _, row := range f.plan.Rows() {
		if row.Step.Risk != plan.Interrupts || only != "" && row.Step.ID != only {
			continue
		}
		for _, t := range row.Tasks {
			n, _ := f.plan.Node(t.Task.Node)
			for _, r := range restart.RulesOn(f.plan, row.Step.ID, t.Task.Node) {
				one := detail{title: n.Product.Title(n.Release) + ": " + f.Say(r.For.Title()), lines: said(f, r.Lines())}
				i := slices.IndexFunc(page.parts, func(p detail) bool { return p.title == one.title && slices.Equal(p.lines, one.lines) })
				if i < 0 {
					i = len(page.parts)
					page.parts, nodes = append(page.parts, one), append(nodes, nil)
				}
				nodes[i] = append(nodes[i], cert.Printable(layout.Short(t.Task.Node)))
			}
		}
	}
	for i := range page.parts {
		line := cert.Line{Label: "Nodes", Text: strings.Join(nodes[i], f.Say(", then "))}
		page.parts[i].lines = append([]cert.Line{line}, page.parts[i].lines...)
	}
	if len(page.parts) == 0 {
		page.parts = []detail{{title: f.Say("This plan restarts nothing.")}}
	}
	return page
}

func said(f *env, lines []cert.Line) []cert.Line {
	for i := range lines {
		lines[i].Text = f.Say(lines[i].Text)
	}
	return lines
}

// lost lets a row that interrupts say what this very node's restart costs.
func (f *env) lost(row plan.Row, fqdn string) plan.Row {
	if row.Step.Risk == plan.Interrupts && f.plan != nil {
		for _, r := range restart.RulesOn(f.plan, row.Step.ID, fqdn) {
			row.Step.Effect = r.Lost
			break
		}
	}
	return row
}
