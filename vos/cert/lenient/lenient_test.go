package lenient

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"net"
	"net/url"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

var day = time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)

// template is a certificate that crypto/x509 reads; the tests make each one odd in its own way.
func template() *x509.Certificate {
	return &x509.Certificate{SerialNumber: big.NewInt(0x1234), Subject: pkix.Name{CommonName: "uccx1.example.com", Organization: []string{"Example"}, Country: []string{"DE"}},
		NotBefore: day, NotAfter: day.AddDate(1, 0, 0), DNSNames: []string{"uccx1.example.com", "uccx2.example.com"}, IPAddresses: []net.IP{net.IPv4(192, 0, 2, 1).To4()},
		EmailAddresses: []string{"a@example.com"}, URIs: []*url.URL{{Scheme: "https", Host: "example.com"}}, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageDecipherOnly,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}, SubjectKeyId: []byte{1, 2, 3}, AuthorityKeyId: []byte{4, 5, 6},
		IssuingCertificateURL: []string{"http://ca.example.com/ca.cer"}, IsCA: true, BasicConstraintsValid: true, MaxPathLen: 2}
}

func signed(t *testing.T, tpl *x509.Certificate, key crypto.Signer, pub any) []byte {
	t.Helper()
	return certtest.DER(t, tpl, nil, pub, key)
}

func rsaPair(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	return certtest.RSA(t)
}

// same compares what a node is judged by.
func same(t *testing.T, got, want *x509.Certificate) {
	t.Helper()
	switch {
	case got.SerialNumber.Cmp(want.SerialNumber) != 0, !got.NotBefore.Equal(want.NotBefore), !got.NotAfter.Equal(want.NotAfter):
		t.Errorf("serial %v, %v to %v", got.SerialNumber, got.NotBefore, got.NotAfter)
	case got.Subject.String() != want.Subject.String() && got.Issuer.String() != want.Subject.String(), got.Issuer.CommonName != want.Issuer.CommonName:
		t.Errorf("subject %s, issuer %s", got.Subject, got.Issuer)
	case len(got.DNSNames) != len(want.DNSNames), len(got.IPAddresses) != len(want.IPAddresses), len(got.EmailAddresses) != len(want.EmailAddresses), len(got.URIs) != len(want.URIs):
		t.Errorf("names %v %v %v %v", got.DNSNames, got.IPAddresses, got.EmailAddresses, got.URIs)
	case got.KeyUsage != want.KeyUsage, len(got.ExtKeyUsage) != len(want.ExtKeyUsage), got.IsCA != want.IsCA, !bytes.Equal(got.SubjectKeyId, want.SubjectKeyId), !bytes.Equal(got.AuthorityKeyId, want.AuthorityKeyId):
		t.Errorf("usage %v %v, CA %v, keys %x %x", got.KeyUsage, got.ExtKeyUsage, got.IsCA, got.SubjectKeyId, got.AuthorityKeyId)
	case !bytes.Equal(got.RawSubject, want.RawSubject), !bytes.Equal(got.RawSubjectPublicKeyInfo, want.RawSubjectPublicKeyInfo), got.Version != want.Version, len(got.Extensions) != len(want.Extensions):
		t.Errorf("raw subject, raw key, version %d or %d extensions", got.Version, len(got.Extensions))
	}
}

