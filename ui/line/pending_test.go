package line

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestTimesOfPending: what is pending is printed with times in the zone of the reader, and for programs as they are in the journal; so are
// the parts of an error.
func TestTimesOfPending(t *testing.T) {
	zone := time.Local
	time.Local = time.FixedZone("CET", 3600)
	t.Cleanup(func() { time.Local = zone })
	j := stepstest.Begun(t)
	stepstest.DoneUntil(t, j, plan.StepRestart)
	p := stepstest.Fold(t, j)
	for asJSON, want := range map[bool]string{false: "2026-11-24 02:", true: "2026-11-24T01:"} {
		var out bytes.Buffer
		l := &line{printer: &printer{out: &out, asJSON: asJSON, width: func() int { return 400 }}}
		l.pending(p)
		l.trouble("", plan.Trouble{What: msg.T("it was restarted at %s", msg.Time(stepstest.Day(), msg.Stamp))})
		text := out.String()
		if n := strings.Count(text, want); n < 2 || strings.Contains(text, "CET") == asJSON || strings.Count(text, "2026-") != n {
			t.Errorf("as JSON %v: %d times %q in\n%s", asJSON, n, want, text)
		}
	}
}
