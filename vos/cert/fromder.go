package cert

import (
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/vos/cert/lenient"
)

// FromDER reads a certificate that a file, a node or a handshake gave. What crypto/x509 refuses is read leniently, and Limit
// says of it what this program cannot read; its bytes stay as they are. The error is that of crypto/x509, where the bytes are
// no certificate at all.
func FromDER(der []byte) (*x509.Certificate, error) { return lenient.AnyCertificate(der) }

// RequestFromDER reads a CSR as FromDER reads certificates.
func RequestFromDER(der []byte) (*x509.CertificateRequest, error) { return lenient.AnyRequest(der) }

// Limit is why this program cannot read a certificate whole, printable; "" where it can.
func Limit(c *x509.Certificate) string { return Shown(lenient.Limit(c.ExtraExtensions)) }

// RequestLimit is why this program cannot read a CSR whole, printable; "" where it can.
func RequestLimit(r *x509.CertificateRequest) string { return Shown(lenient.Limit(r.ExtraExtensions)) }
