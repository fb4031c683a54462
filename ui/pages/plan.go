package pages

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// RowState is how a row of the plan stands: what its sign stands for.
type RowState int

// The states of a row. Pending: done, but a check of it was answered with no or put off.
const (
	RowLater RowState = iota
	RowNext
	RowDone
	RowPending
	RowFailed
	RowUnknown
)

// Row is how a row of the plan stands, and what it has to say: results, or the nodes that it is about.
type Row struct {
	State RowState
	Says  string
	Short string // what it says where Says has no room; empty where there is nothing shorter
}

// Row is a row of the plan. next is what the plan says is next.
func (e Env) Row(row plan.Row, next plan.Next) Row {
	current := row.Number == next.Row.Number
	switch off := standing.PutOffIn(row); {
	case row.Count(plan.Unsure) > 0:
		return Row{State: RowUnknown, Says: e.Say("%d unknown: Enter checks", row.Count(plan.Unsure))}
	case row.Count(plan.Failed) > 0:
		return Row{State: RowFailed, Says: e.Say("%d of %d failed", row.Count(plan.Failed), len(row.Tasks))}
	case row.Whole() && len(off) > 0:
		return Row{State: RowPending, Says: PutOffLine(e.Say, off)}
	case row.Whole() && row.Step.On != nil:
		return Row{State: RowDone, Says: e.Say("%d of %d", row.Done(), len(row.Tasks))}
	case row.Whole():
		return Row{State: RowDone, Says: e.Say("done")}
	case current && next.Question != nil && !next.Question.Since.IsZero():
		return Row{State: RowNext, Says: e.Say("since %s", msg.Time(next.Question.Since.Local(), msg.Weekday))}
	case current && row.Step.On != nil && row.Done() > 0:
		return Row{State: RowNext, Says: e.Say("%d of %d", row.Done(), len(row.Tasks))}
	case current:
		return e.who(row, RowNext)
	}
	return e.who(row, RowLater)
}

// who names the nodes of a row, in the order in which they are worked on, or counts them.
func (e Env) who(row plan.Row, state RowState) Row {
	if row.Step.On == nil {
		return Row{State: state}
	}
	counted := ""
	if len(row.Tasks) > 1 {
		counted = e.Say("%d nodes", len(row.Tasks))
	}
	if len(row.Tasks) > 6 {
		return Row{State: state, Says: counted}
	}
	var names []string
	for _, t := range row.Tasks {
		name := cert.Printable(layout.Short(t.Task.Node))
		if n, _ := e.Plan.Node(t.Task.Node); row.Step.Role == plan.RoleLogin && n.Connection != "" && n.Connection != vos.ConnectionSSH {
			name += " (" + string(n.Connection) + ")"
		}
		names = append(names, name)
	}
	if row.Step.Risk == plan.Interrupts {
		return Row{State: state, Says: e.Then(names), Short: counted}
	}
	return Row{State: state, Says: strings.Join(names, ", "), Short: counted}
}

// Then joins the names of what is done one after the other.
func (e Env) Then(names []string) string { return strings.Join(names, e.Say(", then ")) }

// Borders are the lines between rows of the plan: border returns what stands above the row at an index, "" above most.
// Stops: it is the line above the first that stops services.
func (e Env) Borders(rows []plan.Row) (border func(i int) (text string, stops bool)) {
	stopping := slices.IndexFunc(rows, func(r plan.Row) bool { return r.Step.Risk == plan.Interrupts })
	final := slices.IndexFunc(rows, func(r plan.Row) bool { return Final(r.Step) })
	return func(i int) (text string, stops bool) {
		switch i {
		case stopping:
			return e.Say("below this line services stop"), true
		case final:
			return e.Say("below this line nothing can be undone"), false
		}
		return "", false
	}
}

// Final reports whether what a row does to a node cannot be undone.
func Final(step plan.Step) bool {
	return step.Risk == plan.Interrupts || step.Role == plan.RoleInstall || step.Role == plan.RoleRegenerate
}
