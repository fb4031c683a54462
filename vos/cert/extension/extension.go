// Package extension reads the extensions of certificates and CSRs: which are critical, what a key may be used for, and the marks of
// public CAs. It judges nothing.
package extension

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
)

var (
	oidKeyUsage         = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidBasicConstraints = asn1.ObjectIdentifier{2, 5, 29, 19}
	oidNameConstraints  = asn1.ObjectIdentifier{2, 5, 29, 30}
	oidPurposes         = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidServerAuth       = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 1}
	oidClientAuth       = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 2}
	oidPoison           = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 3} // RFC 6962 3.1
	oidLogged           = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 2} // Certificate Transparency
	oidTLSFeature       = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 24}       // RFC 7633
	oidPublic           = asn1.ObjectIdentifier{2, 23, 140, 1}                    // policies of the CA/Browser Forum
)

// statusRequest is the TLS feature "must-staple".
const statusRequest = 5

// understood are the extensions that Java and OpenSSL take where they are critical (RFC 5280 4.2).
var understood = []asn1.ObjectIdentifier{oidKeyUsage, oidBasicConstraints, oidPurposes, {2, 5, 29, 17}, oidNameConstraints, {2, 5, 29, 32}, {2, 5, 29, 33}, {2, 5, 29, 36}, {2, 5, 29, 54}}

// Poison is the extension of a precertificate, as a dotted number.
func Poison() string { return oidPoison.String() }

// Critical are the extensions of a certificate that are critical, as dotted numbers, and must not be in one of Unified CM: all but
// Key Usage and Basic Constraints (TRB-1, CSCvd56174).
func Critical(c *x509.Certificate) []string {
	return critical(c, []asn1.ObjectIdentifier{oidKeyUsage, oidBasicConstraints})
}

// UnknownCritical are the critical extensions of a certificate that clients do not know, as dotted numbers; Poison is none of them.
func UnknownCritical(c *x509.Certificate) []string {
	return slices.DeleteFunc(critical(c, understood), func(id string) bool { return id == Poison() })
}

func critical(c *x509.Certificate, but []asn1.ObjectIdentifier) []string {
	var all []string
	for _, e := range c.Extensions {
		if e.Critical && !slices.ContainsFunc(but, e.Id.Equal) {
			all = append(all, e.Id.String())
		}
	}
	return all
}

// Constrained reports whether a CA has name constraints.
func Constrained(ca *x509.Certificate) bool { return has(ca, oidNameConstraints) }

// Precertificate reports whether a certificate is one that no client takes (RFC 6962 3.1).
func Precertificate(c *x509.Certificate) bool { return has(c, oidPoison) }

// Public reports whether a certificate comes from a public CA, by the marks that browsers ask of one.
func Public(c *x509.Certificate) bool {
	for _, id := range c.PolicyIdentifiers {
		if len(id) > len(oidPublic) && id[:len(oidPublic)].Equal(oidPublic) {
			return true
		}
	}
	return has(c, oidLogged)
}

func has(c *x509.Certificate, id asn1.ObjectIdentifier) bool {
	return slices.ContainsFunc(c.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(id) })
}

// KeyUsages are the bits of each Key Usage that can be read: of what sound certificates have one.
func KeyUsages(all []pkix.Extension) []asn1.BitString {
	return values[asn1.BitString](all, oidKeyUsage)
}

// MustStaple reports whether a certificate is good only with an OCSP answer beside it (RFC 7633).
func MustStaple(c *x509.Certificate) bool {
	return slices.ContainsFunc(values[[]int](c.Extensions, oidTLSFeature), func(features []int) bool { return slices.Contains(features, statusRequest) })
}

// Usages tells whether a certificate may be used by servers and by clients; without the extension it may be both.
func Usages(c *x509.Certificate) (server, client bool) {
	if slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageAny) || len(c.ExtKeyUsage)+len(c.UnknownExtKeyUsage) == 0 {
		return true, true
	}
	return slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageServerAuth), slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageClientAuth)
}

// AskedForBoth reports whether a CSR asks for server and client authentication, or for no purpose at all.
func AskedForBoth(r *x509.CertificateRequest) bool {
	for _, asked := range values[[]asn1.ObjectIdentifier](r.Extensions, oidPurposes) {
		if !slices.ContainsFunc(asked, oidServerAuth.Equal) || !slices.ContainsFunc(asked, oidClientAuth.Equal) {
			return false
		}
	}
	return true
}

// values are what can be read of each extension with that number.
func values[T any](all []pkix.Extension, id asn1.ObjectIdentifier) (found []T) {
	for _, e := range all {
		var one T
		if !e.Id.Equal(id) {
			continue
		}
		if _, err := asn1.Unmarshal(e.Value, &one); err == nil {
			found = append(found, one)
		}
	}
	return found
}
