// Package filestest is a CA for the tests of the file chooser and of its screen.
package filestest

import (
	"crypto/ecdsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// Authority is a CA of two floors that answers CSRs of some nodes.
type Authority struct {
	Root, Sub *x509.Certificate

	t               testing.TB
	now             time.Time
	rootKey, subKey *ecdsa.PrivateKey
	nodes           []string
	keys            map[string]*ecdsa.PrivateKey
	serial          int64
}

// New is a CA for nodes, by their full names; its certificates are valid around now.
func New(t testing.TB, now time.Time, nodes ...string) *Authority {
	a := &Authority{t: t, now: now, nodes: nodes, keys: map[string]*ecdsa.PrivateKey{}}
	a.rootKey, a.subKey = a.key(), a.key()
	a.Root = a.sign(certtest.CA("Example Root G2", now), nil, a.rootKey, a.rootKey)
	a.Sub = a.sign(certtest.CA("Example Issuing CA 3", now), a.Root, a.subKey, a.rootKey)
	for _, n := range nodes {
		a.keys[n] = a.key()
	}
	return a
}

func (a *Authority) key() *ecdsa.PrivateKey {
	return certtest.Key(a.t)
}

func (a *Authority) sign(tpl, parent *x509.Certificate, key, by *ecdsa.PrivateKey) *x509.Certificate {
	a.serial++
	tpl.SerialNumber = big.NewInt(a.serial)
	if parent == nil {
		parent = tpl
	}
	return certtest.Sign(a.t, tpl, parent, &key.PublicKey, by)
}

// Leaf is a certificate for a node and the key of its CSR, until some days from now.
func (a *Authority) Leaf(node string, days int) *x509.Certificate {
	return a.leaf(node, a.keys[node], days)
}

func (a *Authority) leaf(node string, key *ecdsa.PrivateKey, days int) *x509.Certificate {
	return a.sign(&x509.Certificate{Subject: pkix.Name{CommonName: node}, DNSNames: []string{node}, NotBefore: a.now.AddDate(0, 0, -200), NotAfter: a.now.AddDate(0, 0, days),
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageDataEncipherment | x509.KeyUsageKeyAgreement,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}, a.Sub, key, a.subKey)
}

// CSR is the CSR of a node, as PEM.
func (a *Authority) CSR(node string) string {
	der := certtest.Request(a.t, &x509.CertificateRequest{Subject: pkix.Name{CommonName: node}, DNSNames: []string{node}}, a.keys[node])
	return string(cert.RequestPEM(der))
}

// Requests are the CSRs of all nodes.
func (a *Authority) Requests() []cert.Request {
	all := make([]cert.Request, 0, len(a.nodes))
	for _, n := range a.nodes {
		all = append(all, cert.Request{Node: n, CSR: cert.RequestFromPEM(a.CSR(n))})
	}
	return all
}

// Write writes certificates into a file of a folder, and returns where it lies.
func (a *Authority) Write(dir, name string, certs ...*x509.Certificate) string {
	var text []byte
	for _, c := range certs {
		text = append(text, cert.PEM(c)...)
	}
	return a.WriteFile(dir, name, text)
}

// WriteFile writes a file of a folder, and returns where it lies.
func (a *Authority) WriteFile(dir, name string, data []byte) string {
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		a.t.Fatal(err)
	}
	return path
}

// Reply is a folder as it comes from the CA: odd names, other files between them, the certificate of the last node not there.
func (a *Authority) Reply() string {
	dir := a.t.TempDir()
	a.Write(dir, "a91f.cer", a.Leaf(a.nodes[0], 198))
	a.WriteFile(dir, "a920.CER", a.Leaf(a.nodes[1], 198).Raw) // DER
	a.Write(dir, "chain.p7b", a.Sub, a.Root)
	a.Write(dir, "old.cer", a.leaf(a.nodes[0], a.key(), -3))
	a.WriteFile(dir, "notes \u202efdp.txt", []byte("certificates attached"))
	a.WriteFile(dir, "oops.key", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("x")}))
	return dir
}
