package extension

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
	"testing"
)

// der is a value in DER.
func der(t *testing.T, v any) []byte {
	t.Helper()
	data, err := asn1.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestCritical: of critical extensions those are named that Unified CM may not have, and those that clients do not know.
func TestCritical(t *testing.T) {
	own := asn1.ObjectIdentifier{1, 2, 3}
	c := &x509.Certificate{Extensions: []pkix.Extension{{Id: oidKeyUsage, Critical: true}, {Id: oidPurposes, Critical: true}, {Id: oidPoison, Critical: true}, {Id: own, Critical: true}, {Id: asn1.ObjectIdentifier{1, 2, 4}}}}
	if got := Critical(c); !slices.Equal(got, []string{oidPurposes.String(), Poison(), "1.2.3"}) {
		t.Errorf("critical: %v", got)
	}
	if got := UnknownCritical(c); !slices.Equal(got, []string{"1.2.3"}) {
		t.Errorf("unknown: %v", got)
	}
	if !Precertificate(c) || Constrained(c) || Public(c) || MustStaple(c) {
		t.Errorf("precertificate %v, constrained %v, public %v, must-staple %v", Precertificate(c), Constrained(c), Public(c), MustStaple(c))
	}
}

// TestMarks: a public CA is told by a policy of the CA/Browser Forum or by the log, and must-staple by its number.
func TestMarks(t *testing.T) {
	policy := &x509.Certificate{PolicyIdentifiers: []asn1.ObjectIdentifier{{1, 2}, {2, 23, 140, 1, 2, 2}}}
	logged := &x509.Certificate{Extensions: []pkix.Extension{{Id: oidLogged}}}
	other := &x509.Certificate{PolicyIdentifiers: []asn1.ObjectIdentifier{{2, 23, 140, 1}, {2, 23, 140, 2, 1}}}
	if !Public(policy) || !Public(logged) || Public(other) {
		t.Errorf("public: %v %v %v", Public(policy), Public(logged), Public(other))
	}
	for features, want := range map[string]bool{string(der(t, []int{5})): true, string(der(t, []int{17, 5})): true, string(der(t, []int{17})): false, "\x30\x05": false} {
		c := &x509.Certificate{Extensions: []pkix.Extension{{Id: oidTLSFeature, Value: []byte(features)}}}
		if MustStaple(c) != want {
			t.Errorf("%x: %v", features, !want)
		}
	}
}

// TestUsages: a key without purposes may be used for all; a CSR that names purposes has to name both.
func TestUsages(t *testing.T) {
	for _, c := range []struct {
		purposes       []x509.ExtKeyUsage
		server, client bool
	}{{nil, true, true}, {[]x509.ExtKeyUsage{x509.ExtKeyUsageAny}, true, true}, {[]x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, true, false}, {[]x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning}, false, false}} {
		if server, client := Usages(&x509.Certificate{ExtKeyUsage: c.purposes}); server != c.server || client != c.client {
			t.Errorf("%v: server %v, client %v", c.purposes, server, client)
		}
	}
	asks := func(value []byte) *x509.CertificateRequest {
		return &x509.CertificateRequest{Extensions: []pkix.Extension{{Id: oidPurposes, Value: value}}}
	}
	both, one := der(t, []asn1.ObjectIdentifier{oidClientAuth, oidServerAuth}), der(t, []asn1.ObjectIdentifier{oidServerAuth})
	if !AskedForBoth(asks(both)) || AskedForBoth(asks(one)) || !AskedForBoth(asks([]byte("x"))) || !AskedForBoth(&x509.CertificateRequest{}) {
		t.Error("the purposes that a CSR asks for")
	}
}

// TestKeyUsages: each Key Usage that can be read is read, also beside one that cannot.
func TestKeyUsages(t *testing.T) {
	good := der(t, asn1.BitString{Bytes: []byte{0x80}, BitLength: 1})
	got := KeyUsages([]pkix.Extension{{Id: oidKeyUsage, Value: []byte{3}}, {Id: oidPurposes, Value: good}, {Id: oidKeyUsage, Value: good}})
	if len(got) != 1 || got[0].At(0) != 1 || got[0].At(1) != 0 {
		t.Errorf("%v", got)
	}
}
