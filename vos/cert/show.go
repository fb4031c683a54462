package cert

import (
	"crypto/x509"
	"fmt"
	"strings"
	"unicode/utf8"
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
func list(all []string) string {
	var shown []string
	for _, s := range all[:min(len(all), maxShown)] {
		shown = append(shown, shorten(Printable(s)))
	}
	text := strings.Join(shown, ", ")
	if more := len(all) - maxShown; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
