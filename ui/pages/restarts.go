package pages

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Restarts is what is known about the restarts of this plan, or of one row of it: a part for each product, release and
// reason, with the nodes that it is for.
func (e Env) Restarts(only string) Page {
	page := Page{Title: e.Say("Restarts: what, why, and source")}
	var nodes [][]string // of each part
	for _, row := range e.Plan.Rows() {
		if row.Step.Risk != plan.Interrupts || only != "" && row.Step.ID != only {
			continue
		}
		for _, t := range row.Tasks {
			n, _ := e.Plan.Node(t.Task.Node)
			for _, r := range restart.RulesOn(e.Plan, row.Step.ID, t.Task.Node) {
				one := Part{Title: n.Product.Title(n.Release) + ": " + e.Say(titles.OfReason(r.For)), Lines: e.facts(r.Lines())}
				i := slices.IndexFunc(page.Parts, func(p Part) bool { return same(p, one) })
				if i < 0 {
					i = len(page.Parts)
					page.Parts, nodes = append(page.Parts, one), append(nodes, nil)
				}
				nodes[i] = append(nodes[i], cert.Printable(layout.Short(t.Task.Node)))
			}
		}
	}
	for i := range page.Parts {
		nodes := e.line("Nodes", e.Then(nodes[i]))
		page.Parts[i].Lines = append([]Line{nodes}, page.Parts[i].Lines...)
	}
	if len(page.Parts) == 0 {
		page.Parts = []Part{{Title: e.Say("This plan restarts nothing.")}}
		if only != "" {
			page.Parts[0].Title = e.Say("This step restarts nothing.")
		}
	}
	return page
}

// Lost lets a row that interrupts say what this very node's restart costs.
func (e Env) Lost(row plan.Row, fqdn string) plan.Row {
	if row.Step.Risk == plan.Interrupts && e.Plan != nil {
		for _, r := range restart.RulesOn(e.Plan, row.Step.ID, fqdn) {
			n, _ := e.Plan.Node(fqdn)
			row.Step.Effect = r.LostOn(n).String()
			break
		}
	}
	return row
}

// NextLoss lets a row that interrupts say what the restart of its next node costs.
func (e Env) NextLoss(row plan.Row) plan.Row {
	i := slices.IndexFunc(row.Tasks, func(t plan.TaskView) bool { return t.State != plan.Done })
	if i < 0 {
		return row
	}
	return e.Lost(row, row.Tasks[i].Task.Node)
}

// facts are lines in the language of the reader.
func (e Env) facts(lines []restart.Fact) []Line {
	all := make([]Line, len(lines))
	for i, l := range lines {
		all[i] = Line{Label: e.T(l.Label), Text: e.T(l.Text)}
	}
	return all
}
