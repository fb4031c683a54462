package sim_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestEasiestFirst: lessons are in the order of their level and time, each of the catalogue says its time, and the first is a plain
// renewal.
func TestEasiestFirst(t *testing.T) {
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(all, func(a, b sim.Scenario) int {
		return cmp.Or(cmp.Compare(a.Difficulty(), b.Difficulty()), cmp.Compare(a.Usual(), b.Usual()), strings.Compare(a.Name, b.Name))
	}) {
		t.Error("not in the order of level and time")
	}
	levels := map[int]int{}
	for _, s := range all {
		levels[s.Difficulty()]++
		if s.Minutes < 1 {
			t.Errorf("%s has no minutes", s.Name)
		}
		if s.Difficulty() == 1 && s.Fault {
			t.Errorf("%s: something is wrong in level 1", s.Name)
		}
	}
	if len(levels) != 3 || !strings.HasPrefix(all[0].Title, "Renewal") {
		t.Errorf("%v, %s first", levels, all[0].Title)
	}
}

// TestLevelOfOwnScenario: a file may name level and minutes, within limits; without, they follow from what the lesson asks.
func TestLevelOfOwnScenario(t *testing.T) {
	for _, c := range []struct {
		s     sim.Scenario
		level int
		usual time.Duration
	}{
		{sim.Scenario{}, 1, 10 * time.Minute},
		{sim.Scenario{Fault: true}, 2, 20 * time.Minute},
		{sim.Scenario{Fault: true, Diagnosis: sim.Diagnosis{Ask: "Why?"}}, 3, 30 * time.Minute},
		{sim.Scenario{Level: 1, Minutes: 7, Fault: true}, 1, 7 * time.Minute},
	} {
		if c.s.Difficulty() != c.level || c.s.Usual() != c.usual {
			t.Errorf("%+v: level %d, %s", c.s, c.s.Difficulty(), c.s.Usual())
		}
	}
	for _, line := range []string{"level = 4", "level = -1", "minutes = -5", "minutes = 1441"} {
		_, err := sim.ReadScenario("own.toml", "own", []byte(line+"\ntitle = 'x'\n"), nil)
		if key, _, _ := strings.Cut(line, " "); err == nil || !strings.Contains(err.Error(), key+" is 1") {
			t.Errorf("%s: %v", line, err)
		}
	}
}
