package sim

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"math/big"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// units returns the identities of a node, in the order in which they are listed (docs/nodes.md 1.5).
func (n *node) units() []string {
	switch own := n.product.Facts().Own; {
	case len(own) > 0:
		return own
	case n.ecdsa:
		return []string{"tomcat", "tomcat-ECDSA", "ipsec"}
	}
	return []string{"tomcat", "ipsec"}
}

// fingerprint is SHA-256 over the certificate, hex in lower case.
func fingerprint(der []byte) string {
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:])
}

// sharedFrom is how many nodes a lab has that shares keys, and primes, among nodes, and sharedKeys how many there are then.
const (
	sharedFrom = 17
	sharedKeys = 16
)

// paired is set by the linker for the tests of the program, which serve a hundred labs (-ldflags "-X .../vos/sim.paired=yes"): keys of every lab
// are made of few primes then, as those of a big lab. No release sets it.
var paired string

// keyring sets where keys come from. A big lab would take minutes to make the keys that were there before anyone came:
// there nodes share some. Keys of requests are always fresh, though made of few primes there.
func (c *Cluster) keyring() {
	many := len(c.nodes) >= sharedFrom
	switch {
	case c.keys == nil && (many || paired != ""):
		c.keys = (&pairing{}).key
	case c.keys == nil:
		c.keys = func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) }
	}
	c.first = c.keys
	if many {
		c.first = shared(sharedKeys)
	}
}

// unitKey makes a key for a unit; an RSA key comes from the given source.
func unitKey(unit string, source func() (*rsa.PrivateKey, error)) (crypto.Signer, error) {
	if strings.HasSuffix(unit, "-ECDSA") {
		return ecdsa.GenerateKey(elliptic.P384(), rand.Reader) // Guess [I]: the size
	}
	return source()
}

// serial gives a number of 16 bytes that depends on the seed, the place and a count alone.
func (c *Cluster) serial(place string, count int) *big.Int {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %d", c.lab.Seed, place, count))
	sum[0] = sum[0]&0x3f | 0x40 // positive, and always of one length
	return new(big.Int).SetBytes(sum[:16])
}

// called is the full name of the node as it says it itself.
func (n *node) called(d *nodeDisk) string {
	if d.Domain != "" {
		return n.host + "." + d.Domain
	}
	return n.fqdn
}

// subject is what set web-security has been told on every node of the lab.
func subject(unit, fqdn string, ou bool) pkix.Name {
	cn := fqdn
	if strings.HasSuffix(unit, "-ECDSA") {
		host, domain, _ := strings.Cut(fqdn, ".")
		cn = host + "-EC." + domain
	}
	s := pkix.Name{CommonName: cn, Organization: []string{"Lab"}, OrganizationalUnit: []string{"Contact Centre"},
		Locality: []string{"Lab City"}, Province: []string{"Lab State"}, Country: []string{"GB"}}
	if !ou {
		s.OrganizationalUnit = nil
	}
	return s
}

func ipsecEndSystem() asn1.ObjectIdentifier { return asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 5} }

// selfSigned makes an identity of five years (docs/nodes.md 4).
func (n *node) selfSigned(unit, fqdn string, from time.Time, count int, odd bool) (identity, error) {
	source := n.c.keys
	if count == 0 {
		source = n.c.first
	}
	key, err := unitKey(unit, source)
	if err != nil {
		return identity{}, err
	}
	t := &x509.Certificate{
		SerialNumber: n.c.serial(n.fqdn+" "+unit, count),
		Subject:      subject(unit, fqdn, true),
		NotBefore:    from,
		NotAfter:     from.AddDate(5, 0, 0).Add(-time.Second),
		DNSNames:     []string{fqdn},
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageDataEncipherment |
			x509.KeyUsageKeyAgreement | x509.KeyUsageCertSign,
		ExtKeyUsage:        []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		UnknownExtKeyUsage: []asn1.ObjectIdentifier{ipsecEndSystem()},
	}
	if odd {
		t.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 311, 21, 10}, Critical: true, Value: []byte{0x30, 0}}}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		return identity{}, err
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	return identity{der, pkcs8}, err
}

