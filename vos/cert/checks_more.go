package cert

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

var (
	oidKeyUsage         = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidBasicConstraints = asn1.ObjectIdentifier{2, 5, 29, 19}
)

// lookCritical names critical extensions other than Key Usage and Basic Constraints.
func lookCritical(p pair) msg.Text {
	if p.req.Limits.known() || len(unknownCritical(p.cert)) > 0 { // it hurts Unified CM alone; what hurts all is a fault
		return msg.Text{}
	}
	return criticals(p.cert)
}

func lookCriticalCM(p pair) msg.Text {
	if !p.req.Limits.Peer {
		return msg.Text{}
	}
	return criticals(p.cert)
}

func criticals(c *x509.Certificate) msg.Text {
	others := slices.DeleteFunc(CriticalExtensions(c), func(id string) bool { return id == oidPoison.String() }) // that has a check of its own
	if len(others) == 0 {
		return msg.Text{}
	}
	return msg.T("unexpected critical extensions: %s", strings.Join(others, ", "))
}

// usageWords are the key usages by their bit.
func usageWords() []msg.Text {
	return []msg.Text{msg.T("digital signature"), msg.T("content commitment"), msg.T("key encipherment"), msg.T("data encipherment"), msg.T("key agreement")}
}

// lookKeyUsage holds the key usages against those that the request asked for. Key agreement is left out: no CA signs it
// for RSA keys, and nodes do not mind.
func lookKeyUsage(p pair) msg.Text {
	if p.req.CSR == nil || p.cert.KeyUsage == 0 {
		return msg.Text{}
	}
	var dropped []msg.Text
	for _, e := range p.req.CSR.Extensions {
		var bits asn1.BitString
		if !e.Id.Equal(oidKeyUsage) {
			continue
		}
		if _, err := asn1.Unmarshal(e.Value, &bits); err != nil {
			continue
		}
		for i, word := range usageWords()[:4] {
			if bits.At(i) == 1 && p.cert.KeyUsage&(1<<i) == 0 {
				dropped = append(dropped, word)
			}
		}
	}
	if len(dropped) == 0 {
		return msg.Text{}
	}
	return msg.T("key usages of the CSR are missing: %s", msg.Joined(dropped, ", "))
}

// lookLongLife: what public CAs may issue, by the day on which the certificate begins.
func lookLongLife(p pair) msg.Text {
	if public(p.cert) {
		return msg.Text{}
	}
	return longLife(p.cert)
}

func lookLongPublic(p pair) msg.Text {
	if !public(p.cert) {
		return msg.Text{}
	}
	return longLife(p.cert)
}

func longLife(c *x509.Certificate) msg.Text {
	days := int(c.NotAfter.Sub(c.NotBefore).Hours() / 24)
	if limit := publicLimit(c.NotBefore); limit > 0 && days > limit {
		return msg.T("valid for %d days; public CAs issue for at most %d", days, limit)
	}
	return msg.Text{}
}

var (
	oidPublic = asn1.ObjectIdentifier{2, 23, 140, 1}                    // policies of the CA/Browser Forum
	oidLogged = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 2} // Certificate Transparency
)

// public reports whether a certificate comes from a public CA, by the marks that browsers ask of one.
func public(c *x509.Certificate) bool {
	for _, id := range c.PolicyIdentifiers {
		if len(id) > len(oidPublic) && id[:len(oidPublic)].Equal(oidPublic) {
			return true
		}
	}
	return slices.ContainsFunc(c.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(oidLogged) })
}

// publicLimit is how many days a public certificate may live that begins on a day; 0: there is no limit.
func publicLimit(from time.Time) int {
	for _, l := range facts.Lifetimes() {
		if !from.Before(l.Since) {
			return l.Days
		}
	}
	return 0
}

// CriticalExtensions returns the extensions, as dotted numbers, that are marked critical in a certificate and must not
// be in one of Unified CM: all but Key Usage and Basic Constraints (TRB-1, CSCvd56174).
func CriticalExtensions(c *x509.Certificate) []string {
	var others []string
	for _, e := range c.Extensions {
		if e.Critical && !e.Id.Equal(oidKeyUsage) && !e.Id.Equal(oidBasicConstraints) {
			others = append(others, e.Id.String())
		}
	}
	return others
}
