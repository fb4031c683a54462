package line

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestOnceAMinute: while a node restarts, a line is printed when something changes, and once a minute where nothing does, however often
// the engine tells how it gets on; what is told has the time so far and the usual one.
func TestOnceAMinute(t *testing.T) {
	var out bytes.Buffer
	p := stepstest.Fold(t, stepstest.Begun(t))
	e := newEvents(&printer{out: &out, width: func() int { return 400 }}, p, false)
	task := plan.Task{Step: plan.StepRestart, Node: p.Nodes()[0].FQDN}
	begun := stepstest.Day()
	tell := func(at time.Duration, up int) {
		ports := standing.Ports{{Port: 443, Name: "443 AppAdmin"}, {Port: 8443, Name: "8443 Platform"}, {Port: 8445, Name: "8445 Finesse"}}
		for i := up; i < len(ports); i++ {
			ports[i].Why = msg.Verbatim("refused " + at.String()) // the reason differs each time, and is no change
		}
		e.progress(engine.Progress{Task: task, Text: msg.T("logging in"), At: begun.Add(at)}) // told before each look, and no news
		e.progress(engine.Progress{Task: task, Text: msg.T("waiting for %s", ports), At: begun.Add(at)})
	}
	lines := func() []string {
		var all []string
		for _, l := range strings.Split(strings.TrimSpace(out.String()), "\n") {
			if strings.Contains(l, "ports up") {
				all = append(all, l)
			}
		}
		return all
	}
	for at := time.Duration(0); at < 10*time.Minute; at += time.Second {
		tell(at, 0)
	}
	if n := len(lines()); n != 10 {
		t.Fatalf("%d lines in ten minutes in which nothing changes, want 10:\n%s", n, out.String())
	}
	for at := 10 * time.Minute; at < 10*time.Minute+30*time.Second; at += time.Second {
		tell(at, 2)
	}
	if n := strings.Count(out.String(), "logging in"); n != 1 {
		t.Errorf("%d lines say that it logs in, want 1:\n%s", n, out.String())
	}
	all := lines()
	if len(all) != 11 || !strings.Contains(all[10], "2 of 3 ports up") || !strings.Contains(all[10], "not yet: 8445 Finesse") || !strings.Contains(all[10], "10 min") || !strings.Contains(all[10], "usually") {
		t.Errorf("a change is not told once, at once, with the time so far and the usual one:\n%s", strings.Join(all, "\n"))
	}
}
