package ui

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos"
)

// onPath is a journal of a path in which everything before a row is done, and the row itself on so many nodes.
func onPath(t *testing.T, path, row string, nodes int) *journal {
	t.Helper()
	j := opened3()
	j.entries = nil
	c := change.Change{Name: "HQ", Path: path, Unit: "tomcat", Solution: vos.Solution{Clusters: []vos.Cluster{
		{Nodes: []vos.Node{{FQDN: fqdns[0], Product: vos.UCCX, Role: vos.Publisher}, {FQDN: fqdns[1], Product: vos.UCCX, Role: vos.Subscriber}}},
		{Nodes: []vos.Node{{FQDN: fqdns[2], Product: vos.CCP, Role: vos.Standalone}}}}}}
	j.add(plan.KindOpened, "", "", c)
	seen := func(serial string) plan.Seen {
		return plan.Seen{Served: []plan.Served{{Port: 443, Serial: serial, PEM: serial, Whole: true}}}
	}
	for range 200 {
		p, err := steps.Fold(j.entries)
		if err != nil {
			t.Fatal(err)
		}
		next := p.Next()
		if next.Finished || next.Row.Step.ID == row && next.Row.Done() == nodes || next.Row.Number > rowNumber(p, row) {
			return j
		}
		for _, task := range next.Row.Tasks {
			if task.State == plan.Done {
				continue
			}
			for _, q := range next.Row.Step.Ask {
				a := plan.Answer{Question: q.ID, Value: "yes"}
				if q.Kind == plan.Files {
					a.Reply = &plan.Reply{}
				}
				j.add(plan.KindAnswered, task.Task.Step, task.Task.Node, a)
			}
			serial := map[bool]string{true: "NEW", false: "OLD"}[next.Row.Step.Role == plan.RoleRestart || next.Row.Step.Role == plan.RoleProve]
			j.add(plan.KindDone, task.Task.Step, task.Task.Node, seen(serial))
			break
		}
	}
	t.Fatalf("%s: %s is not reached", path, row)
	return nil
}

func rowNumber(p *plan.Plan, id string) int {
	row, _ := p.Row(id)
	return row.Number
}

// After the first restart of the expired path the screens went on to say that a restart is owed, and the table of addresses
// stayed empty.
func TestExpiredPathAfterItsFirstRestart(t *testing.T) {
	m := model(t, onPath(t, change.PathExpired, "back", 3), 100, 30)
	if got := ansi.Strip(m.Owed()); strings.Contains(got, "restart") || !strings.Contains(got, "pending: verification  uccx1, uccx2, ccp") {
		t.Errorf("the line says %q", got)
	}
	table := ansi.Strip((&proveView{}).body(&m.env, 96, 20))
	if strings.Count(table, "verified") != 3 || strings.Contains(table, "nothing was read") {
		t.Errorf("the table shows\n%s", table)
	}
	row, _ := m.Plan.Row("back")
	if got := m.Pages().Evidence(row.Tasks[0]); !strings.Contains(got, "1 port verified") {
		t.Errorf("the row says %q", got)
	}
}

// Where trust alone is owed the line names what was changed: it had a hole.
func TestOwedLineWithoutAHole(t *testing.T) {
	j := onPath(t, change.PathSelfSigned, "exchange", 0)
	for _, n := range []string{fqdns[0], fqdns[2]} {
		j.add(plan.KindBegan, "exchange", n, plan.Seen{}).add(plan.KindDone, "exchange", n, plan.Seen{})
	}
	m := model(t, j, 120, 30)
	if got := ansi.Strip(m.Owed()); !strings.Contains(got, "(trust store changed ") || strings.Contains(got, "( ") {
		t.Errorf("the line says %q", got)
	}
}

// Where the line is too narrow for since when, it says what is pending and which nodes, whole.
func TestOwedLineIsNotCutInItsCause(t *testing.T) {
	j := onPath(t, change.PathSelfSigned, "exchange", 0)
	for _, n := range []string{fqdns[0], fqdns[2]} {
		j.add(plan.KindBegan, "exchange", n, plan.Seen{}).add(plan.KindDone, "exchange", n, plan.Seen{})
	}
	for _, w := range []int{120, 60} {
		m := model(t, j, w, 30)
		if got := ansi.Strip(m.Owed()); strings.Contains(got, m.Dots) || strings.Contains(got, "(") != (w == 120) || !strings.Contains(got, "uccx1, uccx2, ccp") {
			t.Errorf("%d cells: the line says %q", w, got)
		}
	}
}

