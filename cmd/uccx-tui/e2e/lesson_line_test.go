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
	c.Stdin = strings.NewReader("hint\nHINT\noutside\noutside 1\nlesson\nmarks\nq\n")
	out, err := c.Output()
	text := string(out)
	for _, want := range []string{"Change window opens, one node is silent", "Goal: Every node serves", "At any prompt: lesson, hint, outside, grade.", "Hint 1: Who answers", "Hint 2: Half a pair",
		"1  Ask for uccx2 to be switched on and wait until it is up", "outside: Have uccx2 switched on", "- ok  hints (2 of 3)", "outside actions done (1 of 1)", "Result: not passed",
		"uccx-tui lab grade subscriber-down"} {
		if !strings.Contains(text, want) {
			t.Errorf("without %q", want)
		}
	}
	if t.Failed() {
		t.Logf("%v\n%s", err, text)
	}
}
