// Package loopback holds the TCP servers of the tests: one that ends with its test, and an address that can be led to another server.
package loopback

import (
	"crypto/ed25519"
	"crypto/rand"
	"io"
	"net"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"
)

// Listen serves each connection to a port of 127.0.0.1 until the test ends, and returns its address as host:port.
func Listen(t testing.TB, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return Serve(t, l, serve)
}

// Serve is Listen on a listener that is there, for example of TLS. A connection is closed when serve returns; at the end of the test all
// connections are closed, and each serve is waited for.
func Serve(t testing.TB, l net.Listener, serve func(net.Conn)) string {
	var all sync.WaitGroup
	var mu sync.Mutex
	var open []net.Conn
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, c)
			mu.Unlock()
			all.Go(func() { defer c.Close(); serve(c) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for _, c := range open {
			_ = c.Close()
		}
		mu.Unlock()
		all.Wait()
	})
	return l.Addr().String()
}

// Splice copies between two connections in both directions, and closes both.
func Splice(a, b io.ReadWriteCloser) {
	go func() { _, _ = io.Copy(a, b); _ = a.Close() }()
	_, _ = io.Copy(b, a)
	_ = b.Close()
}

// HostKey makes an Ed25519 key for an SSH server.
func HostKey(t testing.TB) ssh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	own, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return own
}

// Fork is an address that leads to one server, and from a moment on to another.
type Fork struct {
	Addr string // host:port

	mu   sync.Mutex
	to   string
	open []net.Conn
}

// NewFork leads to the server at this address.
func NewFork(t testing.TB, to string) *Fork {
	t.Helper()
	f := &Fork{to: to}
	f.Addr = Listen(t, f.carry)
	t.Cleanup(func() { f.Lead("") })
	return f
}

func (f *Fork) carry(c net.Conn) {
	f.mu.Lock()
	far, err := net.Dial("tcp", f.to)
	if err != nil {
		f.mu.Unlock()
		return
	}
	f.open = append(f.open, c, far)
	f.mu.Unlock()
	Splice(c, far)
}

// Lead ends all connections and leads elsewhere from now on; it returns where it led before.
func (f *Fork) Lead(to string) (was string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.open {
		_ = c.Close()
	}
	was, f.open, f.to = f.to, nil, to
	return was
}
