package ui

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// TestWholeReason: a reason that the list has no room for is shown whole below it while it is selected; one that fits is not said twice.
func TestWholeReason(t *testing.T) {
	long := "The name of uccx2 differs from the plan: the change of its name comes first"
	rows := widget.Rows{N: 2, Line: func(i int) string { return []string{"short", long}[i] }}
	var s outsideView
	if got := s.whole(rows, 80); got != nil {
		t.Errorf("the short one is said twice: %q", got)
	}
	s.Select(1)
	for _, w := range []int{40, 60, 78} {
		if got := strings.Join(strings.Fields(strings.Join(s.whole(rows, w), " ")), " "); got != long {
			t.Errorf("%d cells: %q", w, got)
		}
	}
	if got := s.whole(rows, 120); got != nil {
		t.Errorf("120 cells have room for it: %q", got)
	}
}
