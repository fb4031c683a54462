package cert

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Kind is what a thing in a file is, by its content.
type Kind int

// The kinds that a CA's reply may hold.
const (
	Unknown Kind = iota
	Root
	Intermediate
	Application
	SelfSigned
	CSR
	Key
)

// String is what people read.
func (k Kind) String() string {
	return [...]string{"not a certificate", "root", "intermediate", "application", "self-signed", "CSR", "private key"}[k]
}

// Text is the kind as a sentence.
func (k Kind) Text() msg.Text { return msg.English(k.String()) }

// Classify tells root, intermediate and application certificate apart by what they are, never by a name.
func Classify(c *x509.Certificate) Kind {
	self := rfc5280.SelfIssued(c) && selfSigned(c)
	ca := c.IsCA || !c.BasicConstraintsValid && c.Version < 3 && self // an old version 1 root has no constraints
	switch {
	case ca && self:
		return Root
	case ca:
		return Intermediate
	case self:
		return SelfSigned
	}
	return Application
}

// selfSigned checks the signature with the certificate's own key; the CA flag does not matter here.
func selfSigned(c *x509.Certificate) bool { return rfc5280.Verify(c, c) != rfc5280.Wrong }

// unchecked: Go does not check the signature of such a request, because it is too weak or of a kind that it does not
// know (RSASSA-PSS with other parameters than the usual ones).
func unchecked(c *x509.Certificate) bool {
	return rfc5280.WeakSignature(c) || c.SignatureAlgorithm == x509.UnknownSignatureAlgorithm
}

// maxChecked is the largest RSA key with which signatures are checked, in bits: with a hostile one it would take hours.
const maxChecked = 16384

// oddKey: Go no longer checks signatures of RSA keys below 1024 bits, and this program none of huge ones.
func oddKey(c *x509.Certificate) bool {
	n := keySize(c)
	return n > 0 && n < minKeySize || n > maxChecked
}

// KeyID is the SHA-256 of a public key (SPKI, DER), in hex. It pairs a certificate with its CSR.
func KeyID(pub any) string {
	der, err := x509.MarshalPKIXPublicKey(pub)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:])
}

// KeyOf is the public key of a certificate, also where it is an RSA key that is marked for RSASSA-PSS alone; nil where it
// cannot be read.
func KeyOf(c *x509.Certificate) any { return rfc5280.PublicKey(c) }

// KeyWords names a public key for people: "RSA 2048", "EC P-256".
func KeyWords(pub any) msg.Text {
	switch k := pub.(type) {
	case *rsa.PublicKey:
		return msg.T("RSA %d", k.N.BitLen())
	case *ecdsa.PublicKey:
		return msg.T("EC %s", k.Curve.Params().Name)
	case ed25519.PublicKey:
		return msg.T("Ed25519")
	}
	return msg.T("unknown key")
}

// Fingerprint is the SHA-256 of the whole certificate, upper hex with colons.
func Fingerprint(c *x509.Certificate) string { return fingerprint(c.Raw) }

// RequestFingerprint is the same of a CSR.
func RequestFingerprint(csr *x509.CertificateRequest) string { return fingerprint(csr.Raw) }

func fingerprint(der []byte) string {
	sum := sha256.Sum256(der)
	parts := make([]string, len(sum))
	for i, b := range sum {
		parts[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(parts, ":")
}

// Serial is the serial number in upper hex, as nodes print it.
func Serial(c *x509.Certificate) string {
	if c.SerialNumber == nil {
		return ""
	}
	s := strings.ToUpper(c.SerialNumber.Text(16))
	if len(s)%2 == 1 && !strings.HasPrefix(s, "-") {
		s = "0" + s
	}
	return s
}

// PEM is the certificate in PEM with "\n" line ends: one certificate, as nodes take it.
func PEM(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}

// RequestPEM is a request in PEM with "\n" line ends.
func RequestPEM(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der})
}

// DaysLeft is how many whole days the certificate is still valid; negative when it has expired.
func DaysLeft(c *x509.Certificate, now time.Time) int {
	left := c.NotAfter.Sub(now)
	if left < 0 {
		return int(left.Hours()/24) - 1
	}
	return int(left.Hours() / 24)
}
