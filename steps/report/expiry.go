package report

import (
	"cmp"
	"crypto/x509"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Expiry is one certificate that the solution lives by.
type Expiry struct {
	Name        string    `json:"name"`
	Of          []string  `json:"of"` // FQDNs of the nodes that hold it, or that live by it
	CA          bool      `json:"ca,omitempty"`
	Peer        bool      `json:"neighbour,omitempty"` // of a node or server that is not changed here
	Serial      string    `json:"serial"`
	Fingerprint string    `json:"fingerprint"` // SHA-256
	From        time.Time `json:"from"`
	Until       time.Time `json:"until"`
}

// expiries returns every certificate that the solution lives by, the first to expire first: those of the nodes, of their
// CAs, of neighbours and of script targets.
func expiries(p *plan.Plan) []Expiry {
	var all []Expiry
	add := func(c *x509.Certificate, of string, ca, neighbour bool) {
		if c == nil {
			return
		}
		i := slices.IndexFunc(all, func(x Expiry) bool { return x.Fingerprint == cert.Fingerprint(c) })
		if i < 0 {
			i = len(all)
			all = append(all, Expiry{Name: cert.Name(c), CA: ca, Peer: neighbour, Serial: cert.Serial(c), Fingerprint: cert.Fingerprint(c), From: c.NotBefore.UTC(), Until: c.NotAfter.UTC()})
		}
		if of != "" && !slices.Contains(all[i].Of, of) {
			all[i].Of = append(all[i].Of, of)
		}
	}
	e := trust.EvidenceOf(p)
	roots, others := certs.Authorities(p)
	for _, n := range p.Nodes() {
		leaf := certs.IdentityOf(p, n.FQDN)
		add(leaf, n.FQDN, false, false)
		if leaf == nil {
			continue
		}
		if c, err := cert.Build(leaf, append(slices.Clone(roots), others...)); err == nil {
			for _, ca := range c.CAs {
				add(ca, n.FQDN, true, false)
			}
		}
	}
	for _, r := range trust.RelationsOf(p) {
		if _, ours := p.Node(r.From.FQDN); !ours {
			leaf, _ := e.Served(r)
			add(leaf, r.From.FQDN, false, true)
		}
	}
	slices.SortStableFunc(all, func(a, b Expiry) int { return cmp.Compare(a.Until.Unix(), b.Until.Unix()) })
	return all
}

// ahead is how long before its end a certificate is to be thought of: 30 days, or a third of a shorter life.
func (x Expiry) ahead() time.Duration {
	const usual = 30 * 24 * time.Hour
	return min(usual, x.Until.Sub(x.From)/3).Truncate(time.Hour)
}

// icsTime is a time of iCalendar in UTC.
const icsTime = "20060102T150405Z"

// orderAhead is how long before a certificate ends the next one is to be ordered: 60 days, or two thirds of the way
// through a shorter life. A CA takes days, and the change window must be found.
func (x Expiry) orderAhead() time.Duration {
	const usual = 60 * 24 * time.Hour
	return min(usual, x.Until.Sub(x.From)/3).Truncate(time.Hour)
}

// Calendar is a calendar file (RFC 5545) with two events for each certificate: the day by which the next one is to be
// ordered, and the day on which it expires, with an alarm ahead of each. The same report gives the same file.
func (r Report) Calendar() []byte {
	var b strings.Builder
	line := func(name, value string) { b.WriteString(foldLine(name + ":" + value)) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//uccx-tui//certificates//EN")
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	for _, x := range r.Expires {
		what := "certificate of " + strings.Join(x.Of, ", ")
		if x.CA {
			what = "CA certificate " + x.Name
		}
		if x.Until.After(x.From) {
			r.event(&b, x, "order", x.Until.Add(-x.orderAhead()), "P7D", "Order by today: the next "+what)
		}
		r.event(&b, x, "", x.Until, icsDuration(x.ahead()), "Expires: "+what)
	}
	line("END", "VCALENDAR")
	return []byte(b.String())
}

// event writes one event and its alarm. kind tells the events of one certificate apart: the one of its end has none.
func (r Report) event(b *strings.Builder, x Expiry, kind string, at time.Time, ahead, what string) {
	line := func(name, value string) { b.WriteString(foldLine(name + ":" + value)) }
	id := uidSigns.ReplaceAllString(strings.ToLower(x.Fingerprint), "")
	if kind != "" {
		id += "-" + kind
	}
	line("BEGIN", "VEVENT")
	line("UID", id+"@uccx-tui")
	line("DTSTAMP", r.Last.UTC().Format(icsTime))
	line("DTSTART", at.UTC().Format(icsTime))
	line("SUMMARY", icsText(what))
	line("DESCRIPTION", icsText(fmt.Sprintf("%s\nExpires %s UTC\nSerial %s\nSHA-256 %s\nNodes: %s\nBegin the renewal with: uccx-tui (change %q)",
		x.Name, x.Until.UTC().Format("2006-01-02 15:04"), x.Serial, x.Fingerprint, strings.Join(x.Of, ", "), r.Change)))
	line("TRANSP", "TRANSPARENT")
	line("BEGIN", "VALARM")
	line("ACTION", "DISPLAY")
	line("TRIGGER", "-"+ahead)
	line("DESCRIPTION", icsText(what))
	line("END", "VALARM")
	line("END", "VEVENT")
}

var uidSigns = regexp.MustCompile(`[^a-z0-9-]`)

// icsDuration writes whole days, or hours where it is less than one.
func icsDuration(d time.Duration) string {
	if days := int(d.Hours()) / 24; days > 0 {
		return fmt.Sprintf("P%dD", days)
	}
	return fmt.Sprintf("PT%dH", int(d.Hours()))
}

// icsText escapes a text (RFC 5545 3.3.11). What is not printable is made so first.
func icsText(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(cert.Printable(l))
	}
	return strings.Join(lines, `\n`)
}

// icsWidth is how many octets a line may have, without its end (RFC 5545 3.1).
const icsWidth = 75

// foldLine breaks a line into pieces of at most 75 octets, never inside a character, and ends it with CRLF.
func foldLine(s string) string {
	var b strings.Builder
	room := icsWidth
	for len(s) > room {
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		b.WriteString(s[:cut] + "\r\n ")
		s, room = s[cut:], icsWidth-1 // the blank counts
	}
	return b.String() + s + "\r\n"
}
