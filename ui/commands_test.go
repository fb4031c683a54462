package ui

import (
	"strings"
	"testing"
)

// TestCommandsNameEveryNode: the commands of a step are shown for each of its nodes; where they are those of the node before, it says so.
func TestCommandsNameEveryNode(t *testing.T) {
	for _, id := range []string{"survey", "csr", "install", "restart"} {
		m := model(t, opened3(), 80, 45)
		m.push(&stepView{id: id})
		pressed(m, "c")
		row, ok := m.Plan.Row(id)
		if !ok {
			t.Fatalf("no row %s", id)
		}
		got := shown(m)
		for _, task := range row.Tasks {
			if !strings.Contains(got, task.Task.Node) {
				t.Errorf("%s: %s is not named\n%s", id, task.Task.Node, got)
			}
		}
		if id == "csr" && strings.Count(got, ": the same") != 2 {
			t.Errorf("the command is not said to be the same on two nodes\n%s", got)
		}
	}
}
