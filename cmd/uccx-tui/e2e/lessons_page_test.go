package e2e_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/goldentest"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestLessonsPage: docs/lessons.md is printed from the scenarios.
func TestLessonsPage(t *testing.T) {
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# The lessons of the lab\n\nPrinted from vos/sim/scenarios by `go test ./cmd/uccx-tui/e2e -run TestLessonsPage -update`. How to work with them: [lab.md](lab.md).\n" +
		"The easiest come first. Level 1: follow the plan. Level 2: something is wrong. Level 3: something is wrong, and you say what. The time is what a person usually needs in the lab.\n" +
		"\"To be reported\" is what a person must answer under `o`; the page is for trainers, not for their students.\n" +
		"\"The mistake\" is what `--careless` does; it spoils the line of the grade that is named.\n")
	for _, s := range all {
		lessonPage(&b, s, spoiled(t, s))
	}
	goldentest.File(t, filepath.Join("..", "..", "..", "docs", "lessons.md"), []byte(b.String()))
}

func lessonPage(b *strings.Builder, s sim.Scenario, line string) {
	fmt.Fprintf(b, "\n## %s: %s\n\n%s\n\nGoal: %s\n\n", s.Name, s.Title, s.Story, s.Goal)
	var nodes []string
	for _, c := range s.Topology.Clusters {
		text := strings.Join(c.Hosts, ", ")
		if c.Neighbour {
			text += " (beside it)"
		}
		nodes = append(nodes, text)
	}
	for _, x := range s.Topology.Targets {
		nodes = append(nodes, x.Host)
	}
	fmt.Fprintf(b, "- level %d, about %d min; path %s; nodes %s\n", s.Difficulty(), int(s.Usual().Minutes()), s.Path, strings.Join(nodes, "; "))
	switch s.Ends {
	case sim.Untouched:
		b.WriteString("- it ends well when it is stopped before anything is changed (exit 7)\n")
	case sim.InWindow:
		b.WriteString("- it ends well when it is stopped before what the window does not hold (exit 13)\n")
	}
	if s.HandOver != "" {
		b.WriteString("- the session has to be handed over (exit 4), and ends elsewhere\n")
	}
	fmt.Fprintf(b, "- graded: restarts at most %d, CSRs %d, refusals %d, minutes of outage %d\n", s.Rubric.MaxRestarts, s.Rubric.MaxCSRs, s.Rubric.MaxRefusals, s.Rubric.OutageMinutes)
	for _, o := range s.Outside {
		if o.Mistake == "" {
			fmt.Fprintf(b, "- outside of the program: %s\n", o.Title)
		}
	}
	fmt.Fprintf(b, "- the mistake: %s; %q\n", mistakeOf(s), strings.TrimPrefix(line, "- FAIL  "))
	if d := s.Diagnosis; d.Ask != "" {
		fmt.Fprintf(b, "- to be reported: %s Right: %s\n", d.Ask, d.Right)
	}
	for i, h := range s.Hints {
		fmt.Fprintf(b, "- hint %d: %s\n", i+1, h)
	}
}

// mistakeOf is the mistake of a lesson in words.
func mistakeOf(s sim.Scenario) string {
	for _, o := range s.Choices() {
		if o.Mistake != "" && o.At != "" {
			return o.Title
		}
	}
	return "to go on all the same"
}
