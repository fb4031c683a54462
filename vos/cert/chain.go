package cert

import (
	"crypto/x509"
	"slices"

	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
)

// Chain is an application certificate with every CA above it: its issuer first, the root last.
type Chain struct {
	Leaf *x509.Certificate
	CAs  []*x509.Certificate
}

// maxDepth bounds how far ways up are compared with each other. What clients take is less, and has a check of its own.
const maxDepth = 32

// maxWays bounds how many ways up are followed at once, whatever a hostile pool holds.
const maxWays = 64

// maxNamesakes bounds how many keys of CAs with one name are tried on one certificate.
const maxNamesakes = 1024

// certPool is a pool of CA certificates with an index: each is told apart once, found by its name, and its signature on
// another is checked once.
type certPool struct {
	kinds map[*x509.Certificate]Kind
	links map[link]rfc5280.Proof         // whether the one signed the other
	folds map[string]string              // a name in DER -> the key of all its forms
	named map[string][]*x509.Certificate // by subject, whatever its form (RFC 5280 7.1)
	known map[string]bool                // by content
	order []*x509.Certificate            // as they came
}

// link is a certificate and the key that may have signed it: many certificates of CAs may have one.
type link struct {
	of *x509.Certificate
	by string
}

func newLibrary(pool []*x509.Certificate) *certPool {
	l := &certPool{kinds: map[*x509.Certificate]Kind{}, links: map[link]rfc5280.Proof{}, folds: map[string]string{}, named: map[string][]*x509.Certificate{},
		known: map[string]bool{}}
	for _, c := range pool {
		l.add(c)
	}
	return l
}

// with is a library that holds more; what was found out so far is kept.
func (l *certPool) with(more []*x509.Certificate) *certPool {
	out := newLibrary(nil)
	out.kinds, out.links, out.folds = l.kinds, l.links, l.folds
	for _, c := range slices.Concat(l.order, more) {
		out.add(c)
	}
	return out
}

// fold is the key of a name in DER; each is read once.
func (l *certPool) fold(name []byte) string {
	key, ok := l.folds[string(name)]
	if !ok {
		key = rfc5280.FoldName(name)
		l.folds[string(name)] = key
	}
	return key
}

// issuersNamed are the CAs that bear the name of the issuer of c.
func (l *certPool) issuersNamed(c *x509.Certificate) []*x509.Certificate {
	return l.named[l.fold(c.RawIssuer)]
}

// add takes a certificate in, unless it is there.
func (l *certPool) add(c *x509.Certificate) {
	if c == nil || l.known[string(c.Raw)] {
		return
	}
	l.known[string(c.Raw)] = true
	l.order = append(l.order, c)
	key := l.fold(c.RawSubject)
	l.named[key] = append(l.named[key], c)
}

func (l *certPool) kind(c *x509.Certificate) Kind {
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
func (l *certPool) build(leaf *x509.Certificate, sound func(cas []*x509.Certificate) bool) (Chain, error) {
	if k := l.kind(leaf); k == Root || k == SelfSigned {
		return Chain{Leaf: leaf}, nil
	}
	var found []*x509.Certificate
	ways := [][]*x509.Certificate{{}}
	for depth := 0; depth < maxDepth && len(ways) > 0; depth++ {
		var longer [][]*x509.Certificate
		for _, way := range ways {
			for _, w := range l.step(leaf, way) {
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
	return l.reach(leaf)
}

// step returns the ways that lead one CA further up.
func (l *certPool) step(leaf *x509.Certificate, way []*x509.Certificate) [][]*x509.Certificate {
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

// issuers finds who signed c: by name, then by signature; key identifiers are only hints, and not every CA sets them. Of
// several, one whose signature could be checked comes first, then one that c names by its key identifier or serial number, then
// the one that lives longest. Where many bear the name, only the first maxNamesakes keys by that rank are tried.
// Whether a CA was allowed to sign is not asked here: the checks say it better than "missing".
func (l *certPool) issuers(c *x509.Certificate, way []*x509.Certificate) []*x509.Certificate {
	var found []*x509.Certificate
	alike, before := l.issuersNamed(c), len(l.links)
	if len(alike) > maxWays {
		alike = slices.Clone(alike)
		slices.SortStableFunc(alike, func(a, b *x509.Certificate) int { return rfc5280.IssuerRank(c, a) - rfc5280.IssuerRank(c, b) })
	}
	for _, ca := range alike {
		if len(found) == maxWays || len(l.links)-before == maxNamesakes {
			break
		}
		if k := l.kind(ca); has(way, ca) || ca.Equal(c) || k != Root && k != Intermediate {
			continue
		}
		if l.signed(c, ca) {
			found = append(found, ca)
		}
	}
	slices.SortStableFunc(found, func(a, b *x509.Certificate) int {
		if d := l.proof(c, b) - l.proof(c, a); d != 0 {
			return int(d)
		}
		if d := rfc5280.IssuerRank(c, a) - rfc5280.IssuerRank(c, b); d != 0 {
			return d
		}
		return b.NotAfter.Compare(a.NotAfter)
	})
	return found
}

// proof remembers what the signature of c says of a CA.
func (l *certPool) proof(c, ca *x509.Certificate) rfc5280.Proof {
	at := link{c, string(ca.RawSubjectPublicKeyInfo)}
	p, ok := l.links[at]
	if !ok {
		p = rfc5280.Verify(c, ca)
		l.links[at] = p
	}
	return p
}

// signed reports whether a CA signed c, as far as it can be checked.
func (l *certPool) signed(c, ca *x509.Certificate) bool { return accepts(l.proof(c, ca), c, ca) }

// signedBy checks the signature with the issuer's key. Where this program cannot check it, the key identifiers have to do.
func signedBy(c, ca *x509.Certificate) bool { return accepts(rfc5280.Verify(c, ca), c, ca) }

func accepts(p rfc5280.Proof, c, ca *x509.Certificate) bool {
	return p == rfc5280.Right || p == rfc5280.Unknown && rfc5280.KeyFits(c, ca)
}

func has(all []*x509.Certificate, c *x509.Certificate) bool {
	return slices.ContainsFunc(all, c.Equal)
}
