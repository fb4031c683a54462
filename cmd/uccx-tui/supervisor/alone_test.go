package supervisor

import (
	"os"
	"testing"
)

// TestAlone: without a parent, as on Windows, all that is said to it goes nowhere, and errors go where the program writes them.
func TestAlone(t *testing.T) {
	var alone Child
	alone.ScreenOn()
	alone.Opened("HQ")
	alone.ScreenOff()
	if alone.Supervised() || alone.Errors(os.Stderr) != os.Stderr {
		t.Error("there is a parent")
	}
}