// prepare makes the identities of all nodes of the group where they are missing, and puts them into each other's trust
// stores: keys cost time, so they are made when someone first looks. The caller holds the lock.
func (g *group) prepare() error {
	made := false
	for _, n := range g.nodes {
		if n.disk.Held["tomcat"] != "" {
			continue
		}
		made = true
		err := n.changeLocked(func(d *nodeDisk) error {
			if n.target != nil {
				return n.found(d)
			}
			for _, unit := range n.units() {
				if !strings.HasPrefix(unit, "tomcat") {
					continue // it is not served: made when it is shown
				}
				if err := n.renew(d, unit, d.Installed); err != nil {
					return err
				}
			}
			return n.serveHeld(d, n.ports...)
		})
		if err != nil {
			return err
		}
	}
	if !made {
		return nil
	}
	return g.introduce()
}

// renew gives a unit a new self-signed identity; it is held, not served. Each node trusts its own.
func (n *node) renew(d *nodeDisk, unit string, from time.Time) error {
	id, err := n.selfSigned(unit, n.called(d), from, d.Made, d.Odd)
	if err != nil {
		return err
	}
	d.Made++
	return n.hold(d, unit, id)
}

// hold makes an identity the one that a unit holds.
func (n *node) hold(d *nodeDisk, unit string, id identity) error {
	leaf, err := cert.FromDER(id.Cert)
	if err != nil {
		return err
	}
	fp := fingerprint(id.Cert)
	d.Identities[fp], d.Held[unit] = id, fp
	d.tidy()
	d.trust(trustStore(unit), leaf, n.serials, true)
	return nil
}

// tidy forgets identities that are neither held nor served.
func (d *nodeDisk) tidy() {
	used := map[string]bool{}
	for _, fp := range d.Held {
		used[fp] = true
	}
	for _, s := range d.Served {
		used[s.Identity] = true
	}
	for fp := range d.Identities {
		if !used[fp] {
			delete(d.Identities, fp)
		}
	}
}

// serveHeld makes ports serve what the node holds, with the chain that its trust store has now: what a start does.
func (n *node) serveHeld(d *nodeDisk, ports ...int) error {
	for _, unit := range []string{"tomcat", "tomcat-ECDSA"} {
		fp, ok := d.Held[unit]
		if !ok {
			continue
		}
		leaf, err := cert.FromDER(d.Identities[fp].Cert)
		if err != nil {
			return err
		}
		chain, _ := d.chain(trustStore(unit), leaf)
		for _, port := range ports {
			d.Served[servedAt(unit, port)] = served{fp, chain}
		}
	}
	d.tidy()
	return nil
}

// chain returns the intermediates between a certificate and its root, and whether the root is in the store.
func (d *nodeDisk) chain(store string, leaf *x509.Certificate) (between [][]byte, whole bool) {
	for at := leaf; len(between) < 10; {
		if issued(at, at) {
			return between, true
		}
		next := d.issuer(store, at)
		if next == nil {
			return between, false
		}
		if !issued(next, next) {
			between = append(between, next.Raw)
		}
		at = next
	}
	return between, false
}

// issuer finds the CA that signed a certificate.
func (d *nodeDisk) issuer(store string, of *x509.Certificate) *x509.Certificate {
	for _, t := range d.Trust {
		if t.Store != store {
			continue
		}
		if ca, err := cert.FromDER(t.Cert); err == nil && !bytes.Equal(ca.Raw, of.Raw) && ca.IsCA && issued(ca, of) {
			return ca
		}
	}
	return nil
}

// issued reports whether one certificate signed the other.
func issued(by, what *x509.Certificate) bool {
	return bytes.Equal(by.RawSubject, what.RawIssuer) && by.CheckSignature(what.SignatureAlgorithm, what.RawTBSCertificate, what.Signature) == nil
}

// names returns the SANs of a certificate or request as a sorted set.
func names(dns []string, ips []net.IP, mail []string) []string {
	var all []string
	for _, s := range dns {
		all = append(all, "dns "+strings.ToLower(strings.TrimSuffix(s, ".")))
	}
	for _, ip := range ips {
		all = append(all, "ip "+ip.String())
	}
	for _, s := range mail {
		all = append(all, "mail "+s)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
