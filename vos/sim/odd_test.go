package sim_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// TestOddCertificates: a node takes, holds, prints and serves certificates that crypto/x509 refuses, as real nodes do; the
// survey reads its store, and the port check what it serves.
func TestOddCertificates(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	text, err := os.ReadFile(filepath.Join(requests(t, c, ccp), ccp+".csr"))
	if err != nil {
		t.Fatal(err)
	}
	der, ok := vos.ParseRequest(string(text))
	if !ok {
		t.Fatalf("%q", text)
	}
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil {
		t.Fatal(err)
	}
	key := certtest.RSA(t)
	odd := pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}, Critical: true, Value: []byte{0x30, 0}}
	make := func(tpl, parent *x509.Certificate, pub any) *x509.Certificate {
		tpl.NotBefore, tpl.NotAfter, tpl.ExtraExtensions = time.Now().AddDate(0, 0, -1), time.Now().AddDate(0, 6, 0), []pkix.Extension{odd}
		der := certtest.DER(t, tpl, parent, pub, key)
		if _, err := x509.ParseCertificate(der); err == nil {
			t.Fatal("crypto/x509 reads it: the test shows nothing")
		}
		made, err := cert.FromDER(der)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	top := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Odd Root"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	root := make(top, top, key.Public())
	leaf := make(&x509.Certificate{SerialNumber: big.NewInt(2), Subject: csr.Subject, DNSNames: csr.DNSNames}, top, csr.PublicKey)
	h := sitDown(t, c, ccp, 24)
	if got := h.paste("set cert import trust tomcat", string(cert.PEM(root))); !strings.Contains(got, "Successfully imported certificate") {
		t.Fatal(got)
	}
	if got := h.paste("set cert import own tomcat", string(cert.PEM(leaf))); !strings.Contains(got, "Successfully imported certificate") {
		t.Fatal(got)
	}
	h.say("set cli pagination off")
	if der, ok := vos.ParsePEM(h.say("show cert trust tomcat-trust/Odd_Root.pem")); !ok || string(der) != string(root.Raw) {
		t.Error("the store holds other bytes")
	}
	d := enter(t, c, ccp)
	held, err := d.TrustList(t.Context(), "tomcat")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, f := range held {
		one, err := d.Trusted(t.Context(), "tomcat", f)
		if err != nil {
			t.Errorf("%s: %v", f.File, err)
		}
		found = found || one != nil && one.Equal(root) && cert.Limit(one) != ""
	}
	if own, err := d.Identity(t.Context(), "tomcat"); err != nil || !own.Equal(leaf) || !found {
		t.Errorf("%v, in the store: %v", err, found)
	}
	h.typed("utils system restart\r")
	h.wait(`Enter \(yes/no\)\? $`)
	h.typed("yes\r")
	h.rest()
	seen, err := vos.Probe(t.Context(), node(t, c, ccp), 443)
	for end := time.Now().Add(20 * time.Second); err != nil && time.Now().Before(end); seen, err = vos.Probe(t.Context(), node(t, c, ccp), 443) {
		<-time.After(10 * time.Millisecond) // between two tries at a node that is away
	}
	if err != nil {
		t.Fatal(err)
	}
	if !seen.Leaf.Equal(leaf) || cert.Limit(seen.Leaf) == "" {
		t.Errorf("serves %v, %q", seen.Leaf.Subject, cert.Limit(seen.Leaf))
	}
}
