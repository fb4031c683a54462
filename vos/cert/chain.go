package cert

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"slices"
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
	Alike  bool              // a CA of that name is there, but has another key
}

// Error names the issuer, and where it may be had.
func (m *Missing) Error() string {
	text := fmt.Sprintf("the issuer of %s is missing: %s", Name(m.Of), m.Issuer)
	if m.Alike {
		text += "a CA with that name was sent, but a different key signed"
	}
	if len(m.AIA) > 0 {
		text += fmt.Sprintf("download it from %s", strings.Join(m.AIA, ", "))
	}
	return text
}

// maxDepth bounds a chain: loops of cross-signed CAs end here.
const maxDepth = 12

// maxWays bounds how many ways up are followed at once, whatever a hostile pool holds.
const maxWays = 64

// library is a pool of CA certificates with an index: each is told apart once, found by its name, and its signature on
// another is checked once.
type library struct {
	kinds map[*x509.Certificate]Kind
	links map[link]bool                  // whether the one signed the other
	named map[string][]*x509.Certificate // by subject
	known map[string]bool                // by content
}

// link is a certificate and the CA that may have signed it.
type link struct{ of, by *x509.Certificate }

func newLibrary(pool []*x509.Certificate) *library {
	l := &library{map[*x509.Certificate]Kind{}, map[link]bool{}, map[string][]*x509.Certificate{}, map[string]bool{}}
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
// Where several ways lead up (cross-signed or renewed CAs), the shortest that ends in a root is taken, and of several
// issuers the one that lives longest. The error is *Missing.
func Build(leaf *x509.Certificate, pool []*x509.Certificate) (Chain, error) {
	return newLibrary(pool).build(leaf, func([]*x509.Certificate) bool { return true })
}

// build prefers the first way that is sound; where none is, the first that ends in a root will do, to be judged.
func (l *library) build(leaf *x509.Certificate, sound func(cas []*x509.Certificate) bool) (Chain, error) {
	if k := l.kind(leaf); k == Root || k == SelfSigned {
		return Chain{Leaf: leaf}, nil
	}
	var found []*x509.Certificate
	stuck := leaf
	ways := [][]*x509.Certificate{{}}
	for depth := 0; depth < maxDepth && len(ways) > 0; depth++ {
		var longer [][]*x509.Certificate
		for _, way := range ways {
			next := l.step(leaf, way)
			if len(next) == 0 {
				stuck = top(leaf, way)
			}
			for _, w := range next {
				switch {
				case l.kind(w[len(w)-1]) != Root:
					longer = append(longer, w)
				case sound(w):
					return Chain{leaf, w}, nil
				case found == nil:
					found = w
				}
			}
		}
		ways = longer[:min(len(longer), maxWays)]
	}
	if found != nil {
		return Chain{leaf, found}, nil
	}
	return Chain{Leaf: leaf}, l.missing(stuck)
}

// step returns the ways that lead one CA further up.
func (l *library) step(leaf *x509.Certificate, way []*x509.Certificate) [][]*x509.Certificate {
	var all [][]*x509.Certificate
	for _, ca := range l.issuers(top(leaf, way), way) {
		all = append(all, append(append([]*x509.Certificate{}, way...), ca))
	}
	return all
}

func top(leaf *x509.Certificate, way []*x509.Certificate) *x509.Certificate {
	if len(way) == 0 {
		return leaf
	}
	return way[len(way)-1]
}

// issuers finds who signed c: by name, then by signature; key identifiers are only hints, and not every CA sets them.
// Whether a CA was allowed to sign is not asked here: the checks say it better than "missing".
func (l *library) issuers(c *x509.Certificate, way []*x509.Certificate) []*x509.Certificate {
	var found []*x509.Certificate
	alike := l.named[string(c.RawIssuer)]
	for _, ca := range alike[:min(len(alike), maxWays)] {
		if k := l.kind(ca); has(way, ca) || ca.Equal(c) || k != Root && k != Intermediate {
			continue
		}
		if l.signed(c, ca) {
			found = append(found, ca)
		}
	}
	slices.SortStableFunc(found, func(a, b *x509.Certificate) int { return b.NotAfter.Compare(a.NotAfter) })
	return found
}

// signed remembers what signedBy found.
func (l *library) signed(c, ca *x509.Certificate) bool {
	at := link{c, ca}
	so, ok := l.links[at]
	if !ok {
		so = signedBy(c, ca)
		l.links[at] = so
	}
	return so
}

// signedBy checks the signature with the issuer's key. Where Go does not check it, the key identifiers have to do.
func signedBy(c, ca *x509.Certificate) bool {
	if unchecked(c) || oddKey(ca) {
		return keyFits(c, ca)
	}
	return ca.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
}

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

func (l *library) missing(c *x509.Certificate) *Missing {
	m := &Missing{Of: c, Issuer: IssuerOf(c)}
	for _, ca := range l.named[string(c.RawIssuer)] {
		m.Alike = m.Alike || !ca.Equal(c) && !l.signed(c, ca)
	}
	for _, u := range c.IssuingCertificateURL[:min(len(c.IssuingCertificateURL), maxShown)] {
		m.AIA = append(m.AIA, shorten(Printable(u)))
	}
	return m
}
