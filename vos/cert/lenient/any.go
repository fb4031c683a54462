package lenient

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
)

// AnyCertificate reads a certificate with crypto/x509, and what that refuses leniently: Limit then says why. Its bytes stay as they
// are. The error is that of crypto/x509, where the bytes are no certificate at all.
func AnyCertificate(der []byte) (*x509.Certificate, error) {
	c, err := x509.ParseCertificate(der)
	if err != nil {
		if one, rest, bad := ber.First(der); bad == nil && len(rest) > 0 { // what follows the certificate is none of its bytes
			if whole, err := x509.ParseCertificate(one.Full); err == nil {
				c = whole
			}
		}
		if c == nil {
			odd, bad := Certificate(der)
			if bad != nil {
				return nil, err
			}
			odd.ExtraExtensions = limited(err)
			return odd, nil
		}
	}
	if c.PublicKey == nil {
		_, c.PublicKey = Key(c.RawSubjectPublicKeyInfo)
	}
	return c, nil
}

// AnyRequest reads a CSR as AnyCertificate reads certificates.
func AnyRequest(der []byte) (*x509.CertificateRequest, error) {
	r, err := x509.ParseCertificateRequest(der)
	if err == nil {
		return r, nil
	}
	odd, bad := Request(der)
	if bad != nil {
		return nil, err
	}
	odd.ExtraExtensions = limited(err)
	return odd, nil
}

// oidLimit marks what was read leniently, in ExtraExtensions: crypto/x509 fills them for nothing that it parses.
var oidLimit = asn1.ObjectIdentifier{0, 0}

func limited(err error) []pkix.Extension {
	words := strings.TrimPrefix(err.Error(), "x509: ")
	if words == "malformed certificate" {
		words = "its encoding is not strict DER"
	}
	return []pkix.Extension{{Id: oidLimit, Value: []byte(words)}}
}

// Limit is why a certificate or CSR with these ExtraExtensions was read leniently, not made printable; "" where it was not.
func Limit(extra []pkix.Extension) string {
	if len(extra) == 1 && extra[0].Id.Equal(oidLimit) {
		return string(extra[0].Value)
	}
	return ""
}
