package e2e_test

import (
	"strings"
	"testing"
)

// In line mode the words of a lesson work at every question: story, hints, what is done outside, and the grade; at the end the
// way to the grade is told.
func TestLessonByLines(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	c := p.command("lab", "subscriber-down", "--plain")
	c.Stdin = strings.NewReader("hint\nHINT\noutside\noutside 1\nlesson\ngrade\nq\n")
	out, err := c.Output()
	text := string(out)
	for _, want := range []string{"Change window opens, one node does not answer", "Goal: Every node presents", "At any prompt: lesson, hint, outside, grade.", "Hint 1: Which nodes answer", "Hint 2: Do not change half a pair",
		"1  Ask for uccx2 to be switched on and wait until it is up", "outside: Ask for uccx2 to be switched on", "- --       hints (2 of 3)", "outside actions done (1 of 1)", "- not yet  goal reached", "- ok       one CSR per node",
		"Result: not finished, with 2 hints\n", "Score: ", "Student: ",
		"uccx-tui lab grade subscriber-down"} {
		if !strings.Contains(text, want) {
			t.Errorf("without %q", want)
		}
	}
	if newest, _, _ := p.run("lab", "grade"); !strings.Contains(newest, "session subscriber-down") {
		t.Errorf("without a name the newest lab session is not graded:\n%s", newest)
	}
	table, _, code := p.run("lab", "grade", "subscriber-down", "subscriber-down")
	if code != 3 || strings.Count(table, "| subscriber-down | subscriber-down | ") != 2 || !strings.Contains(table, "| not finished, with 2 hints |") {
		t.Errorf("exit %d, the table of a class:\n%s", code, table)
	}
	if t.Failed() {
		t.Logf("%v\n%s", err, text)
	}
}
