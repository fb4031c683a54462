package cert

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"math/big"
	"os/exec"
	"strings"
	"testing"
)

// hugeBits is the size of a key with which one signature would take longer than a test may.
const hugeBits = 1000000

func huge() *big.Int { return new(big.Int).SetBit(new(big.Int).Lsh(big.NewInt(1), hugeBits-1), 0, 1) }

// TestHugeKeys: files whose numbers are so large that working with them would take hours are told at once.
func TestHugeKeys(t *testing.T) {
	p := new(big.Int).Rsh(huge(), hugeBits/2)
	der, err := asn1.Marshal(struct {
		Version                    int
		N, E, D, P, Q, DP, DQ, Inv *big.Int
	}{0, huge(), big.NewInt(65537), huge(), p, p, p, p, p})
	if err != nil {
		t.Fatal(err)
	}
	if f := Parse("huge.key", der); len(f.Items) != 1 || f.Items[0].Kind != Key {
		t.Errorf("a huge key: %+v", f)
	}
	a := newAuthority(t, "Huge")
	a.rootKey = a.interKey
	tpl := &x509.Certificate{Subject: a.inter.Subject, NotBefore: a.inter.NotBefore, NotAfter: a.inter.NotAfter, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
		PermittedDNSDomains: []string{"example.com"}}
	ca := a.make(tpl, tpl, &rsa.PublicKey{N: huge(), E: 65537}, a.interKey)
	one, _ := request(t, "uccx1.example.com")
	leaf := a.sign(one, nil)
	one.CSR.PublicKey = ca.PublicKey // and a CSR of that kind
	_ = CheckRequest(one)
	f := file("all", leaf, ca)
	_ = Look(Request{}, []File{f}, now)
	if len(f.Items) != 2 || !oddKey(ca) {
		t.Errorf("%+v", f)
	}
}

// TestKeyShapes: every kind of private key is known by its shape; certificates and requests are none.
func TestKeyShapes(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ecKey, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sec1, err := x509.MarshalECPrivateKey(ecKey)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{"PKCS#1": x509.MarshalPKCS1PrivateKey(rsaKey), "SEC 1": sec1}
	for name, k := range map[string]any{"RSA": rsaKey, "EC": ecKey, "Ed25519": edKey} {
		if all["PKCS#8 "+name], err = x509.MarshalPKCS8PrivateKey(k); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := exec.LookPath("openssl"); err == nil {
		c := exec.Command("openssl", "pkcs8", "-topk8", "-inform", "DER", "-outform", "DER", "-passout", "pass:x")
		c.Stdin = strings.NewReader(string(all["PKCS#8 RSA"]))
		if all["locked"], err = c.Output(); err != nil {
			t.Fatal(err)
		}
	}
	for name, der := range all {
		if f := Parse(name, der); len(f.Items) != 1 || f.Items[0].Kind != Key {
			t.Errorf("%s: %+v", name, f)
		}
	}
	a := newAuthority(t, "Lab")
	one, _ := request(t, "uccx1.example.com")
	for name, der := range map[string][]byte{"certificate": a.root.Raw, "request": one.CSR.Raw, "public key": a.root.RawSubjectPublicKeyInfo} {
		if isKey(der) {
			t.Errorf("a %s was taken for a key", name)
		}
	}
}
