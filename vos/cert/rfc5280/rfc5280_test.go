package rfc5280

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

func name(t *testing.T, parts ...any) []byte {
	t.Helper()
	var rdns []asn1.RawValue
	for i := 0; i < len(parts); i += 3 {
		at, err := asn1.Marshal(struct {
			Type  asn1.ObjectIdentifier
			Value asn1.RawValue
		}{asn1.ObjectIdentifier{2, 5, 4, parts[i].(int)}, asn1.RawValue{Tag: parts[i+1].(int), Bytes: []byte(parts[i+2].(string))}})
		if err != nil {
			t.Fatal(err)
		}
		rdns = append(rdns, asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: at})
	}
	der, err := asn1.Marshal(rdns)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// TestSameName: the form of a name does not count, its content and order do.
func TestSameName(t *testing.T) {
	const o, cn = 10, 3
	plain := name(t, o, asn1.TagPrintableString, "Example", cn, asn1.TagPrintableString, "Corp Issuing CA")
	for what, c := range map[string]struct {
		other []byte
		same  bool
	}{
		"itself":       {plain, true},
		"UTF8String":   {name(t, o, asn1.TagUTF8String, "Example", cn, asn1.TagUTF8String, "Corp Issuing CA"), true},
		"case":         {name(t, o, asn1.TagPrintableString, "EXAMPLE", cn, asn1.TagPrintableString, "corp issuing ca"), true},
		"blanks":       {name(t, o, asn1.TagPrintableString, " Example ", cn, asn1.TagPrintableString, "Corp  Issuing   CA"), true},
		"BMPString":    {name(t, o, asn1.TagBMPString, "\x00E\x00x\x00a\x00m\x00p\x00l\x00e", cn, asn1.TagPrintableString, "Corp Issuing CA"), true},
		"T61String":    {name(t, o, asn1.TagT61String, "Example", cn, asn1.TagIA5String, "Corp Issuing CA"), true},
		"another":      {name(t, o, asn1.TagPrintableString, "Example", cn, asn1.TagPrintableString, "Corp Issuing CA 2"), false},
		"order":        {name(t, cn, asn1.TagPrintableString, "Corp Issuing CA", o, asn1.TagPrintableString, "Example"), false},
		"shorter":      {name(t, cn, asn1.TagPrintableString, "Corp Issuing CA"), false},
		"other type":   {name(t, 11, asn1.TagPrintableString, "Example", cn, asn1.TagPrintableString, "Corp Issuing CA"), false},
		"joined words": {name(t, o, asn1.TagPrintableString, "Example", cn, asn1.TagPrintableString, "CorpIssuing CA"), false},
		"no text":      {name(t, o, asn1.TagOctetString, "Example", cn, asn1.TagPrintableString, "Corp Issuing CA"), false},
		"rubbish":      {[]byte{0x30, 0x80, 1}, false},
		"empty":        {nil, false},
	} {
		if got := SameName(plain, c.other); got != c.same {
			t.Errorf("%s: %v", what, got)
		}
	}
	for what, c := range map[string]struct {
		other []byte
		same  bool
	}{
		"UTF8String": {name(t, o, asn1.TagUTF8String, "EXAMPLE", cn, asn1.TagUTF8String, "Corp  Issuing CA"), true},
		"BMPString":  {name(t, o, asn1.TagBMPString, "\x00E\x00x\x00a\x00m\x00p\x00l\x00e", cn, asn1.TagPrintableString, "Corp Issuing CA"), false},
		"T61String":  {name(t, o, asn1.TagT61String, "Example", cn, asn1.TagPrintableString, "Corp Issuing CA"), false},
	} {
		if got := SameNameJava(plain, c.other); got != c.same {
			t.Errorf("Java, %s: %v", what, got)
		}
	}
	latin1 := name(t, cn, asn1.TagT61String, "Zentrale f\xfcr Zertifikate")
	if !SameName(latin1, name(t, cn, asn1.TagUTF8String, "ZENTRALE FÜR Zertifikate")) {
		t.Error("letters outside of ASCII")
	}
}

func selfMade(t *testing.T, key crypto.Signer, alg x509.SignatureAlgorithm) *x509.Certificate {
	t.Helper()
	tpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "x"}, SignatureAlgorithm: alg}
	return certtest.Sign(t, tpl, nil, key.Public(), key)
}

// TestVerify: signatures of old CAs are checked, and one that another key made is wrong.
func TestVerify(t *testing.T) {
	one := certtest.RSA(t)
	two := certtest.RSA(t)
	ec := certtest.Key(t)
	other := selfMade(t, two, x509.SHA256WithRSA)
	for _, alg := range []x509.SignatureAlgorithm{x509.SHA256WithRSA, x509.SHA1WithRSA, x509.SHA256WithRSAPSS, x509.SHA512WithRSAPSS} {
		c := selfMade(t, one, alg)
		if Verify(c, c) != Right || Verify(c, other) != Wrong || Verify(c, selfMade(t, ec, x509.ECDSAWithSHA256)) == Right {
			t.Errorf("%s: %v %v", alg, Verify(c, c), Verify(c, other))
		}
		c.Signature[0] ^= 1
		if Verify(c, c) != Wrong {
			t.Errorf("%s: a damaged signature is right", alg)
		}
	}
	if c := selfMade(t, ec, x509.ECDSAWithSHA1); Verify(c, c) != Right || Verify(c, other) == Right {
		t.Error("ECDSA with SHA-1")
	}
	if Verify(other, nil) != Unknown || Verify(nil, other) != Unknown {
		t.Error("nothing proves nothing")
	}
	if c := oddPSS(t, one, 48); Verify(c, c) != Right || Verify(c, other) != Wrong {
		t.Errorf("RSASSA-PSS with a salt of 48 bytes: %v %v", Verify(c, c), Verify(c, other))
	}
}

