package msg

import (
	"testing"
	"time"
)

// TestTimesIn: times that were written down in UTC are read in the zone of the reader, also across its change in summer, and nothing else
// of a text changes.
func TestTimesIn(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	for in, want := range map[string]string{
		"restart (tomcat installed 2026-11-28T06:00:05Z), then 2026-07-01T23:30:00.5Z.": "restart (tomcat installed 2026-11-28 07:00:05 CET), then 2026-07-02 01:30:00 CEST.",
		"2026-13-28T06:00:05Z and 2026-11-28T06:00:05+01:00 and 2026-11-28 stay":        "2026-13-28T06:00:05Z and 2026-11-28T06:00:05+01:00 and 2026-11-28 stay",
		"": "",
	} {
		if got := TimesIn(in, zone); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
}
