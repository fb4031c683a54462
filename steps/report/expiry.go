package report

import (
	"cmp"
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
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

// First says which certificate this is and when it expires: its nodes too, where its name is not the name of its only one.
func (x Expiry) First() msg.Text {
	day := x.Until.Format(time.DateOnly)
	if len(x.Of) == 1 && x.Of[0] == x.Name {
		return msg.T("%s (%s)", x.Name, day)
	}
	return msg.T("%s of %s, on %s", x.Name, msg.List(x.Of), day)
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

// orderAhead is how long before a certificate ends the next one is to be ordered: 60 days, or two thirds of the way
// through a shorter life. A CA takes days, and the change window must be found.
func (x Expiry) orderAhead() time.Duration {
	const usual = 60 * 24 * time.Hour
	return min(usual, x.Until.Sub(x.From)/3).Truncate(time.Hour)
}

// Calendar is a calendar file (RFC 5545) with two events for each certificate: the day by which the next one is to be
// ordered, and the day on which it expires, with an alarm ahead of each. The same report gives the same file.
func (r Report) Calendar() []byte {
	c := ics.NewCalendarFor("uccx-tui")
	c.SetCalscale("GREGORIAN")
	c.SetMethod(ics.MethodPublish)
	for _, x := range r.Expires {
		what := msg.T("certificate of %s", msg.List(x.Of))
		if x.CA {
			what = msg.T("CA certificate %s", x.Name)
		}
		if x.Until.After(x.From) {
			r.event(c, x, "order", x.Until.Add(-x.orderAhead()), "P7D", r.say("Order today: the next %s", what))
		}
		r.event(c, x, "", x.Until, icsDuration(x.ahead()), r.say("Expires: %s", what))
	}
	return []byte(c.Serialize(ics.WithNewLineWindows))
}

// event writes one event and its alarm. kind tells the events of one certificate apart: the one of its end has none.
func (r Report) event(c *ics.Calendar, x Expiry, kind string, at time.Time, ahead, what string) {
	id := uidSigns.ReplaceAllString(strings.ToLower(x.Fingerprint), "")
	if kind != "" {
		id += "-" + kind
	}
	e := c.AddEvent(id + "@uccx-tui")
	e.SetDtStampTime(r.Last)
	e.SetStartAt(at)
	e.SetSummary(icsText(what))
	e.SetDescription(icsText(r.say("%s\nExpires %s\nSerial %s\nSHA-256 %s\nNodes: %s\nStart the renewal with: uccx-tui (change %q)",
		x.Name, msg.Time(x.Until.UTC(), msg.Minute), x.Serial, x.Fingerprint, msg.List(x.Of), r.Change)))
	e.SetTimeTransparency(ics.TransparencyTransparent)
	alarm := e.AddAlarm()
	alarm.SetAction(ics.ActionDisplay)
	alarm.SetTrigger("-" + ahead)
	alarm.SetDescription(icsText(what))
}

var uidSigns = lazyregexp.MustCompile(`[^a-z0-9-]`)

// icsDuration writes whole days, or hours where it is less than one.
func icsDuration(d time.Duration) string {
	if days := int(d.Hours()) / 24; days > 0 {
		return fmt.Sprintf("P%dD", days)
	}
	return fmt.Sprintf("PT%dH", int(d.Hours()))
}

// icsText makes what is not printable so; the library escapes the rest (RFC 5545 3.3.11) and folds lines.
func icsText(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = cert.Printable(l)
	}
	return strings.Join(lines, "\n")
}
