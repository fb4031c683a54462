package plan

import (
	"fmt"
	"slices"
	"time"
)

// Debt is a restart that is owed: the node holds something that its services have not been proven to use.
type Debt struct {
	Node    string
	Unit    string    // identity that was replaced; empty where only trust was
	For     Reason    // what the restart is for
	Since   time.Time // when it was installed
	Restart string    // id of the row that pays it, and that a proof follows
	Done    time.Time // when that restart was seen to be done; zero: it was not. Then the proof alone is owed
}

// Restarted reports whether the node was restarted for it: only the proof is owed. To restart it again would be an outage
// for nothing.
func (d Debt) Restarted() bool { return !d.Done.IsZero() }

// Cause is what the debt came from, in words: the identity that was installed, or the trust that was changed.
func (d Debt) Cause() string {
	if d.Unit == "" {
		return "trust store changed"
	}
	return fmt.Sprintf("%s installed", d.Unit)
}

// ledger counts what is owed in a fold. The plan is locked.
type ledger struct{ *fold }

// Debts returns the restarts that are owed (SIG-8), the gravest reason of each node. Only proof pays one.
func (p *Plan) Debts() []Debt {
	p.mu.RLock()
	defer p.mu.RUnlock()
	l := ledger{&p.fold}
	rows := l.owing()
	if len(rows) == 0 {
		return nil
	}
	var owed []Debt
	for _, fqdn := range p.order {
		if d, ok := l.debtOf(fqdn, rows); ok {
			if t := p.tasks[Task{d.Restart, fqdn}]; t != nil && t.state == Done {
				d.Done = t.since
			}
			owed = append(owed, d)
		}
	}
	return owed
}

// owing are the rows that make a restart necessary and were touched on any node.
func (p ledger) owing() []Step {
	var rows []Step
	for _, row := range p.rows {
		touched := func(t Task) bool { return p.tasks[t].state != Idle || p.tasks[t].changed }
		if row.Owes.For != "" && slices.ContainsFunc(p.tasksOf(row), touched) {
			rows = append(rows, row)
		}
	}
	return rows
}

func (p ledger) debtOf(fqdn string, rows []Step) (Debt, bool) {
	var owed Debt
	for _, row := range rows {
		why := row.Owes.For
		if why == "" || owed.For != "" && why != ForIdentity || p.paid(row.Owes.Restart, fqdn) {
			continue
		}
		if since, ok := p.owes(row, fqdn); ok {
			owed = Debt{Node: fqdn, For: why, Since: since, Restart: row.Owes.Restart}
			if why == ForIdentity {
				if owed.Unit = p.change.UnitOf(row); row.Role == RoleCOP {
					owed.Unit = "COP file"
				}
				break
			}
		}
	}
	return owed, owed.For != ""
}

// owes reports whether a row has made its restart necessary on a node, and since when. A new identity does so at once.
// Trust does where a node of the cluster was really changed, and the node gets no new identity that will be restarted for.
func (p ledger) owes(row Step, fqdn string) (time.Time, bool) {
	if row.Owes.For == ForIdentity {
		t := p.tasks[Task{row.ID, fqdn}]
		return since(t), t != nil && t.state != Idle && t.state != Failed && !p.already(row, fqdn)
	}
	if p.renews(row.Owes.Restart, fqdn) {
		return time.Time{}, false
	}
	for _, peer := range p.nodes[fqdn].peers {
		if t := p.tasks[Task{row.ID, peer}]; t != nil && t.changed {
			return t.since, true
		}
	}
	return time.Time{}, false
}

// already reports whether a node held the identity of a row, and served it on every address, before this change began: no
// restart is owed for what was so. The plan is locked.
func (p ledger) already(row Step, fqdn string) bool {
	t := p.tasks[Task{row.ID, fqdn}]
	if t == nil || t.state != Done || t.changed || !t.seen.Found {
		return false
	}
	for _, s := range p.rows {
		before := p.tasks[Task{s.ID, fqdn}]
		if s.Role != RoleSurvey || before == nil || before.seen == nil {
			continue
		}
		own := t.seen.Own(row.Unit)
		served := func(x Served) bool { return x.PEM == own }
		other := func(x Served) bool { return x.Error == "" && x.PEM != own && x.PEM != before.seen.ECDSA }
		return own != "" && own == before.seen.Own(row.Unit) && slices.ContainsFunc(before.seen.Served, served) && !slices.ContainsFunc(before.seen.Served, other)
	}
	return false
}

func since(t *task) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.since
}

// renews reports whether a node gets a new identity that a restart is for.
func (p ledger) renews(restart, fqdn string) bool {
	for _, row := range p.rows {
		if row.Owes == (Owing{restart, ForIdentity}) && p.tasks[Task{row.ID, fqdn}] != nil && !p.already(row, fqdn) {
			return true
		}
	}
	return false
}

// RestartFor returns what a restart is for on a node, "" where nothing has made it necessary.
func (p *Plan) RestartFor(restart, fqdn string) Reason {
	p.mu.RLock()
	defer p.mu.RUnlock()
	l := ledger{&p.fold}
	if l.renews(restart, fqdn) {
		return ForIdentity
	}
	for _, row := range p.rows {
		if row.Owes.Restart == restart {
			if _, ok := l.owes(row, fqdn); ok {
				return row.Owes.For
			}
		}
	}
	return ""
}

// paid reports whether the proof that a restart was for has been given on the node.
func (p ledger) paid(restart, fqdn string) bool {
	for _, row := range p.rows {
		if row.Pays != restart {
			continue
		}
		if t := p.tasks[Task{row.ID, fqdn}]; t != nil {
			return t.state == Done
		}
	}
	return true
}

// UnitOf is the identity that a row is about.
func (c Change) UnitOf(row Step) string {
	if row.Unit != "" {
		return row.Unit
	}
	return c.Main()
}

// OnlyECDSA reports whether tomcat stays as it is and tomcat-ECDSA alone is renewed: after the upgrade to 11.5 of nodes whose
// tomcat a CA has signed (EC-2). Programs before plan 3 knew no such change.
func (c Change) OnlyECDSA() bool { return c.Plan >= 3 && c.Unit == UnitECDSA }

// Main is the identity that services present by default, and whose trust store counts: tomcat, also where another is renewed.
func (c Change) Main() string {
	if c.OnlyECDSA() {
		return UnitTomcat
	}
	return c.Unit
}
