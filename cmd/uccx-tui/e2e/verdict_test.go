package e2e_test

import (
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// site is a TLS server of the test on localhost, with its chain as files.
type site struct{ address, root, leaf, other string }

func newSite(t *testing.T) site {
	t.Helper()
	dir := t.TempDir()
	serial := int64(0)
	make := func(cn string, isCA bool, parent *x509.Certificate, by *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey) {
		key := certtest.Key(t)
		serial++
		tpl := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: cn}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(0, 0, 100), IsCA: isCA, BasicConstraintsValid: true}
		if isCA {
			tpl.KeyUsage = x509.KeyUsageCertSign
		} else {
			tpl.DNSNames, tpl.ExtKeyUsage = []string{cn}, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
		}
		if parent == nil {
			parent, by = tpl, key
		}
		c := certtest.Sign(t, tpl, parent, key.Public(), by)
		return c, key
	}
	save := func(name string, c *x509.Certificate) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	root, rootKey := make("Site Root", true, nil, nil)
	issuing, issuingKey := make("Site Issuing", true, root, rootKey)
	leaf, leafKey := make("localhost", false, issuing, issuingKey)
	other, _ := make("localhost", false, issuing, issuingKey)
	address := serving(t, tls.Certificate{Certificate: [][]byte{leaf.Raw, issuing.Raw}, PrivateKey: leafKey})
	return site{address, save("root.pem", root), save("leaf.pem", leaf), save("other.pem", other)}
}

// serving answers TLS handshakes on loopback and returns its address as localhost:port.
func serving(t *testing.T, c tls.Certificate) string {
	t.Helper()
	ln, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{c}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				_ = conn.(*tls.Conn).Handshake()
				_, _ = conn.Read([]byte{0})
				_ = conn.Close()
			}()
		}
	}()
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return "localhost:" + port
}

// TestProbe: what is served is shown, and held against what is expected and against the CAs of clients.
func TestProbe(t *testing.T) {
	p, s := newPlace(t), newSite(t)
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{nil, 0, "sent up to Site Issuing"},
		{[]string{"--ca", s.root}, 0, "complete, up to Site Root"},
		{[]string{"--ca", s.other}, 5, "sent up to Site Issuing"},
		{[]string{"--expect", s.leaf}, 0, "name OK, certificate as expected"},
		{[]string{"--expect", s.other}, 5, "DIFFERENT from the expected"},
		{[]string{"--json", "--expect", s.leaf}, 0, `"expected":true`},
		{[]string{"--expect", filepath.Join(t.TempDir(), "none")}, 5, ""},
	} {
		out, _, code := p.run(append([]string{"probe", s.address}, c.args...)...)
		if code != c.code || !strings.Contains(out, c.want) {
			t.Errorf("%v: exit %d, want %d and %q\n%s", c.args, code, c.code, c.want, out)
		}
	}
	if out, _, code := p.run("probe", strings.Replace(s.address, "localhost", "127.0.0.1", 1)); code != 5 || !strings.Contains(out, "WRONG NAME") {
		t.Errorf("another name: exit %d\n%s", code, out)
	}
}

// TestProbeSaysWhatClientsRefuse: a server without Digital Signature, and one with must-staple.
func TestProbeSaysWhatClientsRefuse(t *testing.T) {
	staple := pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 24}, Value: []byte{0x30, 3, 2, 1, 5}}
	for _, c := range []struct {
		change func(*x509.Certificate)
		code   int
		want   string
	}{
		{func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyEncipherment }, 5, `"code":"no-signing"`},
		{func(c *x509.Certificate) { c.ExtraExtensions = []pkix.Extension{staple} }, 0, `"code":"must-staple"`},
	} {
		key := certtest.RSA(t)
		ca := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Root"}, NotAfter: time.Now().AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true}
		tpl := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(0, 0, 100),
			KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
		c.change(tpl)
		leaf := certtest.DER(t, tpl, ca, key.Public(), key)
		p := newPlace(t)
		out, _, code := p.run("probe", serving(t, tls.Certificate{Certificate: [][]byte{leaf}, PrivateKey: key}), "--json")
		if code != c.code || !strings.Contains(out, c.want) {
			t.Errorf("exit %d, want %d and %s\n%s", code, c.code, c.want, out)
		}
	}
}

// TestCheckKnowsTheNode: product, release, trust store and window change the verdict and the exit code.
func TestCheckKnowsTheNode(t *testing.T) {
	p := newPlace(t)
	data := filepath.Join("..", "..", "..", "vos", "cert", "testdata")
	in := func(parts ...string) string { return filepath.Join(append([]string{data}, parts...)...) }
	both := in("replies", "multi-server-11.5")
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{both, "--csr", in("requests", "uccx-ms.csr"), "--node", "uccx1.example.com", "--product", "uccx", "--release", "10.6(1)"}, 5, ""},
		{[]string{in("requests", "uccx1.csr")}, 0, "These CSRs can be sent to the CA"},
		{[]string{in("requests", "uccx1-parent.csr"), "--node", "uccx1.example.com"}, 0, "PRE-8"},
		{[]string{in("requests", "uccx1.csr"), "--node", "uccx9.example.com"}, 5, "Do not send these"},
		{[]string{both, "--product", "toaster"}, 2, ""},
		{[]string{both, "--release", "12.5"}, 2, ""},
		{[]string{both, "--window", "tomorrow"}, 2, ""},
		{[]string{both, "--unit", "tomcta"}, 2, ""},
		{[]string{in("replies", "pfx")}, 5, "a private key that was not generated on the node"},
	} {
		out, _, code := p.run(append([]string{"check"}, c.args...)...)
		if code != c.code || !strings.Contains(out, c.want) || strings.ContainsAny(out, "\x1b\x07") {
			t.Errorf("%v: exit %d, want %d and %q\n%s", c.args, code, c.code, c.want, out)
		}
	}
}
