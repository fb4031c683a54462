package pages

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/ui/app"
)

// TestNameOfASession: two sessions of one change, and one that was renamed, have titles of their own; a folder's spelling of the same
// name is no other name.
func TestNameOfASession(t *testing.T) {
	j := stepstest.Begun(t)
	p := stepstest.Fold(t, j)
	change := p.Change().Name
	folder := map[string]string{"": change, change: change, change + "-2": change + " (" + change + "-2)", "branch": change + " (branch)"}
	for name, want := range folder {
		if got := Name(p, &app.Work{Name: name}); got != want {
			t.Errorf("session %q: %q, want %q", name, got, want)
		}
	}
	if plainName("HQ renewal: Lyon") != plainName("HQ-renewal-Lyon") || plainName("lab") == plainName("lab-2") {
		t.Error("names are not told apart")
	}
}
