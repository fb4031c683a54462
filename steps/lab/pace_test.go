package lab

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/world"
)

// TestRealTime: a lab in real time waits for a restart as long as for a real node; its restarts take 20 to 30 minutes.
func TestRealTime(t *testing.T) {
	for real, want := range map[bool]world.Pace{false: world.LabPace(), true: world.RealPace()} {
		w := world.World{}
		(&Cluster{real: real}).World(&w, nil)
		if w.Pace != want {
			t.Errorf("real %v: %+v", real, w.Pace)
		}
	}
}
