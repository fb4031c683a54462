package boot_test

import (
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/boot"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TestRestartThatNeverHappened: a clock that is set, on the node or here, is not taken for a restart, nor hides one. A restart
// was once believed because the node's clock had been put forward, and the trust that was uploaded would never have been read.
func TestRestartThatNeverHappened(t *testing.T) {
	start := time.Date(2026, 11, 25, 22, 0, 0, 0, time.UTC)
	const up, later = 30 * 24 * time.Hour, 10 * time.Minute
	for _, c := range []struct {
		name       string
		restarted  bool // it came up two minutes ago
		node, ours time.Duration
	}{
		{"nothing", false, 0, 0},
		{"a restart", true, 0, 0},
		{"the node's clock put forward", false, 2 * time.Hour, 0},
		{"the node's clock put back", false, -2 * time.Hour, 0},
		{"ours put forward", false, 0, 48 * time.Hour},
		{"ours put back", false, 0, -48 * time.Hour},
		{"a restart, the node's put forward", true, 2 * time.Hour, 0},
		{"a restart, the node's put back", true, -2 * time.Hour, 0},
		{"a restart, ours put forward", true, 0, 48 * time.Hour},
		{"a restart, ours put back", true, 0, -48 * time.Hour},
	} {
		before := new(plan.Seen)
		boot.Keep(before, vos.About{Now: start, Boot: start.Add(-up)}, start)
		been := up + later
		if c.restarted {
			been = 2 * time.Minute
		}
		now := start.Add(later + c.node)
		if got := boot.Since(before, vos.About{Now: now, Boot: now.Add(-been)}, start.Add(later+c.ours)); got != c.restarted {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	young := new(plan.Seen) // it had been up for less time than it is now, after a restart
	boot.Keep(young, vos.About{Now: start, Boot: start.Add(-5 * time.Minute)}, start)
	if at := start.Add(time.Hour); !boot.Since(young, vos.About{Now: at, Boot: start.Add(10 * time.Minute)}, at) {
		t.Error("a restart long ago is not seen")
	}
	if at := start.Add(time.Hour); !boot.Since(&plan.Seen{Boot: start.Add(-time.Hour)}, vos.About{Now: at, Boot: start.Add(10 * time.Minute)}, at) {
		t.Error("the journal of an older program cannot be gone on with")
	}
}
