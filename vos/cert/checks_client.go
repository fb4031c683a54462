package cert

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// What clients refuse, whatever the node says to it.

var (
	oidPoison     = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 3} // RFC 6962 3.1
	oidTLSFeature = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 24}       // RFC 7633
)

// statusRequest is the TLS feature "must-staple".
const statusRequest = 5

// Served judges a certificate as a server presents it, without a request and without a chain: what clients refuse. Of a
// self-signed one its signature and its purposes do not count.
func Served(c *x509.Certificate, now time.Time) []Finding {
	kind := Classify(c)
	if kind != Application && kind != SelfSigned {
		return nil
	}
	var found []Finding
	for _, k := range checks() {
		client := slices.ContainsFunc(clientChecks(), func(o check) bool { return o.code == k.code })
		if !client && (kind == SelfSigned || k.code != "sha1" && k.code != "eku-server") {
			continue
		}
		if what := k.look(pair{cert: c, now: now}); !what.IsZero() {
			found = append(found, k.fill(Finding{What: what}))
		}
	}
	return found
}

func lookPrecert(p pair) msg.Text {
	if hasExtension(p.cert, oidPoison) {
		return msg.T("it is a precertificate: it has the poison extension %s", oidPoison.String())
	}
	return msg.Text{}
}

func hasExtension(c *x509.Certificate, id asn1.ObjectIdentifier) bool {
	return slices.ContainsFunc(c.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(id) })
}

// understood are the extensions that Java and OpenSSL take where they are critical (RFC 5280 4.2).
var understood = []asn1.ObjectIdentifier{oidKeyUsage, oidBasicConstraints, {2, 5, 29, 37}, {2, 5, 29, 17}, oidNameConstraints, {2, 5, 29, 32}, {2, 5, 29, 33}, {2, 5, 29, 36}, {2, 5, 29, 54}}

// unknownCritical are the critical extensions of a certificate that clients do not know.
func unknownCritical(c *x509.Certificate) []string {
	var all []string
	for _, e := range c.Extensions {
		if e.Critical && !e.Id.Equal(oidPoison) && !slices.ContainsFunc(understood, e.Id.Equal) {
			all = append(all, e.Id.String())
		}
	}
	return all
}

func lookCriticalUnknown(p pair) msg.Text {
	if all := unknownCritical(p.cert); len(all) > 0 && !p.req.Limits.Peer {
		return msg.T("it has critical extensions that clients do not know (Java at least): %s", List(all))
	}
	return msg.Text{}
}

func lookCACritical(p pair) msg.Text {
	for _, ca := range p.chain.CAs {
		if all := unknownCritical(ca); len(all) > 0 {
			return msg.T("%s has critical extensions that clients do not know (Java at least): %s", Name(ca), List(all))
		}
	}
	return msg.Text{}
}

// lookNoSigning: TLS 1.3, and all that is left of TLS 1.2, has the server sign.
func lookNoSigning(p pair) msg.Text {
	for _, e := range p.cert.Extensions {
		var bits asn1.BitString
		if !e.Id.Equal(oidKeyUsage) {
			continue
		}
		if _, err := asn1.Unmarshal(e.Value, &bits); err != nil || bits.At(0) == 1 {
			continue
		}
		if !slices.ContainsFunc(bits.Bytes, func(b byte) bool { return b != 0 }) {
			return msg.T("its Key Usage is empty: it allows nothing, not even Digital Signature")
		}
		return msg.T("its Key Usage lacks Digital Signature")
	}
	return msg.Text{}
}

func lookStaple(p pair) msg.Text {
	for _, e := range p.cert.Extensions {
		var features []int
		if !e.Id.Equal(oidTLSFeature) {
			continue
		}
		if _, err := asn1.Unmarshal(e.Value, &features); err == nil && slices.Contains(features, statusRequest) {
			return msg.T("it requires OCSP stapling (must-staple, TLS feature status_request)")
		}
	}
	return msg.Text{}
}

