package cert

import (
	"crypto/rsa"
	"crypto/x509"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/extension"
	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/cert/san"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// pair is an application certificate next to the request that it answers.
type pair struct {
	req   Request
	cert  *x509.Certificate
	chain Chain
	now   time.Time
	all   []Request // all that went to the CA
	pool  *certPool // the CAs that were sent and those that the node holds

	alt  []rfc5280.AltName // of the certificate, where they were read already
	dns  []string          // the DNS names of these, in small letters
	read bool
}

// names are the alternative names of the certificate, and the DNS names of these in small letters.
func (p pair) names() ([]rfc5280.AltName, []string) {
	if p.read {
		return p.alt, p.dns
	}
	all := san.OfCertificate(p.cert)
	return all, san.Hosts(all)
}

// hosts are the DNS names of the certificate, in small letters.
func (p pair) hosts() []string {
	_, dns := p.names()
	return dns
}

// lookSAN compares the names with those of the request: of every kind, whatever their order and case. A CSR without names
// leaves them to the CA (PRE-8).
func lookSAN(p pair) msg.Text {
	if p.req.CSR == nil {
		return msg.Text{}
	}
	want := san.OfRequest(p.req.CSR)
	got, _ := p.names()
	if len(want) == 0 {
		return msg.Text{}
	}
	var parts []msg.Text
	added := san.Beyond(got, want)
	if len(added) > 0 {
		parts = append(parts, msg.T("added: %s", List(added)))
	}
	if dropped := san.Beyond(want, got); len(dropped) > 0 {
		parts = append(parts, msg.T("removed: %s", List(dropped)))
	}
	if len(parts) == 0 {
		return msg.Text{}
	}
	what := msg.T("the names (SAN) differ from the CSR: %s", msg.Joined(parts, "; "))
	if slices.ContainsFunc(p.hosts(), func(s string) bool { return strings.ContainsFunc(s, func(r rune) bool { return r > '~' }) }) {
		what = msg.T("%s; a DNS name may contain only ASCII characters (others are written as xn--...)", what)
	}
	return what
}

// dnsNames are the DNS names of a certificate in small letters.
func dnsNames(c *x509.Certificate) []string { return san.Hosts(san.OfCertificate(c)) }

func lookFQDN(p pair) msg.Text {
	switch {
	case p.req.Node == "" || slices.Contains(p.hosts(), strings.ToLower(p.req.Node)):
		return msg.Text{}
	case len(p.hosts()) == 0:
		return msg.T("the certificate has no names (SAN)")
	}
	return msg.T("the node's FQDN is not in the SAN: %s", List(p.hosts()))
}

// lookSwapped: the key is one node's, the names are another's.
func lookSwapped(p pair) msg.Text {
	if p.req.Node == "" || bearsName(p.cert, p.req.Node) {
		return msg.Text{}
	}
	for _, other := range p.all {
		if !strings.EqualFold(other.Node, p.req.Node) && bearsName(p.cert, other.Node) {
			return msg.T("the name is %s, but the key belongs to the CSR of %s", other.Node, p.req.Node)
		}
	}
	return msg.Text{}
}

// bearsName reports whether a certificate is meant for a node, by what it says.
func bearsName(c *x509.Certificate, node string) bool {
	return slices.Contains(dnsNames(c), strings.ToLower(node)) || strings.EqualFold(c.Subject.CommonName, node)
}

func lookWildcard(p pair) msg.Text {
	for _, name := range append([]string{p.cert.Subject.CommonName}, p.hosts()...) {
		if strings.HasPrefix(name, "*.") {
			return msg.T("wildcard certificate: %s", List([]string{name}))
		}
	}
	return msg.Text{}
}

func lookExpired(p pair) msg.Text {
	if p.now.After(p.cert.NotAfter) {
		return msg.T("expired on %s", p.cert.NotAfter.UTC().Format(time.DateOnly))
	}
	return msg.Text{}
}

func lookNotYet(p pair) msg.Text {
	if p.now.Before(p.cert.NotBefore) {
		return msg.T("not valid before %s", p.cert.NotBefore.UTC().Format("2006-01-02 15:04 MST"))
	}
	return msg.Text{}
}

func lookSHA1(p pair) msg.Text {
	if rfc5280.WeakSignature(p.cert) {
		return msg.T("signed with %s", p.cert.SignatureAlgorithm.String())
	}
	return msg.Text{}
}

func lookSelf(p pair) msg.Text {
	if k := Classify(p.cert); k == SelfSigned || k == Root {
		return msg.T("self-signed")
	}
	return msg.Text{}
}

func lookEKUServer(p pair) msg.Text {
	if server, _ := extension.Usages(p.cert); !server {
		return msg.T("no server authentication in Extended Key Usage")
	}
	return msg.Text{}
}

const noClientAuth = "no client authentication in Extended Key Usage"

func lookEKU(p pair) msg.Text {
	if _, client := extension.Usages(p.cert); client || p.req.Limits.ClientAuth > ClientNeeded {
		return msg.Text{}
	}
	return msg.T(noClientAuth)
}

func lookEKUMended(p pair) msg.Text {
	if _, client := extension.Usages(p.cert); client || p.req.Limits.ClientAuth != ClientMended {
		return msg.Text{}
	}
	return msg.T(noClientAuth)
}

// Sizes of RSA keys, in bits.
const (
	minKeySize   = 1024
	guideKeySize = 2048 // the largest that the guide allows for UCCX, and the smallest that browsers take (PRE-4)
	maxKeySize   = 4096 // what the platform takes at most (docs/nodes.md 3)
)

// keySize is the size of an RSA key in bits, or 0.
func keySize(c *x509.Certificate) int {
	if k, ok := KeyOf(c).(*rsa.PublicKey); ok {
		return k.N.BitLen()
	}
	return 0
}

// sized says the size of a key where it lies above one bound and not above another.
func sized(c *x509.Certificate, above, upTo int) msg.Text {
	if n := keySize(c); n > above && n <= upTo {
		return msg.T("key length: %d bits", n)
	}
	return msg.Text{}
}

func lookTooSmall(p pair) msg.Text { return sized(p.cert, 0, minKeySize-1) }
func lookKeyWeak(p pair) msg.Text  { return sized(p.cert, minKeySize-1, guideKeySize-1) }
func lookTooLarge(p pair) msg.Text { return sized(p.cert, maxKeySize, math.MaxInt) }

// lookKeySize: sizes that no source of this product allows, or only one of two.
func lookKeySize(p pair) msg.Text {
	what := sized(p.cert, guideKeySize, maxKeySize)
	if l := p.req.Limits; what.IsZero() || slices.Contains(l.KeyBits, keySize(p.cert)) {
		return msg.Text{}
	} else if l.known() {
		what = msg.T("%s; for %s %s names %s", what, l.Title, l.KeySource, sizeList(l.KeyBits))
	}
	return what
}

func sizeList(bits []int) string {
	words := make([]string, len(bits))
	for i, n := range bits {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
}

// shortLife is below what number of days a fresh certificate deserves a word.
const shortLife = 30

func lookShort(p pair) msg.Text {
	at := p.req.at(p.now)
	switch left := DaysLeft(p.cert, at); {
	case left < 0 || left >= shortLife:
		return msg.Text{}
	case at.After(p.now):
		return msg.N("only 1 day of validity left at the change window (%[1]s)", "only %[2]d days of validity left at the change window (%[1]s)", left, at.UTC().Format(time.DateOnly), left)
	default:
		return msg.N("only 1 day of validity left", "only %d days of validity left", left)
	}
}
