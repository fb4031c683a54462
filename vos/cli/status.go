package cli

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

var (
	zoneWord = lazyregexp.MustCompile(`\(([A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)*)\)`)
	upFor    = lazyregexp.MustCompile(`(?i)(?:^|\s)up\s+(.*?)(?:,?\s*\d+\s+users?\b.*|,?\s*load average.*)?$`)
	upPart   = lazyregexp.MustCompile(`(?i)(\d{1,5}):(\d\d)(?::(\d\d))?|(\d{1,4})\s*(w|d|h|m|s)`)
	diskLine = lazyregexp.MustCompile(`(?i)^\s*disk/(\w+)\s+(\d{1,15})([KMG]?)\s+(\d{1,15})([KMG]?)\b`)
)

// dateForms are the forms of the Date line that were seen, and near ones. Blanks count once.
var dateForms = []string{"Mon Jan 2, 2006 15:04:05", "Mon Jan 2, 2006 3:04:05 PM", "Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 MST 2006",
	"Mon Jan 2, 2006 15:04", "2006-01-02 15:04:05"}

// parseStatus reads show status: host, clock, version, boot time and disks. The error tells that it is another text.
func parseStatus(text string) (vos.About, error) {
	var a vos.About
	var date, zone string
	var up time.Duration
	var upKnown bool
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n ")
		if m := diskLine.FindStringSubmatch(line); m != nil {
			a.Disks = append(a.Disks, vos.Disk{Name: strings.ToLower(m[1]), Total: size(m[2], m[3]), Free: size(m[4], m[5])})
			continue
		}
		if d, ok := uptime(line); ok && !upKnown {
			up, upKnown = d, true
			continue
		}
		switch name, value := field(line); name {
		case "host name", "hostname":
			a.Host = value
		case "date":
			date = value
		case "time zone", "timezone":
			zone = value
		case "product ver", "product version":
			a.Version = value
		}
	}
	if a.Host == "" && date == "" {
		return a, errors.New("the output contains no host name and no date")
	}
	where, known := zoneOf(zone)
	a.Now, a.ZoneKnown = parseDate(date, where), known
	if upKnown && !a.Now.IsZero() {
		a.Boot = a.Now.Add(-up).Truncate(time.Minute)
	}
	return a, nil
}

func size(number, unit string) int64 {
	n, _ := strconv.ParseInt(number, 10, 64)
	switch strings.ToUpper(unit) {
	case "M":
		return n << 20
	case "G":
		return n << 30
	}
	return n << 10
}

// zoneOf reads "Israel Standard Time (Asia/Jerusalem)". Where this machine does not know the zone, UTC stands in for it.
func zoneOf(value string) (*time.Location, bool) {
	name := value
	if all := zoneWord.FindAllStringSubmatch(value, -1); all != nil {
		name = all[len(all)-1][1]
	}
	switch name {
	case "", "Local": // time.LoadLocation takes these for UTC and for this machine's zone
		return time.UTC, false
	case "GMT":
		return time.UTC, true
	}
	where, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC, false
	}
	return where, true
}

func parseDate(value string, zone *time.Location) time.Time {
	value = strings.Join(strings.Fields(value), " ")
	for _, form := range dateForms {
		if t, err := time.ParseInLocation(form, value, zone); err == nil {
			return t
		}
	}
	return time.Time{}
}

// uptime reads "00:36:33 up 79 days, 12:45,  1 user" and its kin ("up 5 min", "up 1 day, 2 hours"): it is exact to the
// minute on most releases.
func uptime(line string) (time.Duration, bool) {
	m := upFor.FindStringSubmatch(line)
	if m == nil {
		return 0, false
	}
	parts := upPart.FindAllStringSubmatch(m[1], -1)
	units := map[string]time.Duration{"w": 7 * 24 * time.Hour, "d": 24 * time.Hour, "h": time.Hour, "m": time.Minute, "s": time.Second}
	var sum time.Duration
	for _, p := range parts {
		n := func(s string) time.Duration { v, _ := strconv.Atoi(s); return time.Duration(v) }
		sum += n(p[1])*time.Hour + n(p[2])*time.Minute + n(p[3])*time.Second + n(p[4])*units[strings.ToLower(p[5])]
	}
	return sum, len(parts) > 0
}
