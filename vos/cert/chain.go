package cert

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"strings"
)

// Chain is an application certificate with every CA above it: its issuer first, the root last.
type Chain struct {
	Leaf *x509.Certificate
	CAs  []*x509.Certificate
}

// Missing tells which issuer a chain lacks.
type Missing struct {
	Of     *x509.Certificate // whose issuer it is
	Issuer string            // printable
	AIA    []string          // where the certificate says that its issuer may be fetched, printable
}

// Error names the issuer, and where it may be had.
func (m *Missing) Error() string {
	where := ""
	if len(m.AIA) > 0 {
		where = "; it may be had at " + strings.Join(m.AIA, ", ")
	}
	return fmt.Sprintf("the issuer of %s is missing: %s%s", Name(m.Of), m.Issuer, where)
}

// maxDepth bounds a chain: loops of cross-signed CAs end here.
const maxDepth = 12

// maxWays bounds how many ways up are followed at once, whatever a hostile pool holds.
const maxWays = 64

// library is a pool of CA certificates with an index: each is told apart once, and found by its name.
type library struct {
	kinds map[*x509.Certificate]Kind
	named map[string][]*x509.Certificate // by subject
	known map[string]bool                // by content
}

func newLibrary(pool []*x509.Certificate) *library {
	l := &library{map[*x509.Certificate]Kind{}, map[string][]*x509.Certificate{}, map[string]bool{}}
	for _, c := range pool {
		l.add(c)
	}
	return l
}

// add takes a certificate in, unless it is there.
func (l *library) add(c *x509.Certificate) {
	if c == nil || l.known[string(c.Raw)] {
		return
	}
	l.known[string(c.Raw)] = true
	l.named[string(c.RawSubject)] = append(l.named[string(c.RawSubject)], c)
}

func (l *library) kind(c *x509.Certificate) Kind {
	k, ok := l.kinds[c]
	if !ok {
		k = Classify(c)
		l.kinds[c] = k
	}
	return k
}

// Build orders the CAs above a certificate up to a self-signed root. The pool may hold anything, in any order, twice.
// Where several ways lead up (cross-signed CAs), the shortest that ends in a root is taken. The error is *Missing.
func Build(leaf *x509.Certificate, pool []*x509.Certificate) (Chain, error) {
	return newLibrary(pool).build(leaf)
}

func (l *library) build(leaf *x509.Certificate) (Chain, error) {
	if k := l.kind(leaf); k == Root || k == SelfSigned {
		return Chain{Leaf: leaf}, nil
	}
	ways := [][]*x509.Certificate{{}}
	var stuck *Missing
	for depth := 0; depth < maxDepth && len(ways) > 0; depth++ {
		var longer [][]*x509.Certificate
		for _, way := range ways {
			top := leaf
			if len(way) > 0 {
				top = way[len(way)-1]
			}
			up := l.issuers(top, way)
			for _, ca := range up {
				next := append(append([]*x509.Certificate{}, way...), ca)
				if l.kind(ca) == Root {
					return Chain{leaf, next}, nil
				}
				longer = append(longer, next)
			}
			if len(up) == 0 {
				stuck = missing(top)
			}
		}
		ways = longer[:min(len(longer), maxWays)]
	}
	if stuck == nil {
		stuck = missing(leaf)
	}
	return Chain{Leaf: leaf}, stuck
}

// issuers finds who signed c: by name, then by signature; key identifiers are only hints, and not every CA sets them.
func (l *library) issuers(c *x509.Certificate, way []*x509.Certificate) []*x509.Certificate {
	var found []*x509.Certificate
	for _, ca := range l.named[string(c.RawIssuer)] {
		if k := l.kind(ca); has(way, ca) || ca.Equal(c) || k != Root && k != Intermediate {
			continue
		}
		if c.CheckSignatureFrom(ca) == nil || weakSignature(c) && keyFits(c, ca) {
			found = append(found, ca)
		}
	}
	return found
}

// keyFits stands in for the signature where it is too weak for Go to check.
func keyFits(c, ca *x509.Certificate) bool {
	return len(c.AuthorityKeyId) == 0 || len(ca.SubjectKeyId) == 0 || bytes.Equal(c.AuthorityKeyId, ca.SubjectKeyId)
}

func has(all []*x509.Certificate, c *x509.Certificate) bool {
	for _, other := range all {
		if other.Equal(c) {
			return true
		}
	}
	return false
}

func missing(c *x509.Certificate) *Missing {
	m := &Missing{Of: c, Issuer: IssuerOf(c)}
	for _, u := range c.IssuingCertificateURL {
		m.AIA = append(m.AIA, Printable(u))
	}
	return m
}
