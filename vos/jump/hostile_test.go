package jump_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/jump"
	"github.com/uccx-tui/uccx-tui/vos/loopback"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

// behind is the way through a hostile server.
func behind(t *testing.T, h *vostest.Hostile) *jump.Host {
	t.Helper()
	t.Setenv("SSH_AUTH_SOCK", "")
	host := jump.New(route.Route{Jump: "me@" + h.Start(t).Dial(vos.PortSSH)}, &net.Dialer{})
	t.Cleanup(func() { _ = host.Close() })
	return host
}

// TestHostileLogins: the servers that a login to a node survives are survived as jump hosts too.
func TestHostileLogins(t *testing.T) {
	for _, c := range vostest.HostileLogins() {
		t.Run(c.Name, func(t *testing.T) {
			h := c.Server()
			host := behind(t, h)
			host.Hurry(400 * time.Millisecond)
			err := host.Enter(context.Background(), with(vostest.HostilePassword, yes))
			var hop *route.Unreached
			switch {
			case !errors.As(err, &hop) && !errors.Is(err, jump.ErrRefused), errors.Is(err, jump.ErrRefused) && c.Given == 0:
				t.Errorf("%.300v", err)
			case strings.Contains(err.Error(), vostest.HostilePassword), len(err.Error()) > 1<<10:
				t.Errorf("%d bytes: %.500s", len(err.Error()), err)
			}
			if got := len(h.Given()); got > c.Given {
				t.Errorf("the password was given %d times, not %d", got, c.Given)
			}
		})
	}
}

// TestOffersOfAHandshake: a jump host is not offered what a node is offered only after a decision.
func TestOffersOfAHandshake(t *testing.T) {
	offered := make(chan string, 1)
	h := &vostest.Hostile{Raw: func(c net.Conn) {
		_, _ = io.WriteString(c, "SSH-2.0-OpenSSH_8.0\r\n")
		text := make([]byte, 4<<10)
		n := 0
		for err := error(nil); err == nil && !strings.Contains(string(text[:n]), "none"); {
			var more int
			more, err = c.Read(text[n:])
			n += more
		}
		offered <- string(text[:n])
	}}
	host := behind(t, h)
	host.Hurry(10 * time.Second)
	a := with("right", yes)
	a.Pinned = &jump.Key{Type: ssh.KeyAlgoRSA}
	_ = host.Enter(context.Background(), a)
	text := "," + strings.ReplaceAll(<-offered, "\x00", ",")
	for name, want := range map[string]bool{"14-sha1": false, ",ssh-rsa,": false, "ssh-dss": false, "-cert-v01@": false, "hmac-sha1-96": false, "-cbc": false,
		"hmac-sha1": true, "rsa-sha2-256": true, "ssh-ed25519": true, "curve25519-sha256": true} {
		if got := strings.Contains(text, name); got != want {
			t.Errorf("%s is offered: %v\n%q", name, got, text)
		}
	}
}

// TestSilentJumpHost: one that lets in and then answers nothing more is left, and what waits for it ends.
func TestSilentJumpHost(t *testing.T) {
	h := &vostest.Hostile{Raw: func(c net.Conn) {
		config := &ssh.ServerConfig{NoClientAuth: true}
		config.AddHostKey(loopback.HostKey(t))
		if conn, _, _, err := ssh.NewServerConn(c, config); err == nil {
			_ = conn.Wait() // neither requests nor channels are looked at
		}
	}}
	host := behind(t, h)
	host.Hurry(300 * time.Millisecond)
	if err := host.Enter(context.Background(), with("right", yes)); err != nil {
		t.Fatal(err)
	}
	_, err := host.DialContext(context.Background(), "tcp", "uccx1:22")
	var hop *route.Unreached
	if !errors.As(err, &hop) {
		t.Errorf("%v", err)
	}
}

// after is a jump host that lets in, and then does what it likes.
func after(t *testing.T, do func(conn *ssh.ServerConn, chans <-chan ssh.NewChannel)) *jump.Host {
	t.Helper()
	h := &vostest.Hostile{Raw: func(c net.Conn) {
		config := &ssh.ServerConfig{NoClientAuth: true}
		config.AddHostKey(loopback.HostKey(t))
		conn, chans, reqs, err := ssh.NewServerConn(c, config)
		if err != nil {
			return
		}
		go ssh.DiscardRequests(reqs)
		do(conn, chans)
	}}
	host := behind(t, h)
	host.Watched(300 * time.Millisecond)
	if err := host.Enter(context.Background(), with("right", yes)); err != nil {
		t.Fatal(err)
	}
	return host
}

// TestHostileAfterEntering: a jump host that let in and then floods, opens channels of its own, refuses in odd words, or answers for a
// node with bytes without end hangs nothing, costs no memory, and is not taken for the node's fault.
func TestHostileAfterEntering(t *testing.T) {
	reject := func(reason ssh.RejectionReason, words string) func(*ssh.ServerConn, <-chan ssh.NewChannel) {
		return func(_ *ssh.ServerConn, chans <-chan ssh.NewChannel) {
			for ch := range chans {
				_ = ch.Reject(reason, words)
			}
		}
	}
	accept := func(write string) func(*ssh.ServerConn, <-chan ssh.NewChannel) {
		return func(_ *ssh.ServerConn, chans <-chan ssh.NewChannel) {
			for ch := range chans {
				open, reqs, err := ch.Accept()
				if err != nil {
					return
				}
				go ssh.DiscardRequests(reqs)
				if write != "" {
					go vostest.Endless(write)(open)
				}
			}
		}
	}
	for name, do := range map[string]func(*ssh.ServerConn, <-chan ssh.NewChannel){
		"hangs up": func(conn *ssh.ServerConn, _ <-chan ssh.NewChannel) { _ = conn.Close() },
		"requests without end": func(conn *ssh.ServerConn, _ <-chan ssh.NewChannel) {
			for {
				if _, _, err := conn.SendRequest("evil@example.com", false, make([]byte, 30_000)); err != nil {
					return
				}
			}
		},
		"channels of its own": func(conn *ssh.ServerConn, chans <-chan ssh.NewChannel) {
			for _, kind := range []string{"session", "x11", "auth-agent@openssh.com", "forwarded-tcpip", "direct-tcpip"} {
				if open, _, err := conn.OpenChannel(kind, nil); err == nil {
					t.Errorf("%s was opened", kind)
					_ = open.Close()
				}
			}
			reject(ssh.ConnectionFailed, "no")(conn, chans)
		},
		"words without end":     reject(ssh.ConnectionFailed, strings.Repeat("right \x1b]52;c;SE9T\x07", 2000)),
		"a reason of its own":   reject(ssh.RejectionReason(4711), "right"),
		"short of resources":    reject(ssh.ResourceShortage, "right"),
		"bytes without end":     accept("x"),
		"escapes without end":   accept("\x1b]52;c;SE9T\x07"),
		"a banner, and silence": accept(""),
	} {
		t.Run(name, func(t *testing.T) {
			host := after(t, do)
			ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
			defer cancel()
			c, err := host.DialContext(ctx, "tcp", "uccx1.example.com:22")
			if err != nil {
				if strings.Contains(err.Error(), "right") || len(err.Error()) > 1<<10 {
					t.Errorf("%.500v", err)
				}
				return
			}
			_ = c.SetDeadline(time.Now().Add(200 * time.Millisecond))
			n, err := io.Copy(io.Discard, c)
			if err == nil {
				t.Errorf("%d bytes, and no end", n)
			}
		})
	}
}
