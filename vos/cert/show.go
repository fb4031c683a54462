package cert

import (
	"crypto/x509"
	"strings"
	"unicode/utf8"

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
		return Shown(c.Subject.CommonName)
	case len(c.DNSNames) > 0:
		return Shown(c.DNSNames[0])
	}
	return SubjectOf(c)
}

// SubjectOf is the printable subject.
func SubjectOf(c *x509.Certificate) string { return Shown(c.Subject.String()) }

// IssuerOf is a short printable issuer: its CN, else the whole name.
func IssuerOf(c *x509.Certificate) string {
	if c.Issuer.CommonName != "" {
		return Shown(c.Issuer.CommonName)
	}
	return Shown(c.Issuer.String())
}

// Shown is a text as it is shown: printable, and not too long.
func Shown(s string) string { return shorten(Printable(s)) }

// shorten cuts a long text where it is shown.
func shorten(s string) string {
	if utf8.RuneCountInString(s) <= maxLetters {
		return s
	}
	return string([]rune(s)[:maxLetters]) + "..."
}

// List shows the first of some names, printable.
func List(all []string) msg.Text {
	var shown []string
	for _, s := range all[:min(len(all), maxShown)] {
		shown = append(shown, Shown(s))
	}
	text := strings.Join(shown, ", ")
	if more := len(all) - maxShown; more > 0 {
		return msg.T("%s and %d more", text, more)
	}
	return msg.Verbatim(text)
}

// listed shows the first of some sentences.
func listed(all []msg.Text) msg.Text {
	text := msg.Joined(all[:min(len(all), maxShown)], ", ")
	if more := len(all) - maxShown; more > 0 {
		return msg.T("%s and %d more", text, more)
	}
	return text
}
