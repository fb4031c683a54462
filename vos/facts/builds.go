package facts

import (
	"strconv"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// build is how a family of products counts its service updates in the fourth part of a build number.
type build struct {
	ID     string
	About  string
	Text   string
	Source string
	Date   string

	pattern *lazyregexp.Regexp // its first group is the number of the service update
}

var (
	buildCCX = lazyregexp.MustCompile(`^\d+\.\d+\.\d+\.110(\d\d)\b`)
	buildCCE = lazyregexp.MustCompile(`^\d+\.\d+\.\d+\.10([1-9])00\b`)
	buildCM  = lazyregexp.MustCompile(`^\d+\.\d+\.\d+\.1([1-9])9\d\d\b`)
)

// builtBy are the families. No number belongs to two of them.
func builtBy() []build {
	return []build{
		{"ccx", "Unified CCX and CCP", "The fourth part is 110 and the number of the service update: 12.5.1.11001 is 12.5(1)SU1, 12.5.1.11002-481 is SU2, 12.5.1.11003-511 is SU3",
			"UCCX Software Compatibility Matrix 12.5(1)SU2 and SU3", "2024-09-20", buildCCX},
		{"cce", "Finesse, CUIC, Live Data, IdS, VVB, Cloud Connect", "The fourth part is 10, the number of the service update, and 00: 15.0.1.10000 is the first release, 15.0.1.10100 is SU1, 15.0.1.10200 is SU2",
			"Release notes of CCE 15.0(1)SU2/ES202607", "2026-07-31", buildCCE},
		{"cm", "Unified CM and what shares its platform", "The fourth part is 1, the number of the service update, and 900: 14.0.1.12900 is 14SU2, 15.0.1.11900 is 15SU1",
			"Release notes of the service updates of Unified CM", "2026-11", buildCM},
	}
}

// UpdateOf is the number of the service update that a build number counts; 0 for none, or where no family counts so.
func UpdateOf(build string) int {
	for _, b := range []*lazyregexp.Regexp{buildCCX, buildCCE, buildCM} {
		if m := b.FindStringSubmatch(build); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
	}
	return 0
}

// Days is how long a certificate of a public CA may be valid that begins on a day or later.
type Days struct {
	Since time.Time
	Days  int
}

// LifetimesSource and LifetimesDate are where Lifetimes come from.
const (
	LifetimesSource = "CA/Browser Forum ballot SC-081v3"
	LifetimesDate   = "2025-04-11"
)

// Lifetimes are the limits of public CAs, the latest first.
func Lifetimes() []Days {
	day := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	return []Days{{day(2029, time.March, 15), 47}, {day(2027, time.March, 15), 100}, {day(2026, time.March, 15), 200}, {day(2020, time.September, 1), 398}}
}
