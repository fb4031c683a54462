package steps_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// wall is a clock that a person or NTP sets: its wall time jumps, its monotonic time goes on, as that of time.Now after clock_settime.
type wall struct{ ahead atomic.Int64 } // seconds

func (w *wall) now() time.Time {
	t := time.Now()
	bits := (*uint64)(unsafe.Pointer(&t)) // package time: bit 63 says that there is a monotonic time, bits 30 to 62 are seconds of wall time
	*bits = uint64(int64(*bits) + w.ahead.Load()<<30)
	return t
}

// TestWaitsAreMonotonic: the technician's clock is set forward or back by a day, for good or back again, while a node restarts, makes a
// CSR or takes a certificate: no wait ends early or goes on longer, nothing is asked, and nothing is done twice.
func TestWaitsAreMonotonic(t *testing.T) {
	t.Parallel()
	const day = int64(24 * time.Hour / time.Second)
	for name, c := range only(t, map[string]struct {
		on    string
		jumps int64 // seconds
	}{
		"a day forward in a restart": {"utils system restart", day},
		"a day back in a restart":    {"utils system restart", -day},
		"an hour forward":            {"utils system restart", 3600},
		"forward in a CSR":           {"set csr gen", day},
		"back in an upload":          {"set cert import own", -day},
	}, "a day forward in a restart", "back in an upload") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, w := newLab(t), &wall{}
			l.now = w.now
			before := time.Now()
			w.ahead.Store(c.jumps)
			if after := w.now(); after.Sub(before) > time.Minute || after.Sub(before) < 0 || after.Round(0).Sub(before.Round(0)).Abs() < 59*time.Minute {
				t.Fatalf("the clock does not jump by its wall time alone: %s, %s", before, after)
			}
			w.ahead.Store(0)
			var jumped atomic.Int32
			l.cluster.Hook(func(e sim.Event) sim.Verdict {
				if e.Moment == sim.After && strings.HasPrefix(e.Line, c.on) {
					jumped.Add(1)
					w.ahead.Store(c.jumps)
				}
				return sim.Go
			})
			p := l.start()
			defer p.end()
			p.until(plan.StepCSR)
			if err := p.play(); err != nil {
				t.Fatal(err)
			}
			if jumped.Load() == 0 {
				t.Errorf("%s was never typed", c.on)
			}
			entries, err := l.home.Read("test")
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				if e.Kind == plan.KindFailed || e.Kind == plan.KindUnsure || e.Kind == plan.KindReopened {
					t.Errorf("%s %s %s: %s", e.Step, e.Node, e.Kind, e.Data)
				}
			}
			l.onceEach()
			l.proven()
		})
	}
}
