package jump_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos/jump"
	"github.com/uccx-tui/uccx-tui/vos/loopback"
	"github.com/uccx-tui/uccx-tui/vos/route"
)

// server is a jump host that takes a password, and refuses, hangs or answers by the name that is asked for.
type server struct {
	addr  string
	tries atomic.Int32
	key   atomic.Pointer[ssh.Signer]
	conns chan *ssh.ServerConn
	asks  func(ssh.ConnMetadata, ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) // beside the password; may be nil

	passwordOff bool // only questions
}

func (s *server) newKey(t *testing.T) {
	t.Helper()
	own := loopback.HostKey(t)
	s.key.Store(&own)
}

func serve(t *testing.T, set ...func(*server)) *server {
	t.Helper()
	s := &server{conns: make(chan *ssh.ServerConn, 10)}
	for _, f := range set {
		f(s)
	}
	s.newKey(t)
	s.addr = loopback.Listen(t, s.one)
	return s
}

func (s *server) one(c net.Conn) {
	config := &ssh.ServerConfig{PasswordCallback: func(_ ssh.ConnMetadata, given []byte) (*ssh.Permissions, error) {
		s.tries.Add(1)
		if string(given) != "right" {
			return nil, errors.New("no")
		}
		return nil, nil
	}}
	config.KeyboardInteractiveCallback = s.asks
	if s.passwordOff {
		config.PasswordCallback = nil
	}
	config.AddHostKey(*s.key.Load())
	conn, chans, reqs, err := ssh.NewServerConn(c, config)
	if err != nil {
		return
	}
	s.conns <- conn
	go ssh.DiscardRequests(reqs)
	for ch := range chans {
		var to struct {
			Host string
			Port uint32
			From string
			Back uint32
		}
		_ = ssh.Unmarshal(ch.ExtraData(), &to)
		switch to.Host {
		case "shut":
			_ = ch.Reject(ssh.ConnectionFailed, "Connection refused")
		case "forbidden":
			_ = ch.Reject(ssh.Prohibited, "open failed")
		case "unknown":
			_ = ch.Reject(ssh.ConnectionFailed, "Name or service not known")
		case "quotes":
			_ = ch.Reject(ssh.ConnectionFailed, "no way for the right one, right? "+strings.Repeat("z", 10000))
		case "odd":
			_ = ch.Reject(ssh.ConnectionFailed, "\x1b[2Jowned")
		case "much":
			if open, reqs, err := ch.Accept(); err == nil {
				go ssh.DiscardRequests(reqs)
				go func() { _, _ = open.Write(make([]byte, 3<<20)); _ = open.Close() }()
			}
		default:
			open, reqs, err := ch.Accept()
			if err == nil {
				go ssh.DiscardRequests(reqs)
				_, _ = io.WriteString(open, "hello")
			}
		}
	}
}

func (s *server) host(t *testing.T) *jump.Host {
	h := jump.New(route.Route{Jump: "me@" + s.addr}, &net.Dialer{})
	t.Cleanup(func() { _ = h.Close() })
	return h
}

func with(password string, check func(jump.Key) error) jump.Access {
	return jump.Access{Password: func() (string, bool) { return password, password != "" }, CheckKey: check, Identities: []string{"/nonexistent"}}
}

func yes(jump.Key) error { return nil }

// TestEnter: no password goes out before the host key was accepted, a wrong one goes out once, and a missing one is asked for.
func TestEnter(t *testing.T) {
	t.Setenv("SSH_AUTH_SOCK", "")
	s, ctx := serve(t), context.Background()
	no := errors.New("not this one")
	if err := s.host(t).Enter(ctx, with("right", func(jump.Key) error { return no })); !errors.Is(err, no) || s.tries.Load() != 0 {
		t.Errorf("%v, %d tries", err, s.tries.Load())
	}
	if err := s.host(t).Enter(ctx, with("right", nil)); err == nil || s.tries.Load() != 0 {
		t.Error("a host key was trusted without a question")
	}
	if err := s.host(t).Enter(ctx, with("", yes)); !errors.Is(err, jump.ErrPassword) || s.tries.Load() != 0 {
		t.Errorf("%v, %d tries", err, s.tries.Load())
	}
	if err := s.host(t).Enter(ctx, with("wrong", yes)); !errors.Is(err, jump.ErrRefused) || s.tries.Load() != 1 {
		t.Errorf("%v, %d tries", err, s.tries.Load())
	}
	var hop *route.Unreached
	if _, err := s.host(t).DialContext(ctx, "tcp", "a:1"); !errors.As(err, &hop) {
		t.Errorf("%v", err)
	}
}

