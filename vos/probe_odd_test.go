package vos

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// odd is a certificate that crypto/x509 refuses, and OpenSSL and Java take: its Authority Information Access is critical.
func odd(t *testing.T) tls.Certificate {
	t.Helper()
	key := certtest.RSA(t)
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	tpl := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "uccx1.example.com"}, DNSNames: []string{"uccx1.example.com"}, NotBefore: from, NotAfter: from.AddDate(1, 0, 0),
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}, Critical: true, Value: []byte{0x30, 0}}}}
	der := certtest.DER(t, tpl, nil, key.Public(), key)
	if _, err := x509.ParseCertificate(der); err == nil {
		t.Fatal("crypto/x509 reads it: the test shows nothing")
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// TestProbeReadsWhatGoRefuses: a node whose certificate crypto/x509 refuses is seen all the same, over every version and
// suite, also where the server asks for another key share.
func TestProbeReadsWhatGoRefuses(t *testing.T) {
	own, sound := odd(t), chain(t)
	for name, config := range map[string]*tls.Config{
		"1.3":                  {},
		"1.3, another share":   {CurvePreferences: []tls.CurveID{tls.CurveP521}},
		"1.2":                  {MaxVersion: tls.VersionTLS12},
		"1.2, no ECDHE":        {MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_AES_128_CBC_SHA}},
		"1.0":                  {MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS10},
		"wants one of ours":    {ClientAuth: tls.RequireAnyClientCert},
		"odd behind the sound": {Certificates: []tls.Certificate{{Certificate: [][]byte{sound.Certificate[0], own.Certificate[0]}, PrivateKey: sound.PrivateKey}}},
	} {
		t.Run(name, func(t *testing.T) {
			if config.Certificates == nil {
				config.Certificates = []tls.Certificate{own}
			}
			n := listen(t, func(conn net.Conn) { _ = tls.Server(conn, config).Handshake() })
			got, err := Probe(t.Context(), n, 8443)
			if err != nil || got.Leaf == nil {
				t.Fatalf("%+v, %v", got, err)
			}
			if !bytes.Equal(got.Leaf.Raw, config.Certificates[0].Certificate[0]) || len(got.Chain) != len(config.Certificates[0].Certificate)-1 {
				t.Errorf("other bytes than were sent")
			}
			last := append([]*x509.Certificate{got.Leaf}, got.Chain...)[len(got.Chain)]
			if !strings.Contains(cert.Limit(last), "critical") || last.Subject.CommonName != "uccx1.example.com" || last.VerifyHostname("uccx1.example.com") != nil {
				t.Errorf("%q, %+v", cert.Limit(last), last.Subject)
			}
			if version, _, _ := strings.Cut(name, ","); strings.HasPrefix(version, "1.") && got.Version != "TLS "+version {
				t.Errorf("%s over %s", name, got.Version)
			}
		})
	}
}

// TestProbeSeesKeysThatGoRefuses: a key that crypto/tls does not take is no reason to see nothing.
func TestProbeSeesKeysThatGoRefuses(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tpl := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "uccx1.example.com"}, NotAfter: time.Now().AddDate(1, 0, 0)}
	der := certtest.DER(t, tpl, nil, key.Public(), key)
	wrong := odd(t).PrivateKey
	n := listen(t, func(conn net.Conn) {
		_ = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: wrong}}}).Handshake()
	})
	if got, err := Probe(t.Context(), n, 8443); err != nil || !bytes.Equal(got.Leaf.Raw, der) {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestWhyUnreadable: where only the error is left, it says whose limit it is.
func TestWhyUnreadable(t *testing.T) {
	own := odd(t)
	n := listen(t, func(conn net.Conn) {
		_ = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{own}}).Handshake()
	})
	_, err := tls.Dial("tcp", n.Dial(8443), &tls.Config{InsecureSkipVerify: true})
	if err == nil || !strings.HasPrefix(Why(err).String(), "presents a certificate that uccx-tui cannot read (") {
		t.Errorf("%v", err)
	}
	if Why(errors.New("other")).String() != "other" {
		t.Error("another error")
	}
}