func lookTestCA(p pair) msg.Text {
	for _, c := range append([]*x509.Certificate{p.cert}, p.chain.CAs...) {
		for _, name := range append(append([]string{c.Issuer.CommonName}, c.Issuer.Organization...), c.Issuer.OrganizationalUnit...) {
			if facts.TestCA(name) {
				return msg.T("%s was signed by a CA for tests: %s", Name(c), Shown(name))
			}
		}
	}
	return msg.Text{}
}

// lookRootUnlike: a root that bears the name of a public one, and is another.
func lookRootUnlike(p pair) msg.Text {
	for _, ca := range p.chain.CAs {
		r, ok := facts.RootNamed(ca.Subject.CommonName)
		if ok && r.SHA256 != "" && Classify(ca) == Root && strings.ReplaceAll(Fingerprint(ca), ":", "") != r.SHA256 {
			return msg.T("%s has the name of a public root but is another certificate. Its SHA-256 is %s", Name(ca), Fingerprint(ca))
		}
	}
	return msg.Text{}
}

// Lengths of chains that Java takes (facts java-path-length, java-chain-length).
const (
	maxIntermediates = 5  // that it finds by itself
	maxSent          = 10 // certificates that a server may send: the root stays at home
)

func lookChainLong(p pair) msg.Text {
	if n := len(p.chain.CAs); n > maxSent {
		return msg.T("its chain has %d CAs: without the root the server sends %d certificates", n, n)
	}
	return msg.Text{}
}

func lookChainDeep(p pair) msg.Text {
	if n := len(p.chain.CAs) - 1; n > maxIntermediates && n < maxSent {
		return msg.T("its chain has %d intermediates", n)
	}
	return msg.Text{}
}

// lookNameForm: names that are equal by RFC 5280 7.1, and not byte by byte.
func lookNameForm(p pair) msg.Text { return otherForm(p, true) }

// lookNameFormJava: names that are equal by RFC 5280 7.1, and that Java takes for different ones.
func lookNameFormJava(p pair) msg.Text { return otherForm(p, false) }

func otherForm(p pair, java bool) msg.Text {
	below := p.cert
	for _, ca := range p.chain.CAs {
		if !bytes.Equal(below.RawIssuer, ca.RawSubject) && rfc5280.SameNameJava(below.RawIssuer, ca.RawSubject) == java {
			return msg.T("the issuer in %s and the subject of %s are the same name in different forms", Name(below), Name(ca))
		}
		below = ca
	}
	return msg.Text{}
}

func lookNoCN(p pair) msg.Text {
	if p.cert.Subject.CommonName == "" {
		return msg.T("it has no common name")
	}
	return msg.Text{}
}

func lookInternal(p pair) msg.Text {
	all, _ := p.names()
	return internal(all)
}

// internal finds names that no public CA signs.
func internal(names []rfc5280.AltName) msg.Text {
	var all []string
	for _, n := range names {
		switch {
		case n.Kind == "DNS" && InternalName(n.Text):
			all = append(all, n.Text)
		case n.Kind == "IP" && privateIP(net.ParseIP(n.Text)):
			all = append(all, n.Text)
		}
	}
	if len(all) == 0 {
		return msg.Text{}
	}
	return msg.T("it contains names that no public CA signs: %s", List(all))
}

// InternalName reports whether a DNS name exists on no public server: no public CA signs it (CA/Browser Forum baseline requirements 4.2.2).
func InternalName(name string) bool {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	last := name[strings.LastIndex(name, ".")+1:]
	return !strings.Contains(name, ".") || strings.HasSuffix(name, ".home.arpa") ||
		slices.Contains([]string{"local", "localdomain", "lan", "internal", "intranet", "corp", "home", "private", "priv", "loc", "domain", "workgroup", "test", "invalid", "localhost"}, last)
}

func privateIP(ip net.IP) bool {
	if ip == nil {
		return false
	}
	shared := net.IPNet{IP: net.IPv4(100, 64, 0, 0), Mask: net.CIDRMask(10, 32)} // RFC 6598
	return ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified() || shared.Contains(ip)
}
