package cert

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
	"github.com/uccx-tui/uccx-tui/vos/cert/lenient"
)

// FromDER reads a certificate that a file, a node or a handshake gave. What crypto/x509 refuses is read leniently, and Limit
// says of it what this program cannot read; its bytes stay as they are. The error is that of crypto/x509, where the bytes are
// no certificate at all.
func FromDER(der []byte) (*x509.Certificate, error) {
	c, err := x509.ParseCertificate(der)
	if err != nil {
		if one, rest, bad := ber.First(der); bad == nil && len(rest) > 0 { // what follows the certificate is none of its bytes
			if whole, err := x509.ParseCertificate(one.Full); err == nil {
				c = whole
			}
		}
		if c == nil {
			odd, bad := lenient.Certificate(der)
			if bad != nil {
				return nil, err
			}
			odd.ExtraExtensions = limited(err)
			return odd, nil
		}
	}
	if c.PublicKey == nil {
		_, c.PublicKey = lenient.Key(c.RawSubjectPublicKeyInfo)
	}
	return c, nil
}

// RequestFromDER reads a CSR as FromDER reads certificates.
func RequestFromDER(der []byte) (*x509.CertificateRequest, error) {
	r, err := x509.ParseCertificateRequest(der)
	if err == nil {
		return r, nil
	}
	odd, bad := lenient.Request(der)
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

// Limit is why this program cannot read a certificate whole, printable; "" where it can.
func Limit(c *x509.Certificate) string { return limitIn(c.ExtraExtensions) }

// RequestLimit is why this program cannot read a CSR whole, printable; "" where it can.
func RequestLimit(r *x509.CertificateRequest) string { return limitIn(r.ExtraExtensions) }

func limitIn(extra []pkix.Extension) string {
	if len(extra) == 1 && extra[0].Id.Equal(oidLimit) {
		return Shown(string(extra[0].Value))
	}
	return ""
}