// TestSound: what crypto/x509 reads, this package reads alike.
func TestSound(t *testing.T) {
	key := rsaPair(t)
	der := signed(t, template(), key, key.Public())
	want, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Certificate(append(bytes.Clone(der), 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, want)
	if !bytes.Equal(got.Raw, der) || !got.PublicKey.(*rsa.PublicKey).Equal(want.PublicKey) || got.CheckSignature(got.SignatureAlgorithm, got.RawTBSCertificate, got.Signature) != nil {
		t.Error("another key, or another signature")
	}
}

// TestRefused: certificates that crypto/x509 refuses, each for a reason of its own. All else in them is read as before.
func TestRefused(t *testing.T) {
	key := rsaPair(t)
	sound := signed(t, template(), key, key.Public())
	whole, err := x509.ParseCertificate(sound)
	if err != nil {
		t.Fatal(err)
	}
	ext := func(id int, critical bool, value ...byte) func(*x509.Certificate) {
		return func(c *x509.Certificate) {
			c.ExtraExtensions = append(c.ExtraExtensions, pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, id}, Critical: critical, Value: value})
		}
	}
	org := func(is string) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.Subject.Organization = []string{is} }
	}
	patched := func(old, new string) []byte { return bytes.Replace(bytes.Clone(sound), []byte(old), []byte(new), 1) }
	for name, c := range map[string]struct {
		der    []byte
		change func(*x509.Certificate) // of the sound one, so that it is what is wanted
	}{
		"sign in PrintableString": {patched("\x13\x07Example", "\x13\x07Ex@mple"), org("Ex@mple")},
		"Latin-1 in UTF8String":   {patched("\x13\x07Example", "\x0c\x07Ex\xe4mple"), org("Exämple")},
		"a type that is no text":  {patched("\x13\x07Example", "\x04\x07Example"), org("#04074578616d706c65")},
		"version 4":               {patched("\xa0\x03\x02\x01\x02", "\xa0\x03\x02\x01\x03"), func(c *x509.Certificate) { c.Version = 4 }},
		"serial negative":         {patched("\x02\x02\x12\x34", "\x02\x02\xff\x34"), func(c *x509.Certificate) { c.SerialNumber = big.NewInt(-204) }},
		"serial too long written": {patched("\x02\x02\x12\x34", "\x02\x02\x00\x34"), func(c *x509.Certificate) { c.SerialNumber = big.NewInt(0x34) }},
		"AIA critical": {signed(t, with(func(c *x509.Certificate) {
			c.IssuingCertificateURL = nil
			c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}, Critical: true, Value: []byte{0x30, 0}}}
		}), key, key.Public()), func(c *x509.Certificate) {}},
		"odd name constraint": {signed(t, with(ext(30, true, 0x30, 0)), key, key.Public()), func(c *x509.Certificate) { c.Extensions = append(c.Extensions, pkix.Extension{}) }},
		"odd DNS name": {signed(t, with(ext(17, false, 0x30, 0x06, 0x82, 0x04, 'a', 0xe4, '.', 'b')), key, key.Public()), func(c *x509.Certificate) {
			c.DNSNames, c.IPAddresses, c.EmailAddresses, c.URIs = []string{"aä.b"}, nil, nil, nil
		}},
		"odd URI": {signed(t, with(ext(17, false, 0x30, 0x06, 0x86, 0x04, ':', '/', '/', '%')), key, key.Public()), func(c *x509.Certificate) {
			c.DNSNames, c.IPAddresses, c.EmailAddresses, c.URIs = nil, nil, nil, make([]*url.URL, 1)
		}},
		"CA as BER says it": {signed(t, with(ext(19, true, 0x30, 0x03, 0x01, 0x01, 0x01)), key, key.Public()), func(c *x509.Certificate) {}},
		"odd key usage":     {signed(t, with(ext(15, true, 0x03, 0x02, 0x09, 0xa0)), key, key.Public()), func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment }},
		"odd purposes": {signed(t, with(ext(37, false, 0x30, 0x0e, 0x06, 0x08, 0x2b, 6, 1, 5, 5, 7, 3, 1, 0x06, 0x00, 0x02, 0x00)), key, key.Public()),
			func(c *x509.Certificate) { c.ExtKeyUsage = c.ExtKeyUsage[:1] }},
		"twice the same": {signed(t, with(func(c *x509.Certificate) { ext(14, false, 4, 3, 1, 2, 3)(c); ext(14, false, 4, 3, 9, 9, 9)(c) }), key, key.Public()),
			func(c *x509.Certificate) { c.Extensions = append(c.Extensions, pkix.Extension{}) }},
		"a time without seconds": {patched("\x17\x0d261124030000Z", "\x18\x0d202611240300Z"), func(c *x509.Certificate) {}},
		"a time with a zone":     {patched("\x17\x0d261124030000Z", "\x17\x0d"+"2611240500+02"), func(c *x509.Certificate) { c.NotBefore = day.Add(2 * time.Hour) }},
		"RSA without NULL":       {bytes.Replace(bytes.Clone(sound), []byte("\xf7\x0d\x01\x01\x01\x05\x00"), []byte("\xf7\x0d\x01\x01\x01\x04\x00"), 1), func(c *x509.Certificate) {}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := x509.ParseCertificate(c.der); err == nil && name != "serial negative" {
				t.Fatal("crypto/x509 reads it: the test shows nothing")
			}
			got, err := Certificate(c.der)
			if err != nil {
				t.Fatal(err)
			}
			want := *whole
			c.change(&want)
			want.RawSubject, want.RawSubjectPublicKeyInfo = got.RawSubject, got.RawSubjectPublicKeyInfo
			same(t, got, &want)
			if !bytes.Equal(got.Raw, c.der) || got.PublicKey.(*rsa.PublicKey).N.Cmp(key.N) != 0 {
				t.Error("other bytes, or another key")
			}
			if got.SignatureAlgorithm != x509.SHA256WithRSA {
				t.Error(got.SignatureAlgorithm)
			}
		})
	}
}

func with(change func(*x509.Certificate)) *x509.Certificate {
	c := template()
	change(c)
	return c
}

