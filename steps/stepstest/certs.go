package stepstest

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// Certificate makes a certificate with one thing bent.
func Certificate(t *testing.T, bend func(*x509.Certificate)) *x509.Certificate {
	t.Helper()
	key := certtest.Key(t)
	c := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "cm1.example.com"}, DNSNames: []string{"cm1.example.com"},
		NotBefore: Day().Add(-time.Hour), NotAfter: Day().Add(time.Hour), ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	bend(c)
	return certtest.Sign(t, c, nil, key.Public(), key)
}

// Day is the moment at which all journals of these tests are written.
func Day() time.Time { return time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC) }

// AsItIs leaves a certificate as it is.
func AsItIs(*x509.Certificate) {}
