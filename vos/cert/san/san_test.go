package san

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"strings"
	"testing"

	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // -update
)

// TestNodeOf: whose CSR it is, and who shares it, by what it says.
func TestNodeOf(t *testing.T) {
	for _, c := range []struct {
		cn, names, node, peers string
	}{
		{"uccx1.example.com", "uccx1.example.com", "uccx1.example.com", ""},
		{"UCCX1.Example.com", "uccx1.example.com example.com", "uccx1.example.com", ""},
		{"uccx1-ms.example.com", "uccx1.example.com uccx2.example.com", "uccx1.example.com", "uccx2.example.com"},
		{"uccx1-ms.example.com", "uccx2.example.com uccx1.example.com example.com", "uccx1.example.com", "uccx2.example.com"},
		{"cucm1-EC-ms.example.com", "cucm1.example.com imp1.example.com example.com", "cucm1.example.com", "imp1.example.com"},
		{"uccx1-EC.example.com", "uccx1.example.com", "uccx1.example.com", ""},
		{"uccx1-ms.example.com", "uccx1-ms.example.com", "uccx1-ms.example.com", ""},
		{"uccx1-ms.example.com", "uccx5.example.com uccx6.example.com", "uccx5.example.com", "uccx6.example.com"},
		{"contact.example.com", "uccx1.example.com uccx2.example.com", "uccx1.example.com", "uccx2.example.com"},
		{"uccx9.example.com", "uccx1.example.com", "uccx9.example.com", ""},
		{"uccx1", "example.com uccx1.example.com", "uccx1.example.com", ""},
		{"", "example.com uccx1.example.com", "uccx1.example.com", ""},
		{"uccx1", "uccx1", "uccx1", ""},
		{"uccx1.example.com", "", "uccx1.example.com", ""},
		{"uccx1-ms.example.com", "", "uccx1.example.com", ""},
		{"uccx1.example.com", "uccx1.example.com www.uccx1.example.com", "uccx1.example.com", ""},
		{"", "", "", ""},
	} {
		node, peers := NodeOf(&x509.CertificateRequest{Subject: pkix.Name{CommonName: c.cn}, DNSNames: strings.Fields(c.names)})
		if node != c.node || strings.Join(peers, " ") != c.peers {
			t.Errorf("%q %q: %q shared by %q, want %q and %q", c.cn, c.names, node, peers, c.node, c.peers)
		}
	}
}