// TestAskedTwice: a jump host that refuses the password in one way is not given it in the other, and one that asks for something that is
// echoed, or for more than one thing, is not given it at all.
func TestAskedTwice(t *testing.T) {
	t.Setenv("SSH_AUTH_SOCK", "")
	for name, c := range map[string]struct {
		questions []string
		echos     []bool
		password  string
		given     int32
	}{
		"both ways": {[]string{"Password: "}, []bool{false}, "wrong", 1},
		"echoed":    {[]string{"User: "}, []bool{true}, "", 0},
		"two":       {[]string{"Password: ", "Code: "}, []bool{false, false}, "", 0},
	} {
		var interactive atomic.Int32
		asks := func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
			answers, err := ask("", "", c.questions, c.echos)
			if err == nil && len(answers) > 0 && answers[0] != "" {
				interactive.Add(1)
			}
			return nil, errors.New("no")
		}
		s := serve(t, func(s *server) { s.asks, s.passwordOff = asks, c.password == "" })
		err := s.host(t).Enter(context.Background(), with("wrong", yes))
		if err == nil || s.tries.Load()+interactive.Load() != c.given {
			t.Errorf("%s: %v, given %d and %d times, want %d", name, err, s.tries.Load(), interactive.Load(), c.given)
		}
	}
}

// TestDial: what the jump host says of a node has the error of a direct connection; deadlines end a connection that hangs.
func TestDial(t *testing.T) {
	t.Setenv("SSH_AUTH_SOCK", "")
	s, ctx := serve(t), context.Background()
	h := s.host(t)
	if err := h.Enter(ctx, with("right", yes)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{"shut": syscall.ECONNREFUSED, "unknown": route.ErrName} {
		if _, err := h.DialContext(ctx, "tcp", name+":22"); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var hop *route.Unreached
	if _, err := h.DialContext(ctx, "tcp", "forbidden:22"); !errors.As(err, &hop) {
		t.Errorf("%v", err)
	}
	if _, err := h.DialContext(ctx, "tcp", "odd:22"); err == nil || errors.As(err, &hop) {
		t.Errorf("%v", err)
	}
	if _, err := h.DialContext(ctx, "tcp", "quotes:22"); err == nil || strings.Contains(err.Error(), "right") || len(err.Error()) > 300 {
		t.Errorf("%v", err)
	}
	c, err := h.DialContext(ctx, "tcp", "good:22")
	if err != nil {
		t.Fatal(err)
	}
	if b := make([]byte, 5); true {
		if _, err := io.ReadFull(c, b); err != nil || string(b) != "hello" {
			t.Errorf("%q, %v", b, err)
		}
	}
	much, err := h.DialContext(ctx, "tcp", "much:22") // the bound of the login ended with it
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, much); n != 3<<20 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	_ = c.SetDeadline(time.Now().Add(time.Millisecond))
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%v", err)
	}
	waits, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := h.DialContext(waits, "tcp", "good:22"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestLost: a connection that was lost is opened again, but only with the key that was accepted.
func TestLost(t *testing.T) {
	t.Setenv("SSH_AUTH_SOCK", "")
	s, ctx := serve(t), context.Background()
	h := s.host(t)
	asked := 0
	if err := h.Enter(ctx, with("right", func(jump.Key) error { asked++; return nil })); err != nil {
		t.Fatal(err)
	}
	lose := func() {
		_ = (<-s.conns).Close()
		for h.Entered() { // until the end was seen
			time.Sleep(time.Millisecond)
		}
	}
	lose()
	if _, err := h.DialContext(ctx, "tcp", "good:22"); err != nil {
		t.Fatal(err)
	}
	lose()
	was := ssh.FingerprintSHA256((*s.key.Load()).PublicKey())
	s.newKey(t)
	is := ssh.FingerprintSHA256((*s.key.Load()).PublicKey())
	tries := s.tries.Load()
	_, err := h.DialContext(ctx, "tcp", "good:22")
	var hop *route.Unreached
	if !errors.As(err, &hop) || s.tries.Load() != tries || asked != 1 {
		t.Errorf("%v, %d tries more, asked %d times", err, s.tries.Load()-tries, asked)
	}
	if got := fmt.Sprint(err); got != "the jump host 127.0.0.1 cannot be used: its host key changed from "+was+" to "+is+", and no password was sent" {
		t.Error(got)
	}
}
