package cert

import (
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"testing"
)

// hugeBits is the size of a key with which one signature would take longer than a test may.
const hugeBits = 1000000

func huge() *big.Int { return new(big.Int).SetBit(new(big.Int).Lsh(big.NewInt(1), hugeBits-1), 0, 1) }

// TestHugeKeys: files whose numbers are so large that working with them would take hours are told at once.
func TestHugeKeys(t *testing.T) {
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
