// Package certtest is the CA of the tests: keys, certificates and requests, made with one call each. What cannot be made ends
// the test. It imports nothing of this program, so that the tests of every package can use it.
package certtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"
)

// Key is a new key on P-256: the quickest to make.
func Key(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	return must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
}

// RSA is a new RSA key of 2048 bits, as nodes have them.
func RSA(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	return must(rsa.GenerateKey(rand.Reader, 2048))(t)
}

// DER signs a certificate with the key of a parent; without a parent it signs itself. The serial number is 1 where none is set.
// crypto/x509 need not be able to read what comes out.
func DER(t testing.TB, tpl, parent *x509.Certificate, pub any, by crypto.Signer) []byte {
	t.Helper()
	if tpl.SerialNumber == nil {
		tpl.SerialNumber = big.NewInt(1)
	}
	if parent == nil {
		parent = tpl
	}
	return must(x509.CreateCertificate(rand.Reader, tpl, parent, pub, by))(t)
}

// Sign is DER, read again.
func Sign(t testing.TB, tpl, parent *x509.Certificate, pub any, by crypto.Signer) *x509.Certificate {
	t.Helper()
	return must(x509.ParseCertificate(DER(t, tpl, parent, pub, by)))(t)
}

// SelfSigned signs a certificate with its own new key.
func SelfSigned(t testing.TB, tpl *x509.Certificate) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key := Key(t)
	return Sign(t, tpl, nil, key.Public(), key), key
}

// CA is the template of a CA certificate, valid from a year before some day until nine years after it.
func CA(cn string, day time.Time) *x509.Certificate {
	return &x509.Certificate{Subject: pkix.Name{CommonName: cn}, NotBefore: day.AddDate(-1, 0, 0), NotAfter: day.AddDate(9, 0, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign}
}

// Request is a CSR in DER.
func Request(t testing.TB, tpl *x509.CertificateRequest, key crypto.Signer) []byte {
	t.Helper()
	return must(x509.CreateCertificateRequest(rand.Reader, tpl, key))(t)
}

func must[T any](made T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
}
