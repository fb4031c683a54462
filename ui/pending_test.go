package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos"
)

// onPath is a journal of a path in which everything before a row is done, and the row itself on so many nodes.
func onPath(t *testing.T, path, row string, nodes int) *journal {
	t.Helper()
	j := opened3()
	j.entries = nil
	c := steps.Change{Name: "HQ", Path: path, Unit: "tomcat", Solution: vos.Solution{Clusters: []vos.Cluster{
		{Nodes: []vos.Node{{FQDN: fqdns[0], Product: vos.UCCX, Role: vos.Publisher}, {FQDN: fqdns[1], Product: vos.UCCX, Role: vos.Subscriber}}},
		{Nodes: []vos.Node{{FQDN: fqdns[2], Product: vos.CCP, Role: vos.Standalone}}}}}}
	j.add(steps.KindOpened, "", "", c)
	seen := func(serial string) steps.Seen {
		return steps.Seen{Served: []steps.Served{{Port: 443, Serial: serial, PEM: serial, Whole: true}}}
	}
	for range 200 {
		plan, err := steps.Fold(j.entries)
		if err != nil {
			t.Fatal(err)
		}
		next := plan.Next()
		if next.Finished || next.Row.Step.ID == row && next.Row.Done() == nodes || next.Row.Number > rowNumber(plan, row) {
			return j
		}
		for _, task := range next.Row.Tasks {
			if task.State == steps.Done {
				continue
			}
			for _, q := range next.Row.Step.Ask {
				a := steps.Answer{Question: q.ID, Value: "yes"}
				if q.Kind == steps.Files {
					a.Reply = &steps.Reply{}
				}
				j.add(steps.KindAnswered, task.Task.Step, task.Task.Node, a)
			}
			serial := map[bool]string{true: "NEW", false: "OLD"}[next.Row.Step.Role == steps.RoleRestart || next.Row.Step.Role == steps.RoleProve]
			j.add(steps.KindDone, task.Task.Step, task.Task.Node, seen(serial))
			break
		}
	}
	t.Fatalf("%s: %s is not reached", path, row)
	return nil
}

func rowNumber(p *steps.Plan, id string) int {
	row, _ := p.Row(id)
	return row.Number
}

// After the first restart of the expired path the screens went on to say that a restart is owed, and the table of addresses
// stayed empty.
func TestExpiredPathAfterItsFirstRestart(t *testing.T) {
	m := model(t, onPath(t, steps.PathExpired, "back", 3), 100, 30)
	if got := ansi.Strip(m.owed()); strings.Contains(got, "restart") || !strings.Contains(got, "owed: proof  uccx1, uccx2, ccp") {
		t.Errorf("the line says %q", got)
	}
	table := ansi.Strip((&proveView{}).view(&m.face, 96, 20))
	if strings.Count(table, "proven") != 3 || strings.Contains(table, "nothing was read") {
		t.Errorf("the table shows\n%s", table)
	}
	row, _ := m.plan.Row("back")
	if got := m.evidence(row.Tasks[0]); !strings.Contains(got, "1 addresses proven") {
		t.Errorf("the row says %q", got)
	}
}

// Where trust alone is owed the line names what was changed: it had a hole.
func TestOwedLineWithoutAHole(t *testing.T) {
	j := onPath(t, steps.PathSelfSigned, "exchange", 0)
	for _, n := range []string{fqdns[0], fqdns[2]} {
		j.add(steps.KindBegan, "exchange", n, steps.Seen{}).add(steps.KindDone, "exchange", n, steps.Seen{})
	}
	m := model(t, j, 120, 30)
	if got := ansi.Strip(m.owed()); !strings.Contains(got, "(trust changed ") || strings.Contains(got, "( ") {
		t.Errorf("the line says %q", got)
	}
}

// A failed functional check has no green tick: the row says how many said no, and how many were put off, and so does the line.
func TestFailedCheckHasNoGreenTick(t *testing.T) {
	j := onPath(t, steps.PathSigned, "function", 0)
	for i, q := range []string{"VER-1", "VER-2", "VER-3", "VER-4"} {
		j.add(steps.KindAnswered, "function", "", steps.Answer{Question: q, Value: map[bool]string{true: "no", false: "later"}[i == 0]})
	}
	j.add(steps.KindDone, "function", "", steps.Seen{}).add(steps.KindDone, "report", "", steps.Seen{})
	m := model(t, j, 100, 40)
	row, _ := m.plan.Row("function")
	line := m.planLine(row, false, false, 90)
	if plain := ansi.Strip(line); strings.Contains(line, m.Green.Render(m.Done)) || !strings.Contains(plain, "1 no, 3 later") || strings.Contains(plain, m.Done) {
		t.Errorf("the row says %q", plain)
	}
	if got := ansi.Strip(m.owed()); !strings.Contains(got, "owed: answers  1 no, 3 later") {
		t.Errorf("the line says %q", got)
	}
	page := ansi.Strip((&reportView{}).view(&m.face, 90, 30))
	if !strings.Contains(page, "A check failed") {
		t.Errorf("the report begins with\n%s", page)
	}
	if got := Pending(m.plan, m.app.Say); strings.TrimSpace(ansi.Strip(m.owed())) != got {
		t.Errorf("the line is %q, outside it is %q", ansi.Strip(m.owed()), got)
	}
}
