package cert

import (
	"bytes"
	"crypto/x509"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/extension"
	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/cert/san"
	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// What clients refuse, whatever the node says to it.

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
	if extension.Precertificate(p.cert) {
		return msg.T("it is a precertificate: it has the poison extension %s", extension.Poison())
	}
	return msg.Text{}
}

func lookCriticalUnknown(p pair) msg.Text {
	if all := extension.UnknownCritical(p.cert); len(all) > 0 && !p.req.Limits.Peer {
		return msg.T("it has critical extensions that clients do not know (Java at least): %s", List(all))
	}
	return msg.Text{}
}

func lookCACritical(p pair) msg.Text {
	for _, ca := range p.chain.CAs {
		if all := extension.UnknownCritical(ca); len(all) > 0 {
			return msg.T("%s has critical extensions that clients do not know (Java at least): %s", Name(ca), List(all))
		}
	}
	return msg.Text{}
}

// lookNoSigning: TLS 1.3, and all that is left of TLS 1.2, has the server sign.
func lookNoSigning(p pair) msg.Text {
	for _, bits := range extension.KeyUsages(p.cert.Extensions) {
		if bits.At(0) == 1 {
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
	if extension.MustStaple(p.cert) {
		return msg.T("it requires OCSP stapling (must-staple, TLS feature status_request)")
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
	all := san.Internal(names)
	if len(all) == 0 {
		return msg.Text{}
	}
	return msg.T("it contains names that no public CA signs: %s", List(all))
}
