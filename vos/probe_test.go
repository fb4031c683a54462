package vos

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/loopback"
)

// chain makes a root and a leaf, as a node serves them.
func chain(t *testing.T) tls.Certificate {
	t.Helper()
	key := certtest.Key(t)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Root"}, NotBefore: now, NotAfter: now.AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "another.example"}, NotBefore: now, NotAfter: now.AddDate(0, 0, 1)}
	rootDER := certtest.DER(t, root, nil, key.Public(), key)
	leafDER := certtest.DER(t, leaf, root, key.Public(), key)
	return tls.Certificate{Certificate: [][]byte{leafDER, rootDER}, PrivateKey: key}
}

// listen serves one port of a node in the way that is given, and returns the node.
func listen(t *testing.T, serve func(net.Conn)) Node {
	t.Helper()
	return Node{FQDN: "uccx1.example.com", Ports: map[int]string{8443: loopback.Listen(t, serve)}}
}

// What is served is told whatever it is: expired, for another name, of a CA that no one knows, over an old version.
func TestProbeSeesWhatIsServed(t *testing.T) {
	own := chain(t)
	for name, c := range map[string]struct {
		config  *tls.Config
		version string
	}{
		"today":                     {&tls.Config{}, "TLS 1.3"},
		"TLS 1.0":                   {&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS10}, "TLS 1.0"},
		"wants a certificate, 1.2":  {&tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}, "TLS 1.2"},
		"wants a certificate, 1.3":  {&tls.Config{ClientAuth: tls.RequireAnyClientCert}, "TLS 1.3"},
		"only curves of long since": {&tls.Config{CurvePreferences: []tls.CurveID{tls.CurveP521}}, "TLS 1.3"},
	} {
		t.Run(name, func(t *testing.T) {
			c.config.Certificates = []tls.Certificate{own}
			names := make(chan string, 1)
			c.config.GetConfigForClient = func(h *tls.ClientHelloInfo) (*tls.Config, error) { names <- h.ServerName; return nil, nil }
			n := listen(t, func(conn net.Conn) { _ = tls.Server(conn, c.config).Handshake() })
			got, err := Probe(t.Context(), n, 8443)
			if err != nil {
				t.Fatal(err)
			}
			if got.Leaf.SerialNumber.Int64() != 2 || len(got.Chain) != 1 || got.Chain[0].SerialNumber.Int64() != 1 || got.Version != c.version || got.Port != 8443 {
				t.Errorf("got %d and %d more over %s", got.Leaf.SerialNumber, len(got.Chain), got.Version)
			}
			if sni := <-names; sni != n.FQDN {
				t.Errorf("asked for %q", sni)
			}
		})
	}
}

func TestProbeFails(t *testing.T) {
	for name, c := range map[string]struct {
		serve func(net.Conn)
		want  string
	}{
		"no TLS":   {func(c net.Conn) { _, _ = c.Write([]byte("SSH-2.0-OpenSSH_5.3\r\n")); _, _ = c.Read(make([]byte, 1)) }, "no TLS on this port"},
		"hangs up": {func(c net.Conn) { _, _ = c.Read(make([]byte, 4096)) }, "connection closed without an answer"},
	} {
		t.Run(name, func(t *testing.T) {
			n := listen(t, c.serve)
			_, err := Probe(t.Context(), n, 8443)
			if Class(err) != ErrUnreachable || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), n.Dial(8443)) {
				t.Errorf("got %v", err)
			}
		})
	}
	n := listen(t, nil)
	n.Ports[443], n.Ports[8443] = n.Ports[8443], closedPort(t)
	if _, err := Probe(t.Context(), n, 8443); Class(err) != ErrUnreachable || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("got %v", err)
	}
}

func closedPort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	return l.Addr().String()
}

func TestProbeEndsWithItsContext(t *testing.T) {
	called := make(chan struct{})
	n := listen(t, func(c net.Conn) { close(called); _, _ = c.Read(make([]byte, 1<<16)); _, _ = c.Read(make([]byte, 1)) })
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-called; cancel() }()
	if _, err := Probe(ctx, n, 8443); Class(err) != ErrUnreachable || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
