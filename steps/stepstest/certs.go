package stepstest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"
)

// Certificate makes a certificate with one thing bent.
func Certificate(t *testing.T, bend func(*x509.Certificate)) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "cm1.example.com"}, DNSNames: []string{"cm1.example.com"},
		NotBefore: Day().Add(-time.Hour), NotAfter: Day().Add(time.Hour), ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	bend(c)
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// Day is the moment at which all journals of these tests are written.
func Day() time.Time { return time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC) }

// AsItIs leaves a certificate as it is.
func AsItIs(*x509.Certificate) {}