// Where the line has no room for all that is pending, what is dealt with first is whole: nodes that were restarted are verified before the
// next one restarts. What comes later is counted before it is cut.
func TestOwedLineKeepsWhatIsFirst(t *testing.T) {
	for _, w := range []int{120, 80, 60} {
		m := model(t, onPath(t, change.PathExpired, "back", 1), w, 30)
		got, counted := ansi.Strip(m.Owed()), w == 60
		if !strings.HasPrefix(got, "  pending: verification  uccx1   pending: restart  ") || strings.Contains(got, m.Dots) || strings.Contains(got, "2 nodes") != counted || strings.Contains(got, "uccx2, ccp") == counted {
			t.Errorf("%d cells: the line says %q", w, got)
		}
	}
}

// Each node of the row counts its own answers.
func TestPutOffOfEachNode(t *testing.T) {
	m := model(t, onPath(t, change.PathSigned, "function", 0), 100, 40)
	later := plan.Answer{Value: plan.Later}
	row := plan.Row{Step: plan.Step{Role: plan.RoleAsk, Ask: []plan.Question{{ID: "VER-2"}, {ID: "VER-3"}}}, Tasks: []plan.TaskView{
		{Task: plan.Task{Node: fqdns[0]}, State: plan.Done, Answers: map[string]plan.Answer{"VER-2": later, "VER-3": later}},
		{Task: plan.Task{Node: fqdns[1]}, State: plan.Done, Answers: map[string]plan.Answer{"VER-2": later, "VER-3": {Value: plan.Yes}}},
		{Task: plan.Task{Node: fqdns[2]}, State: plan.Done, Answers: map[string]plan.Answer{"VER-2": {Value: plan.Yes}}}}}
	for i, want := range []string{"2 later", "1 later", "done"} {
		if got := m.Pages().Task(row, row.Tasks[i]); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", row.Tasks[i].Task.Node, got, want)
		}
	}
}

// A failed functional check has no green tick: the row says how many said no, and how many were put off, and so does the line.
func TestFailedCheckHasNoGreenTick(t *testing.T) {
	j := onPath(t, change.PathSigned, "function", 0)
	for i, q := range []string{"VER-1", "VER-2", "VER-3", "VER-4"} {
		j.add(plan.KindAnswered, "function", "", plan.Answer{Question: q, Value: map[bool]string{true: "no", false: "later"}[i == 0]})
	}
	j.add(plan.KindDone, "function", "", plan.Seen{}).add(plan.KindDone, "report", "", plan.Seen{})
	m := model(t, j, 100, 40)
	row, _ := m.Plan.Row("function")
	line := m.PlanLines([]plan.Row{row}, m.Plan.Next(), 90)(0)
	if plain := ansi.Strip(line); strings.Contains(line, m.Green.Render(m.Done)) || !strings.Contains(plain, "1 no, 3 later") || strings.Contains(plain, m.Done) {
		t.Errorf("the row says %q", plain)
	}
	if got := ansi.Strip(m.Owed()); !strings.Contains(got, "pending: answers  1 no, 3 later") {
		t.Errorf("the line says %q", got)
	}
	page := ansi.Strip((&reportView{}).body(&m.env, 90, 30))
	if !strings.Contains(page, "A check failed") {
		t.Errorf("the report begins with\n%s", page)
	}
	if got := pages.Pending(m.Plan, m.app.Say); strings.TrimSpace(ansi.Strip(m.Owed())) != got {
		t.Errorf("the line is %q, outside it is %q", ansi.Strip(m.Owed()), got)
	}
}

// TestLabels: no screen shows a word of the journal where a person reads another.
func TestLabels(t *testing.T) {
	words := regexp.MustCompile(`\b(proven|owed|owes|unsure|fault)\b`)
	for name, m := range screens(t, 120, 40) {
		if found := words.FindString(ansi.Strip(shown(m))); found != "" {
			t.Errorf("%s shows %q:\n%s", name, found, ansi.Strip(shown(m)))
		}
	}
}
