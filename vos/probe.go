package vos

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
	"time"
)

// Served is what one port of a node presents in a TLS handshake.
type Served struct {
	Port    int
	Leaf    *x509.Certificate
	Chain   []*x509.Certificate // what was sent after the leaf
	Version string              // "TLS 1.2"
}

// probeLimit is how long one handshake may take.
const probeLimit = 10 * time.Second

// Probe makes one handshake with a port of the node and tells what is served there. It trusts nothing and sends nothing
// but the handshake: judging is the caller's. Errors are ErrUnreachable.
func Probe(ctx context.Context, n Node, port int) (Served, error) {
	ctx, cancel := context.WithTimeout(ctx, probeLimit)
	defer cancel()
	d := tls.Dialer{Config: probeConfig(n.FQDN)}
	conn, err := d.DialContext(ctx, "tcp", n.Dial(port))
	if err != nil {
		return Served{Port: port}, &Error{Class: ErrUnreachable, Node: n.FQDN, What: fmt.Sprintf("port %d: %s", port, Why(err)),
			Means: "nothing was seen there", Next: "is the service started, and is the port reachable from here?"}
	}
	defer conn.Close()
	state := conn.(*tls.Conn).ConnectionState()
	if len(state.PeerCertificates) == 0 {
		return Served{Port: port}, &Error{Class: ErrUnreachable, Node: n.FQDN, What: fmt.Sprintf("port %d: no certificate is served", port)}
	}
	return Served{port, state.PeerCertificates[0], state.PeerCertificates[1:], tls.VersionName(state.Version)}, nil
}

// probeConfig accepts what old nodes speak, for the handshake alone.
func probeConfig(name string) *tls.Config {
	c := &tls.Config{ServerName: name, InsecureSkipVerify: true, MinVersion: tls.VersionTLS10}
	for _, s := range tls.CipherSuites() {
		c.CipherSuites = append(c.CipherSuites, s.ID)
	}
	for _, s := range tls.InsecureCipherSuites() {
		c.CipherSuites = append(c.CipherSuites, s.ID)
	}
	return c
}

// Why says in a few words why a connection to a node did not come about.
func Why(err error) string {
	var record tls.RecordHeaderError
	var dns *net.DNSError
	switch {
	case errors.As(err, &record):
		return "does not speak TLS"
	case errors.As(err, &dns):
		return "the name is not known to this machine's resolver"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "connection refused"
	case errors.Is(err, syscall.ECONNRESET):
		return "connection reset"
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), timedOut(err):
		return "no answer in time"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "no route to it"
	}
	return err.Error()
}

func timedOut(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}
