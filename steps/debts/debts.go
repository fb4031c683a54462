// Package debts counts the restarts that are owed: nodes that hold what their services have not been proven to use.
package debts

import (
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Debt is a restart that is owed: the node holds something that its services have not been proven to use.
type Debt struct {
	Node    string
	Unit    string      // identity that was replaced; empty where only trust was
	For     plan.Reason // what the restart is for
	Since   time.Time   // when it was installed
	Restart string      // id of the row that pays it, and that a proof follows
	Done    time.Time   // when that restart was seen to be done; zero: it was not. Then the proof alone is owed
}

// Restarted reports whether the node was restarted for it: only the proof is owed. To restart it again would be an outage
// for nothing.
func (d Debt) Restarted() bool { return !d.Done.IsZero() }

// copFile stands for the identity where a COP file was installed.
const copFile = "COP file"

// Cause is what the debt came from, in words: the identity that was installed, or the trust that was changed.
func (d Debt) Cause() msg.Text {
	switch d.Unit {
	case "":
		return msg.T("trust store changed")
	case copFile:
		return msg.T("COP file installed")
	}
	return msg.T("%s installed", d.Unit)
}

// ledger counts what is owed in a plan.
type ledger struct {
	*plan.Plan
	change change.Change
	rows   []plan.Step
}

func open(p *plan.Plan) ledger { return ledger{p, p.Change(), p.Steps()} }

// Of returns the restarts that are owed (SIG-8), in solution order, the gravest reason of each node. Only proof pays one.
func Of(p *plan.Plan) []Debt {
	l := open(p)
	rows := l.owing()
	if len(rows) == 0 {
		return nil
	}
	var owed []Debt
	for _, n := range p.Nodes() {
		if d, ok := l.debtOf(n.FQDN, rows); ok {
			if t, _ := p.Task(plan.Task{Step: d.Restart, Node: n.FQDN}); t.State == plan.Done {
				d.Done = t.Since
			}
			owed = append(owed, d)
		}
	}
	return owed
}

// owing are the rows that make a restart necessary and were touched on any node.
func (l ledger) owing() []plan.Step {
	touched := func(t plan.TaskView) bool { return t.State != plan.Idle || t.Changed }
	var rows []plan.Step
	for _, step := range l.rows {
		if step.Owes.For == "" {
			continue
		}
		if row, on := l.Row(step.ID); on && slices.ContainsFunc(row.Tasks, touched) {
			rows = append(rows, step)
		}
	}
	return rows
}

func (l ledger) debtOf(fqdn string, rows []plan.Step) (Debt, bool) {
	var owed Debt
	for _, row := range rows {
		why := row.Owes.For
		if owed.For != "" && why != plan.ForIdentity || l.paid(row.Owes.Restart, fqdn) {
			continue
		}
		since, ok := l.owes(row, fqdn)
		if !ok {
			continue
		}
		owed = Debt{Node: fqdn, For: why, Since: since, Restart: row.Owes.Restart}
		if why == plan.ForIdentity {
			if owed.Unit = row.UnitIn(l.change); row.Role == plan.RoleCOP {
				owed.Unit = copFile
			}
			break
		}
	}
	return owed, owed.For != ""
}

// on returns the task of a row on a node.
func (l ledger) on(row plan.Step, fqdn string) (plan.TaskView, bool) {
	return l.Task(plan.Task{Step: row.ID, Node: fqdn})
}

// owes reports whether a row has made its restart necessary on a node, and since when. A new identity does so at once.
// Trust does where a node of the cluster was really changed, and the node gets no new identity that will be restarted for.
func (l ledger) owes(row plan.Step, fqdn string) (time.Time, bool) {
	if row.Owes.For == plan.ForIdentity {
		t, ok := l.on(row, fqdn)
		return t.Since, ok && t.State != plan.Idle && t.State != plan.Failed && !l.already(row, fqdn) && !l.served(row.Owes.Restart, fqdn, t)
	}
	if l.renews(row.Owes.Restart, fqdn) {
		return time.Time{}, false
	}
	for _, peer := range l.Peers(fqdn) {
		if t, _ := l.on(row, peer); t.Changed && !l.served(row.Owes.Restart, fqdn, t) {
			return t.Since, true
		}
	}
	return time.Time{}, false
}

// already reports whether a node held the identity of a row, and served it on every address, before this change began: no
// restart is owed for what was so.
func (l ledger) already(row plan.Step, fqdn string) bool {
	t, _ := l.on(row, fqdn)
	before := l.Survey(fqdn)
	if t.State != plan.Done || t.Changed || !t.Seen.Found || before == nil {
		return false
	}
	own := t.Seen.Own(row.Unit)
	served := func(x plan.Served) bool { return x.PEM == own }
	other := func(x plan.Served) bool {
		return x.Error == "" && x.PEM != own && x.PEM != before.Identity && x.PEM != before.ECDSA
	}
	return own != "" && own == before.Own(row.Unit) && slices.ContainsFunc(before.Served, served) && !slices.ContainsFunc(before.Served, other)
}

// served reports whether a task was done before a restart of the node that is to be done once more: that restart was for it, the
// next one is not.
func (l ledger) served(restart, fqdn string, t plan.TaskView) bool {
	done, ok := l.Task(plan.Task{Step: restart, Node: fqdn})
	return ok && t.State == plan.Done && !done.Outdated.IsZero() && !t.Since.After(done.Outdated)
}

// renews reports whether a node gets a new identity that a restart is for.
func (l ledger) renews(restart, fqdn string) bool {
	return slices.ContainsFunc(l.rows, func(row plan.Step) bool {
		if row.Owes != (plan.Owing{Restart: restart, For: plan.ForIdentity}) {
			return false
		}
		t, ok := l.on(row, fqdn)
		return ok && !l.already(row, fqdn) && !l.served(restart, fqdn, t)
	})
}

// RestartFor returns what a restart is for on a node, "" where nothing has made it necessary.
func RestartFor(p *plan.Plan, restart, fqdn string) plan.Reason {
	l := open(p)
	if l.renews(restart, fqdn) {
		return plan.ForIdentity
	}
	for _, row := range l.rows {
		if row.Owes.Restart == restart {
			if _, ok := l.owes(row, fqdn); ok {
				return row.Owes.For
			}
		}
	}
	return ""
}

// paid reports whether the proof that a restart was for has been given on the node.
func (l ledger) paid(restart, fqdn string) bool {
	for _, row := range l.rows {
		if row.Pays != restart {
			continue
		}
		if t, ok := l.on(row, fqdn); ok {
			return t.State == plan.Done
		}
	}
	return true
}
