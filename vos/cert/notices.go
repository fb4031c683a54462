package cert

import (
	"fmt"
	"strings"
	"time"
)

// Notice is what a vendor's notice says, as data: releases, dates and ways out change with each revision of it.
type Notice struct {
	ID      string
	Issued  string // revision and date
	Defect  string
	From    string // the first release that is affected
	To      string // the last one
	Mended  string // the release for which a mend is announced
	Expects string
	Ends    string   // what ends, when, and who says so
	Ways    []string // the ways out that it names
}

// ClientAuthNotice is the field notice on certificates without client authentication.
func ClientAuthNotice() Notice {
	return Notice{
		ID: "FN74382", Issued: "revision 2.0 of 13 May 2026", Defect: "CSCwt79317", From: "12.5(1)", To: "15.0(1)SU1", Mended: "15.0(1)SU2",
		Expects: "server and client authentication in one certificate",
		Ends:    "Public CAs stop issuing client authentication by March 2027 (Chrome root policy).",
		Ways: []string{"Ask the same public CA for a root that still allows client authentication.",
			"Renew before the CA stops, and use the certificate for its full lifetime.", "Use a private CA."},
	}
}

// cause is the notice as the cause of a finding.
func (n Notice) cause() string {
	return fmt.Sprintf("%s (%s, %s): Unified CCX %s to %s, CCP and their peers expect %s. %s. A fix is announced for %s.", n.ID, n.Issued, n.Defect, n.From, n.To, n.Expects, n.Ends, n.Mended)
}

// ways is what to do about it.
func (n Notice) ways() string {
	return fmt.Sprintf("Use one of three options: %s", strings.Join(n.Ways, "; or "))
}

// Lifetime is how long a certificate of a public CA may live that is issued from a day on.
type Lifetime struct {
	Since time.Time
	Days  int
}

// lifetimesSource is where Lifetimes come from.
const lifetimesSource = "CA/Browser Forum ballot SC-081v3, April 2025"

// Lifetimes are the limits of public CAs, the latest first (CA/Browser Forum, SC-081v3).
func Lifetimes() []Lifetime {
	day := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	return []Lifetime{{day(2029, time.March, 15), 47}, {day(2027, time.March, 15), 100}, {day(2026, time.March, 15), 200}, {day(2020, time.September, 1), 398}}
}

// publicLimit is how many days a public certificate may live that begins on a day; 0: nobody limits it.
func publicLimit(from time.Time) int {
	for _, l := range Lifetimes() {
		if !from.Before(l.Since) {
			return l.Days
		}
	}
	return 0
}
