package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/lang/po"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// troubles are the errors of the tests: every refusal of a node that is known, and what happens to a command on its way.
func troubles(t *testing.T) []plan.Trouble {
	t.Helper()
	said := "Certificate uploaded is not valid. " + strings.Repeat("Ask the administrator of this system for more information. ", 3)
	var all []plan.Trouble
	for _, id := range []string{"san", "key", "chain", "nocsr", "multi", "expired", "early", "format", "service", "nothing", "privilege", "upgrade", "command", "unsuccessful", "failed"} {
		r := vos.RefusalByID(id)
		if r.Next == "" {
			t.Fatalf("the refusal %s has nothing to do next", id)
		}
		all = append(all, plan.Trouble{Class: "refused", What: msg.T(r.What), Said: said, Means: msg.T(r.Means), Next: msg.T(r.Next)})
	}
	return append(all, plan.Trouble{Class: "unreachable", What: msg.T("no connection to %s: %s", fqdns[0], said), Means: msg.T("the node is unchanged"), Next: msg.T("check the network, then Enter tries again")},
		plan.Trouble{Class: "uncertain", What: msg.T("The command was sent; it is unknown whether it finished")})
}

// TestWhatToDoNextIsSeenInTheSmallestWindow: of every step that failed, or is not sure, the first error is seen with all three parts, in
// every language, with a line for what is pending, and the effect and the way back stay.
func TestWhatToDoNextIsSeenInTheSmallestWindow(t *testing.T) {
	all := troubles(t)
	for _, tag := range po.Tags() {
		speak(t, tag)
		for _, path := range every(4, []string{change.PathSigned, change.PathSelfSigned, change.PathFirst, change.PathDomain}) {
			c := mustPlan(t, opened3()).Change()
			c.Path = path
			m := model(t, new(journal).add(plan.KindOpened, "", "", c), draw.MinWidth, 18)
			for _, row := range m.Plan.Rows() {
				for i, tr := range all {
					row.Tasks = []plan.TaskView{{Task: plan.Task{Step: row.Step.ID, Node: fqdns[0]}, State: plan.Done}, {Task: plan.Task{Step: row.Step.ID, Node: fqdns[1]}, State: plan.Failed, Trouble: &tr}}
					if i%2 > 0 {
						row.Tasks[1].State = plan.Unsure
					}
					seenWhole(t, m, row, tr)
				}
			}
		}
	}
}

// seenWhole checks how a step is drawn in 56 cells and 13 lines, which the smallest window leaves it where something is pending.
func seenWhole(t *testing.T, m *Model, row plan.Row, tr plan.Trouble) {
	t.Helper()
	const w, h = 56, 13
	flat := func(s string) string { return strings.Join(strings.Fields(ansi.Strip(s)), "") }
	drawn := draw.Step(&m.env.View, row, false, &widget.Page{}, w, h)
	got := flat(drawn)
	if lines := strings.Count(drawn, "\n") + 1; lines > h {
		t.Errorf("%s: %d lines", row.Step.ID, lines)
	}
	wants := []string{m.Say("Way back"), string([]rune(m.T(tr.What))[:3])}
	if !tr.Next.IsZero() {
		wants = append(wants, m.Arrow+m.T(tr.Next))
	}
	for _, want := range wants {
		if !strings.Contains(got, flat(want)) {
			t.Errorf("%s: %q is not seen:\n%s", row.Step.ID, want, ansi.Strip(drawn))
			return
		}
	}
}
