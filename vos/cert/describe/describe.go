// Package describe tells a person what a certificate, a CSR or a chain is, line by line.
package describe

import (
	"crypto/x509"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/extension"
	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/cert/san"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Line is one labelled line about a certificate or request. All of it is printable.
type Line struct {
	Label string
	Text  msg.Text
}

// barWidth is how many cells the bar of the days left has.
const barWidth = 20

// bar draws how much of the life of a certificate is left, as "[####......]": ASCII, so that every terminal shows it.
func bar(c *x509.Certificate, now time.Time) string {
	whole, left := c.NotAfter.Sub(c.NotBefore), c.NotAfter.Sub(now)
	full := 0
	if whole > 0 {
		full = int(int64(barWidth) * int64(min(max(left, 0), whole)/time.Minute) / max(int64(whole/time.Minute), 1))
	}
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", barWidth-full) + "]"
}

// left says in words how long a certificate is still valid.
func left(c *x509.Certificate, now time.Time) msg.Text {
	whole := int(c.NotAfter.Sub(c.NotBefore).Hours() / 24)
	switch left := cert.DaysLeft(c, now); {
	case now.Before(c.NotBefore):
		return msg.T("not yet valid")
	case left < 0:
		return msg.N("expired 1 day ago", "expired %d days ago", -left)
	default:
		return msg.T("%d of %d days left", left, whole)
	}
}

// Certificate is a certificate for people, line by line.
func Certificate(c *x509.Certificate, now time.Time) []Line {
	lines := []Line{
		{"is", msg.T("%s, %s, signed with %s", cert.Classify(c), cert.KeyWords(cert.KeyOf(c)), c.SignatureAlgorithm.String())},
		{"subject", msg.Verbatim(cert.SubjectOf(c))},
	}
	if all := wordsOf(san.OfCertificate(c)); len(all) > 0 {
		lines = append(lines, Line{"names", cert.List(all)})
	}
	lines = append(lines, Line{"issued by", msg.Verbatim(cert.IssuerOf(c))}, Line{"serial", msg.Verbatim(cert.Serial(c))},
		Line{"valid", msg.T("%s to %s", c.NotBefore.UTC().Format(time.DateOnly), c.NotAfter.UTC().Format("2006-01-02 15:04 MST"))},
		Line{"left", msg.T("%s %s", bar(c, now), left(c, now))})
	if !c.IsCA {
		lines = append(lines, Line{"for", purposes(c)})
	}
	if why := msg.Verbatim(cert.Limit(c)); !why.IsZero() {
		lines = append(lines, Line{"limit", msg.T("uccx-tui cannot read it completely: %s", why)})
	}
	return append(lines, Line{"SHA-256", msg.Verbatim(cert.Fingerprint(c))})
}

// Request is a CSR for people, line by line.
func Request(r *x509.CertificateRequest) []Line {
	lines := []Line{{"is", msg.T("CSR, %s, signed with %s", cert.KeyWords(r.PublicKey), r.SignatureAlgorithm.String())}, {"subject", msg.Verbatim(cert.Shown(r.Subject.String()))}}
	if all := wordsOf(san.OfRequest(r)); len(all) > 0 {
		lines = append(lines, Line{"names", cert.List(all)})
	}
	if why := msg.Verbatim(cert.RequestLimit(r)); !why.IsZero() {
		lines = append(lines, Line{"limit", msg.T("uccx-tui cannot read it completely: %s", why)})
	}
	return append(lines, Line{"key", msg.T("SHA-256 %s", cert.KeyID(r.PublicKey))})
}

// wordsOf are names as texts.
func wordsOf(all []rfc5280.AltName) []string {
	var out []string
	for _, n := range all {
		out = append(out, n.String())
	}
	return out
}

// purposes says whether servers and clients may use a certificate.
func purposes(c *x509.Certificate) msg.Text {
	switch server, client := extension.Usages(c); {
	case server && client:
		return msg.T("server and client authentication")
	case server:
		return msg.T("server authentication only")
	case client:
		return msg.T("client authentication only")
	}
	return msg.T("neither server nor client authentication")
}

// Sent says in words how far a chain reaches that was sent with a certificate, and whether clients can follow it; known
// are CAs that they hold. Servers need not send the root: without known ones an open end there is no fault.
func Sent(leaf *x509.Certificate, sent, known []*x509.Certificate) (words msg.Text, whole bool) {
	if k := cert.Classify(leaf); k == cert.SelfSigned || k == cert.Root {
		return msg.T("self-signed"), false
	}
	chain, err := cert.Build(leaf, slices.Concat(sent, known))
	var gap *cert.Missing
	switch {
	case err == nil:
		return msg.T("complete, up to %s", cert.Name(chain.CAs[len(chain.CAs)-1])), true
	case !errors.As(err, &gap):
		return msg.Of(err), false
	case len(gap.Loop) > 0:
		return gap.Text(), false
	case gap.Of.Equal(leaf):
		return msg.T("incomplete: issuer %s was not sent", gap.Issuer), false
	}
	return msg.T("sent up to %s; clients need its issuer %s", cert.Name(gap.Of), gap.Issuer), len(known) == 0
}
