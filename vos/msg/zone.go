package msg

import (
	"time"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

var utcTime = lazyregexp.MustCompile(`\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`)

// TimesIn writes every time of a text as Stamp writes it in UTC the way people read it, in a zone: "2026-11-28 07:00:05 CET".
func TimesIn(text string, zone *time.Location) string {
	return utcTime.ReplaceAllStringFunc(text, func(found string) string {
		t, err := time.Parse(time.RFC3339, found)
		if err != nil {
			return found
		}
		return t.In(zone).Format("2006-01-02 15:04:05 MST")
	})
}