// TestText: strings of every type.
func TestText(t *testing.T) {
	for der, want := range map[string]string{"\x0c\x03a\xc3\xa4": "aä", "\x13\x02@_": "@_", "\x14\x02\xe4\xf6": "äö", "\x1e\x04\x00a\x20\xac": "a€", "\x1c\x04\x00\x00\x00U": "U", "\x16\x01x": "x", "\x03\x02\x00A": "#03020041"} {
		var rdn bytes.Buffer
		rdn.WriteString("\x31")
		rdn.WriteByte(byte(len(der) + 7))
		rdn.WriteString("\x30")
		rdn.WriteByte(byte(len(der) + 5))
		rdn.WriteString("\x06\x03\x55\x04\x03" + der)
		if got := name(rdn.Bytes()).CommonName; got != want {
			t.Errorf("%q: %q, want %q", der, got, want)
		}
	}
}

// TestKey: keys of kinds that crypto/x509 leaves out or refuses.
func TestKey(t *testing.T) {
	key := rsaPair(t)
	own, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	for name, spki := range map[string][]byte{"PSS": bytes.Replace(own, []byte("\xf7\x0d\x01\x01\x01"), []byte("\xf7\x0d\x01\x01\x0a"), 1), "odd parameters": bytes.Replace(own, []byte("\x01\x01\x01\x05\x00"), []byte("\x01\x01\x01\x04\x00"), 1)} {
		if kind, got := Key(spki); kind != x509.RSA || !key.PublicKey.Equal(got) {
			t.Errorf("%s: %v %v", name, kind, got)
		}
	}
	ec, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	point, err := ec.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	type field struct {
		Kind  asn1.ObjectIdentifier
		Prime *big.Int
	}
	type explicit struct {
		Version int
		Field   field
	}
	spki, err := asn1.Marshal(struct {
		Algorithm struct {
			ID     asn1.ObjectIdentifier
			Params explicit
		}
		Bits asn1.BitString
	}{struct {
		ID     asn1.ObjectIdentifier
		Params explicit
	}{oidEC, explicit{1, field{asn1.ObjectIdentifier{1, 2, 840, 10045, 1, 1}, elliptic.P384().Params().P}}}, asn1.BitString{Bytes: point, BitLength: len(point) * 8}})
	if err != nil {
		t.Fatal(err)
	}
	if kind, got := Key(spki); kind != x509.ECDSA || !ec.PublicKey.Equal(got) {
		t.Errorf("a curve written out: %v %v", kind, got)
	}
	if kind, got := Key([]byte("none")); kind != x509.UnknownPublicKeyAlgorithm || got != nil {
		t.Error("a key of nothing")
	}
}

// TestRequest: a CSR whose subject crypto/x509 refuses.
func TestRequest(t *testing.T) {
	key := rsaPair(t)
	der := certtest.Request(t, &x509.CertificateRequest{Subject: template().Subject, DNSNames: template().DNSNames}, key)
	der = bytes.Replace(der, []byte("\x13\x07Example"), []byte("\x13\x07Ex@mple"), 1)
	if _, err := x509.ParseCertificateRequest(der); err == nil {
		t.Fatal("crypto/x509 reads it: the test shows nothing")
	}
	got, err := Request(der)
	if err != nil || got.Subject.CommonName != "uccx1.example.com" || len(got.DNSNames) != 2 || !key.PublicKey.Equal(got.PublicKey) || !bytes.Equal(got.Raw, der) || got.SignatureAlgorithm != x509.SHA256WithRSA {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := Certificate(der); err == nil {
		t.Error("a CSR was taken for a certificate")
	}
	if _, err := Request(signed(t, template(), key, key.Public())); err == nil {
		t.Error("a certificate was taken for a CSR")
	}
}

// FuzzCertificate: whatever the bytes are, what is read of them lies within them, and what crypto/x509 reads is read too.
func FuzzCertificate(f *testing.F) {
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		f.Fatal(err)
	}
	der := certtest.DER(f, template(), template(), key.Public(), key)
	f.Add(der)
	f.Add(der[:len(der)/2])
	f.Add([]byte("0\x80\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if r, err := Request(data); err == nil && !bytes.HasPrefix(data, r.Raw) {
			t.Error("a CSR of other bytes")
		}
		got, err := Certificate(data)
		if want, bad := x509.ParseCertificate(data); bad == nil && (err != nil || got.SerialNumber.Cmp(want.SerialNumber) != 0 || !got.NotAfter.Equal(want.NotAfter) || got.IsCA != want.IsCA || len(got.DNSNames) != len(want.DNSNames)) {
			t.Errorf("%v: %+v, want %+v", err, got, want)
		}
		if err == nil && (!bytes.HasPrefix(data, got.Raw) || !bytes.Contains(got.Raw, got.RawSubject) || got.SerialNumber == nil) {
			t.Error("bytes that were not there")
		}
	})
}
