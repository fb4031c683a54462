package cert

import (
	"bytes"
	"crypto/x509"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Missing tells why a chain reaches no root: an issuer is not there, or its CAs only sign each other.
type Missing struct {
	Of      *x509.Certificate   // whose issuer it is
	Issuer  string              // printable
	AIA     []string            // where the certificate says that its issuer may be fetched, printable
	Alike   bool                // a CA of that name is there, but has another key
	Renamed string              // a CA with the key that signed, under another name, printable; "" where there is none
	Loop    []*x509.Certificate // the CAs that sign each other in a circle: every issuer is there, and none is a root
}

// Text names the issuer, and where it may be had.
func (m *Missing) Text() msg.Text {
	if len(m.Loop) > 0 {
		var names []string
		for _, ca := range m.Loop {
			names = append(names, Name(ca))
		}
		return msg.T("these CA certificates sign each other in a circle, and none of them is a root: %s", List(names))
	}
	text := msg.T("the issuer of %s is missing: %s", Name(m.Of), m.Issuer)
	switch {
	case m.Alike:
		text = msg.T("%s; a CA with that name was sent, but a different key signed", text)
	case m.Renamed != "":
		text = msg.T("%s; %s has the key that signed it, but a different name", text, m.Renamed)
	}
	if len(m.AIA) > 0 {
		text = msg.T("%s; download it from %s", text, strings.Join(m.AIA, ", "))
	}
	return text
}

// Error is the same in English.
func (m *Missing) Error() string { return m.Text().String() }

// maxProofs bounds how many signatures are checked, whatever a hostile pool holds.
const maxProofs = 1 << 13

// reach looks at every CA above a certificate once: it finds the shortest way to a root however many ways there are, and where
// there is none it tells why: the last CA whose issuer is not there, or a circle.
func (l *certPool) reach(leaf *x509.Certificate) (Chain, error) {
	below := map[*x509.Certificate]*x509.Certificate{leaf: nil}
	var open *x509.Certificate // its issuer is not there
	before := len(l.links)
	for level := []*x509.Certificate{leaf}; len(level) > 0 && len(l.links)-before < maxProofs; {
		var next []*x509.Certificate
		for _, c := range level {
			issuers := l.issuers(c, nil)
			if len(issuers) == 0 {
				open = c
			}
			for _, ca := range issuers {
				if _, seen := below[ca]; seen {
					continue
				}
				if below[ca] = c; l.kind(ca) == Root {
					return Chain{leaf, climbed(ca, below)}, nil
				}
				next = append(next, ca)
			}
		}
		level = next
	}
	if open != nil {
		return Chain{Leaf: leaf}, l.missing(open)
	}
	return Chain{Leaf: leaf}, l.circle(leaf)
}

// climbed is the way up to a CA, nearest to the certificate first.
func climbed(ca *x509.Certificate, below map[*x509.Certificate]*x509.Certificate) (all []*x509.Certificate) {
	for c := ca; below[c] != nil; c = below[c] {
		all = append(all, c)
	}
	slices.Reverse(all)
	return all
}

// circle follows the first issuer of each until one comes again.
func (l *certPool) circle(leaf *x509.Certificate) *Missing {
	var way []*x509.Certificate
	for c := leaf; ; {
		issuers := l.issuers(c, nil)
		if len(issuers) == 0 {
			return l.missing(c)
		}
		c = issuers[0]
		if at := slices.Index(way, c); at >= 0 {
			m := l.missing(way[at])
			m.Loop = way[at:]
			return m
		}
		way = append(way, c)
	}
}

func (l *certPool) missing(c *x509.Certificate) *Missing {
	m := &Missing{Of: c, Issuer: IssuerOf(c)}
	m.Alike = slices.ContainsFunc(l.issuersNamed(c), func(ca *x509.Certificate) bool { return !ca.Equal(c) && !l.signed(c, ca) })
	m.Renamed = l.renamed(c)
	for _, u := range c.IssuingCertificateURL[:min(len(c.IssuingCertificateURL), maxShown)] {
		m.AIA = append(m.AIA, Shown(u))
	}
	return m
}

// renamed finds a CA whose key signed c, and whose name is not the one that c gives its issuer.
func (l *certPool) renamed(c *x509.Certificate) string {
	tries := 0
	for _, ca := range l.order {
		named := len(c.AuthorityKeyId) > 0 && len(ca.SubjectKeyId) > 0
		if k := l.kind(ca); k != Root && k != Intermediate || ca.Equal(c) || named && !bytes.Equal(c.AuthorityKeyId, ca.SubjectKeyId) || rfc5280.SameName(ca.RawSubject, c.RawIssuer) {
			continue
		}
		if tries++; tries > maxWays {
			break
		}
		if l.proof(c, ca) == rfc5280.Right {
			return Name(ca)
		}
	}
	return ""
}
