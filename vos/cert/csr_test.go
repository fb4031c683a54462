package cert

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// TestCheckRequest: what is wrong with a CSR is said before it goes to the CA.
func TestCheckRequest(t *testing.T) {
	big, err := rsa.GenerateKey(rand.Reader, 4096)
	if err != nil {
		t.Fatal(err)
	}
	make := func(key crypto.Signer, cn string, names ...string) *x509.CertificateRequest {
		serverOnly, err := asn1.Marshal([]asn1.ObjectIdentifier{asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 1}})
		if err != nil {
			t.Fatal(err)
		}
		tpl := &x509.CertificateRequest{Subject: pkix.Name{CommonName: cn}, DNSNames: names}
		if strings.HasPrefix(cn, "server") {
			tpl.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Value: serverOnly}}
		}
		der := certtest.Request(t, tpl, key)
		r, err := x509.ParseCertificateRequest(der)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	const node, peer, chat = "uccx1.example.com", "uccx2.example.com", "ccp.example.com"
	uccx := Limits{Title: "Unified CCX 12.5", KeyBits: []int{1024, 2048}, KeySource: "the guide", OwnNodes: true, MultiServer: MultiYes, Curves: CurvesChoice}
	old := uccx
	old.MultiServer, old.Curves = MultiNo, CurvesSecond
	ec := key(t)
	damaged := make(ec, node, node)
	damaged.Signature[len(damaged.Signature)-1] ^= 1
	for name, c := range map[string]struct {
		csr    *x509.CertificateRequest
		limits Limits
		unit   string
		want   string
	}{
		"sound":                   {make(ec, node, node), uccx, "tomcat", ""},
		"no name":                 {make(ec, "uccx1"), uccx, "tomcat", "csr-fqdn csr-internal"},
		"no SAN":                  {make(ec, node), uccx, "tomcat", "csr-no-san"},
		"no SAN, elliptic curve":  {make(ec, "uccx1-EC.example.com"), uccx, "tomcat-ECDSA", "csr-no-san"},
		"no SAN, another node":    {make(ec, "uccx9.example.com"), uccx, "tomcat", "csr-fqdn"},
		"short name alone":        {make(ec, "uccx1", "uccx1"), uccx, "tomcat", "csr-fqdn csr-internal"},
		"parent domain":           {make(ec, node, node, "Example.com"), uccx, "tomcat", "csr-parent"},
		"wildcard":                {make(ec, node, node, "*.example.com"), uccx, "tomcat", "csr-wildcard"},
		"peer":                    {make(ec, "uccx1-ms.example.com", node, peer), uccx, "tomcat", ""},
		"peer, too early":         {make(ec, "uccx1-ms.example.com", node, peer), old, "tomcat-ECDSA", "csr-multi-server"},
		"CCP":                     {make(ec, node, node, chat), uccx, "tomcat", "csr-third-node"},
		"large":                   {make(big, node, node), uccx, "tomcat", "csr-key"},
		"elliptic, never tomcat":  {make(ec, node, node), old, "tomcat", "csr-unit"},
		"RSA, never tomcat-ECDSA": {make(big, node, node), Limits{KeyBits: []int{4096}}, "tomcat-ECDSA", "csr-unit"},
		"for servers alone":       {make(ec, "server", node), uccx, "tomcat", "csr-eku"},
		"a long common name":      {make(ec, strings.Repeat("x", 65), node), uccx, "tomcat", "csr-long-cn"},
		"damaged":                 {damaged, uccx, "tomcat", "csr-signature"},
		"nothing known":           {make(ec, node, node), Limits{}, "", ""},
	} {
		var got []string
		for _, f := range CheckRequest(Request{Node: node, Unit: c.unit, CSR: c.csr, Limits: c.limits, Peers: []string{peer}, Others: []string{chat}}) {
			got = append(got, f.Code)
		}
		if want := strings.Fields(c.want); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if CheckRequest(Request{Node: node}) != nil {
		t.Error("a finding about no CSR")
	}
}
