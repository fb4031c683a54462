// Package boot tells by what a node says of its clock and its uptime whether it was restarted.
package boot

import (
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// bootSlack is how far two readings of one boot time may lie apart: uptime is printed to the minute.
const bootSlack = 90 * time.Second

// Keep notes when a node came up, as a node said it at a time of our clock.
func Keep(s *plan.Seen, about vos.About, now time.Time) {
	s.Boot, s.Asked = about.Boot, now
	if !about.Boot.IsZero() {
		s.Up = about.Now.Sub(about.Boot)
	}
}

// Since reports whether a node restarted since it was seen before. Its boot time is reckoned from its clock, which
// may have been set meanwhile, as ours may: what it has been up for cannot be set, so a shorter time alone says yes, and a
// later boot time must be borne out by it.
func Since(before *plan.Seen, about vos.About, now time.Time) bool {
	if before == nil || before.Boot.IsZero() || about.Boot.IsZero() {
		return false
	}
	later := about.Boot.Sub(before.Boot) > bootSlack
	if before.Up == 0 {
		return later
	}
	up := about.Now.Sub(about.Boot)
	return up+bootSlack < before.Up || later && up+bootSlack < before.Up+now.Sub(before.Asked)
}
