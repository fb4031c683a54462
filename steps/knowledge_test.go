package steps_test

import (
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// TestKnowledgeIsWhole loops over all rows of all paths: ids unique, what is owed can be paid, every change has Look, Undo
// and a rule.
func TestKnowledgeIsWhole(t *testing.T) {
	t.Parallel()
	for _, path := range steps.Paths() {
		rows, ok := steps.Procedure(path.ID)
		if !ok || path.Title == "" || path.When == "" {
			t.Fatalf("%s: no such path, or one without words", path.ID)
		}
		var ids []string
		for _, row := range rows {
			if slices.Contains(ids, row.ID) {
				t.Errorf("%s: %s is listed twice", path.ID, row.ID)
			}
			if !slices.Equal(row.After, ids) {
				t.Errorf("%s: %s does not wait for all rows above it", path.ID, row.ID)
			}
			ids = append(ids, row.ID)
			checkRow(t, row)
			if row.Owes.For != "" && !slices.ContainsFunc(rows, func(s plan.Step) bool { return s.Pays == row.Owes.Restart }) {
				t.Errorf("%s: nothing proves what %s owes", path.ID, row.ID)
			}
		}
	}
	if _, ok := steps.Procedure("nonsense"); ok {
		t.Error("a path that is not there was found")
	}
}

func checkRow(t *testing.T, row plan.Step) {
	t.Helper()
	if row.Title == "" || row.Why == "" || row.Undo == "" {
		t.Errorf("%s: a row has a title, a reason and a way back", row.ID)
	}
	if row.Act != nil && (row.Look == nil || row.Risk == plan.Looks || row.Effect == "" || len(row.Rules) == 0 || row.Commands == nil) {
		t.Errorf("%s changes a node: it needs a look, a risk, an effect, a rule and its words", row.ID)
	}
	if row.Risk == plan.Interrupts && !slices.ContainsFunc(row.Ask, func(q plan.Question) bool { return q.Kind == plan.NodeName }) {
		t.Errorf("%s interrupts without a typed name", row.ID)
	}
	if row.Look == nil && len(row.Ask) == 0 {
		t.Errorf("%s neither looks nor asks", row.ID)
	}
}
