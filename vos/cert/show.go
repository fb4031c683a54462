package cert

import (
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// What is shown of a hostile certificate: names may be as long as a file, and as many.
const (
	maxLetters = 200 // of one name
	maxShown   = 8   // names of a list
)

// Name is a short printable name: the CN, else the first DNS name, else the whole subject.
func Name(c *x509.Certificate) string {
	switch {
	case c.Subject.CommonName != "":
		return shorten(Printable(c.Subject.CommonName))
	case len(c.DNSNames) > 0:
		return shorten(Printable(c.DNSNames[0]))
	}
	return SubjectOf(c)
}

// SubjectOf is the printable subject.
func SubjectOf(c *x509.Certificate) string { return shorten(Printable(c.Subject.String())) }

// IssuerOf is a short printable issuer: its CN, else the whole name.
func IssuerOf(c *x509.Certificate) string {
	if c.Issuer.CommonName != "" {
		return shorten(Printable(c.Issuer.CommonName))
	}
	return shorten(Printable(c.Issuer.String()))
}

// shorten cuts a long text where it is shown.
func shorten(s string) string {
	if utf8.RuneCountInString(s) <= maxLetters {
		return s
	}
	return string([]rune(s)[:maxLetters]) + "..."
}

// list shows the first of some names, printable.
func list(all []string) msg.Text {
	var shown []string
	for _, s := range all[:min(len(all), maxShown)] {
		shown = append(shown, shorten(Printable(s)))
	}
	text := strings.Join(shown, ", ")
	if more := len(all) - maxShown; more > 0 {
		return msg.T("%s and %d more", text, more)
	}
	return msg.Verbatim(text)
}

// Line is one labelled line about a certificate or request. All of it is printable.
type Line struct {
	Label string
	Text  string
}

// barWidth is how many cells the bar of the days left has.
const barWidth = 20

// Bar draws how much of the life of a certificate is left, as "[####......]": ASCII, so that every terminal shows it.
func Bar(c *x509.Certificate, now time.Time) string {
	whole, left := c.NotAfter.Sub(c.NotBefore), c.NotAfter.Sub(now)
	full := 0
	if whole > 0 {
		full = int(int64(barWidth) * int64(min(max(left, 0), whole)/time.Minute) / max(int64(whole/time.Minute), 1))
	}
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", barWidth-full) + "]"
}

// Left says in words how long a certificate is still valid.
func Left(c *x509.Certificate, now time.Time) string {
	whole := int(c.NotAfter.Sub(c.NotBefore).Hours() / 24)
	switch left := DaysLeft(c, now); {
	case now.Before(c.NotBefore):
		return "not yet valid"
	case left < 0:
		return msg.N("expired 1 day ago", "expired %d days ago", -left).String()
	default:
		return fmt.Sprintf("%d of %d days left", left, whole)
	}
}

// Describe is a certificate for people, line by line.
func Describe(c *x509.Certificate, now time.Time) []Line {
	lines := []Line{
		{"is", Classify(c).String() + ", " + KeyWords(KeyOf(c)) + ", signed with " + c.SignatureAlgorithm.String()},
		{"subject", SubjectOf(c)},
	}
	if all := wordsOf(certNames(c)); len(all) > 0 {
		lines = append(lines, Line{"names", list(all).String()})
	}
	lines = append(lines, Line{"issued by", IssuerOf(c)}, Line{"serial", Serial(c)},
		Line{"valid", c.NotBefore.UTC().Format(time.DateOnly) + " to " + c.NotAfter.UTC().Format("2006-01-02 15:04 MST")},
		Line{"left", Bar(c, now) + " " + Left(c, now)})
	if !c.IsCA {
		lines = append(lines, Line{"for", purposes(c)})
	}
	if why := Limit(c); why != "" {
		lines = append(lines, Line{"limit", "this program cannot read it whole: " + why})
	}
	return append(lines, Line{"SHA-256", Fingerprint(c)})
}

// DescribeRequest is a CSR for people, line by line.
func DescribeRequest(r *x509.CertificateRequest) []Line {
	lines := []Line{{"is", "CSR, " + KeyWords(r.PublicKey) + ", signed with " + r.SignatureAlgorithm.String()}, {"subject", shorten(Printable(r.Subject.String()))}}
	if all := wordsOf(requestNames(r)); len(all) > 0 {
		lines = append(lines, Line{"names", list(all).String()})
	}
	if why := RequestLimit(r); why != "" {
		lines = append(lines, Line{"limit", "this program cannot read it whole: " + why})
	}
	return append(lines, Line{"key", "SHA-256 " + KeyID(r.PublicKey)})
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
func purposes(c *x509.Certificate) string {
	switch server, client := usages(c); {
	case server && client:
		return "server and client authentication"
	case server:
		return "server authentication only"
	case client:
		return "client authentication only"
	}
	return "neither server nor client authentication"
}

// Sent says in words how far a chain reaches that was sent with a certificate, and whether clients can follow it; known
// are CAs that they hold. Servers need not send the root: without known ones an open end there is no fault.
func Sent(leaf *x509.Certificate, sent, known []*x509.Certificate) (words string, whole bool) {
	if k := Classify(leaf); k == SelfSigned || k == Root {
		return "self-signed", false
	}
	chain, err := Build(leaf, slices.Concat(sent, known))
	var gap *Missing
	switch {
	case err == nil:
		return fmt.Sprintf("complete, up to %s", Name(chain.CAs[len(chain.CAs)-1])), true
	case !errors.As(err, &gap):
		return err.Error(), false
	case gap.Of.Equal(leaf):
		return fmt.Sprintf("incomplete: issuer %s was not sent", gap.Issuer), false
	}
	return fmt.Sprintf("sent up to %s; clients need its issuer %s", Name(gap.Of), gap.Issuer), len(known) == 0
}
