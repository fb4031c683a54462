package ui

import (
	"regexp"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// negative is a number below nothing, which no duration is; a date is none.
var negative = regexp.MustCompile(`(?:^|[^\w-])-\d.*`)

// TestClockSetBack: a clock that was set back while the program ran, or between two lives of it, makes no time negative.
func TestClockSetBack(t *testing.T) {
	for _, back := range []time.Duration{time.Second, 3 * time.Minute, 5 * time.Hour, 400 * 24 * time.Hour} {
		for name, m := range screens(t, 120, 40) {
			m.Now = monday.Add(-back)
			m.Begun, m.changed = monday, monday
			if m.Plan != nil { // entries whose times run backwards
				entries := m.Work.Entries
				for i := range entries {
					entries[i].Time = monday.Add(-time.Duration(i) * back)
				}
				plan, err := steps.Fold(entries)
				if err != nil {
					t.Fatal(err)
				}
				m.Plan = plan
			}
			if bad := negative.FindString(ansi.Strip(shown(m))); bad != "" {
				t.Errorf("%s, set back by %s: %q", name, back, bad)
			}
		}
	}
	if msg.Elapsed(-time.Hour).String() != "0 s" || negative.FindString("since -3 h") == "" || negative.FindString("2026-11-23") != "" {
		t.Error("the test cannot fail")
	}
}
