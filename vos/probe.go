package vos

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/errno"
	"github.com/uccx-tui/uccx-tui/vos/handshake"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
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
	return ProbeBy(ctx, route.Way{}, n, port)
}

// ProbeBy is Probe by a proxy or jump host: its errors say from where the port was seen.
func ProbeBy(ctx context.Context, way route.Way, n Node, port int) (Served, error) {
	ctx, cancel := context.WithTimeout(ctx, probeLimit)
	defer cancel()
	seen, config := tls.ConnectionState{}, probeConfig(n.FQDN)
	config.VerifyConnection = func(s tls.ConnectionState) error { seen = s; return nil }
	addr, tape, began := n.Dial(port), handshake.Tape{}, time.Now()
	err := shake(ctx, way, addr, &tape, config)
	way.Note("tls", began, "address", addr, "version", tls.VersionName(seen.Version), "cipher", tls.CipherSuiteName(seen.CipherSuite), "error", fmt.Sprint(err))
	if len(seen.PeerCertificates) > 0 { // seen is seen, also where the port then wants a certificate of ours
		return Served{port, seen.PeerCertificates[0], seen.PeerCertificates[1:], tls.VersionName(seen.Version)}, nil
	}
	if chain, version := taped(&tape); len(chain) > 0 {
		return Served{port, chain[0], chain[1:], tls.VersionName(version)}, nil
	}
	return Served{Port: port}, silent(n, port, addr, way, err)
}

// silent is the error of a port that showed no certificate.
func silent(n Node, port int, addr string, way route.Way, err error) *Error {
	e := &Error{Class: ErrUnreachable, Node: n.FQDN, What: msg.T("No certificate at %s", addr), Means: msg.T("Port %s was not verified.", strconv.Itoa(port)),
		Next: msg.T("Check that the service is started and that the port is reachable from this machine.")}
	if err != nil {
		e.What, e.Code = msg.T("%s at %s", Why(err), addr), NetworkCode(err)
	}
	if far := way.Far(addr); far != "" {
		e.What = route.Seen(e.What, far, err)
		e.Next = msg.T("Check that the service is started and that the port is reachable from %s.", far)
	}
	switch {
	case OutOfFiles(err):
		e.Err = err
	case errors.Is(err, context.Canceled):
		e.Err = context.Canceled
	}
	return e
}

// shake makes one handshake with an address, and records it.
func shake(ctx context.Context, way route.Way, addr string, tape *handshake.Tape, config *tls.Config) error {
	conn, err := way.DialContext(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	return tls.Client(tape.Conn(conn), tape.Config(config)).HandshakeContext(ctx)
}

// taped is what a server sent that crypto/tls does not show, because it cannot read it; none where a part of it is no
// certificate.
func taped(tape *handshake.Tape) ([]*x509.Certificate, uint16) {
	sent, version := tape.Certificates()
	var chain []*x509.Certificate
	for _, der := range sent {
		c, err := cert.FromDER(der)
		if err != nil {
			return nil, 0
		}
		chain = append(chain, c)
	}
	return chain, version
}

// probeConfig accepts what old nodes speak, for the handshake alone. It offers no key exchange that makes the first
// message longer than old stacks can read.
func probeConfig(name string) *tls.Config {
	c := &tls.Config{ServerName: name, InsecureSkipVerify: true, MinVersion: tls.VersionTLS10,
		CurvePreferences: []tls.CurveID{tls.X25519, tls.CurveP256, tls.CurveP384, tls.CurveP521}}
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		c.CipherSuites = append(c.CipherSuites, s.ID)
	}
	return c
}

// Why says in a few words why a connection to a node did not come about.
func Why(err error) msg.Text {
	var record tls.RecordHeaderError
	var dns *net.DNSError
	var hop *route.Unreached
	switch {
	case errors.As(err, &hop):
		return msg.T("%s cannot be used: %s", hop.Hop, WhyHop(hop))
	case errors.Is(err, route.ErrName):
		return msg.T("the name cannot be resolved there")
	case errors.As(err, &record):
		return msg.T("no TLS on this port")
	case errors.As(err, &dns):
		return msg.T("this machine cannot resolve the name")
	case errno.Is(err, syscall.ECONNREFUSED):
		return msg.T("connection refused")
	case errno.Is(err, syscall.ECONNRESET), errno.Is(err, syscall.EPIPE):
		return msg.T("connection reset")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return msg.T("connection closed without an answer")
	case errors.Is(err, context.Canceled):
		return msg.T("cancelled")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), timedOut(err):
		return msg.T("timed out")
	case errno.Is(err, syscall.EHOSTUNREACH), errno.Is(err, syscall.ENETUNREACH):
		return msg.T("no route to host")
	}
	if _, why, ok := strings.Cut(err.Error(), "tls: failed to parse certificate from server: "); ok {
		return msg.T("presents a certificate that uccx-tui cannot read (%s)", strings.TrimPrefix(why, "x509: "))
	}
	return msg.Of(err)
}

// WhyHop says in a few words why a proxy or jump host cannot be used.
func WhyHop(hop *route.Unreached) msg.Text {
	if hop.Cause != nil {
		return Why(hop.Cause)
	}
	return hop.Why
}

func timedOut(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout() || errno.Is(err, syscall.ETIMEDOUT)
}