// oddPSS is a certificate with a salt that crypto/x509 does not know, and a key that is marked for RSASSA-PSS.
func oddPSS(t *testing.T, key *rsa.PrivateKey, salt int) *x509.Certificate {
	t.Helper()
	c := selfMade(t, key, x509.SHA256WithRSA)
	sum := sha256.Sum256(c.RawTBSCertificate)
	signature, err := rsa.SignPSS(rand.Reader, key, crypto.SHA256, sum[:], &rsa.PSSOptions{SaltLength: salt, Hash: crypto.SHA256})
	if err != nil {
		t.Fatal(err)
	}
	hash := pkix.AlgorithmIdentifier{Algorithm: append(slices.Clone(oidSHA2), 1)}
	inner, err := asn1.Marshal(hash)
	if err != nil {
		t.Fatal(err)
	}
	parameters, err := asn1.Marshal(struct {
		Hash pkix.AlgorithmIdentifier `asn1:"explicit,tag:0"`
		MGF  pkix.AlgorithmIdentifier `asn1:"explicit,tag:1"`
		Salt int                      `asn1:"explicit,tag:2"`
	}{hash, pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 8}, Parameters: asn1.RawValue{FullBytes: inner}}, salt})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := asn1.Marshal(struct {
		TBS       asn1.RawValue
		Algorithm pkix.AlgorithmIdentifier
		Signature asn1.BitString
	}{asn1.RawValue{FullBytes: c.RawTBSCertificate}, pkix.AlgorithmIdentifier{Algorithm: oidPSS, Parameters: asn1.RawValue{FullBytes: parameters}}, asn1.BitString{Bytes: signature, BitLength: 8 * len(signature)}})
	if err != nil {
		t.Fatal(err)
	}
	spki, err := asn1.Marshal(struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}{pkix.AlgorithmIdentifier{Algorithm: oidPSS}, asn1.BitString{Bytes: x509.MarshalPKCS1PublicKey(&key.PublicKey), BitLength: 8 * len(x509.MarshalPKCS1PublicKey(&key.PublicKey))}})
	if err != nil {
		t.Fatal(err)
	}
	out := &x509.Certificate{Raw: raw, RawTBSCertificate: c.RawTBSCertificate, Signature: signature, RawSubjectPublicKeyInfo: spki}
	if !PSSKey(out) || PSSKey(c) {
		t.Error("which key is marked for RSASSA-PSS")
	}
	return out
}

// TestAltNames: every kind of alternative name is read.
func TestAltNames(t *testing.T) {
	der := []byte{0x30, 0}
	add := func(tag byte, body ...byte) {
		der = append(append(der, tag, byte(len(body))), body...)
		der[1] = byte(len(der) - 2)
	}
	add(0x82, []byte("a.example.com")...)
	add(0x81, []byte("x@y")...)
	add(0x87, 10, 0, 0, 1)
	add(0x86, []byte("http://[")...)
	add(0xa0, append([]byte{6, 10, 0x2b, 6, 1, 4, 1, 0x82, 0x37, 0x14, 2, 3, 0xa0, 6, 0x0c, 4}, "u@ad"...)...)
	add(0xa4, 0x30, 0x0e, 0x31, 0x0c, 0x30, 0x0a, 6, 3, 0x55, 4, 3, 0x0c, 3, 'a', 'b', 'c')
	add(0x88, 0x2a, 3)
	all, ok := AltNames([]pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 14}}, {Id: oidSAN, Value: der}})
	var got []string
	for _, n := range all {
		got = append(got, n.String())
	}
	want := []string{"a.example.com", "x@y", "10.0.0.1", "http://[", "UPN u@ad", "directory name CN=abc", "registered ID 1.2.3"}
	if !ok || !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if _, ok := AltNames([]pkix.Extension{{Id: oidSAN, Value: []byte{0x30, 9, 1}}}); ok {
		t.Error("a broken extension is read")
	}
	if all, ok := AltNames(nil); ok || all != nil {
		t.Error("names without an extension")
	}
}

// FuzzNames: nothing that a certificate holds breaks the readers.
func FuzzNames(f *testing.F) {
	f.Add([]byte{0x30, 2, 0x82, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		if !SameName(data, data) {
			t.Error("a name differs from itself")
		}
		for _, n := range func() []AltName { all, _ := AltNames([]pkix.Extension{{Id: oidSAN, Value: data}}); return all }() {
			_ = n.String()
		}
		_ = Verify(&x509.Certificate{Raw: data, RawTBSCertificate: data, Signature: data}, &x509.Certificate{RawSubjectPublicKeyInfo: data})
	})
}
