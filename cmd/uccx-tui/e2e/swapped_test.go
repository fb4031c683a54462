package e2e_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"golang.org/x/crypto/ssh"
)

// impostor is an SSH server with a host key of its own that takes any password, and counts them.
type impostor struct {
	addr, print string
	passwords   atomic.Int32
	visits      atomic.Int32
}

func newImpostor(t testing.TB) *impostor {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	own, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	i := &impostor{print: ssh.FingerprintSHA256(own.PublicKey())}
	config := &ssh.ServerConfig{PasswordCallback: func(ssh.ConnMetadata, []byte) (*ssh.Permissions, error) {
		i.passwords.Add(1)
		return nil, nil
	}, KeyboardInteractiveCallback: func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
		if _, err := ask("", "", []string{"Password: "}, []bool{false}); err == nil {
			i.passwords.Add(1)
		}
		return nil, errors.New("no")
	}}
	config.AddHostKey(own)
	i.addr = listen(t, func(c net.Conn) {
		i.visits.Add(1)
		_, chans, reqs, err := ssh.NewServerConn(c, config)
		if err != nil {
			return
		}
		go ssh.DiscardRequests(reqs)
		for one := range chans {
			_ = one.Reject(ssh.Prohibited, "no")
		}
	})
	return i
}

// fork is an address that leads to one server, and once it was swapped to another.
type fork struct {
	mu     sync.Mutex
	to     string
	other  string
	opened []net.Conn
	addr   string
}

func newFork(t testing.TB, to, other string) *fork {
	f := &fork{to: to, other: other}
	f.addr = listen(t, f.carry)
	return f
}

func (f *fork) carry(c net.Conn) {
	f.mu.Lock()
	far, err := net.Dial("tcp", f.to)
	if err != nil {
		f.mu.Unlock()
		_ = c.Close()
		return
	}
	f.opened = append(f.opened, c, far)
	f.mu.Unlock()
	splice(c, far)
}

// swap ends the connections that are open, and leads to the other server from now on.
func (f *fork) swap() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.opened {
		_ = c.Close()
	}
	f.opened, f.to = nil, f.other
}

// stopped fails unless a run stopped for a changed key, with both fingerprints, and no password went to the impostor.
func stopped(t *testing.T, i *impostor, stop, was, out string, code int) {
	t.Helper()
	for _, want := range []string{stop, was, i.print} {
		if !strings.Contains(out, want) {
			t.Errorf("without %q:\n%s", want, out)
		}
	}
	if code != 10 || i.passwords.Load() != 0 || i.visits.Load() == 0 {
		t.Errorf("exit %d, %d passwords went out, %d visits", code, i.passwords.Load(), i.visits.Load())
	}
}

// TestJumpHostSwapped: another machine answers for the jump host, or for a node behind it, in the middle of a run, when the connection
// was lost: no password goes out, and the run stops with both fingerprints. So does the next run.
func TestJumpHostSwapped(t *testing.T) {
	t.Parallel()
	for _, moment := range []int32{2, 4, 7, 12} { // connections to nodes before it
		for _, node := range []bool{false, true} {
			t.Run(fmt.Sprintf("node %v, connection %d", node, moment), func(t *testing.T) {
				t.Parallel()
				p, s, other := newPlace(t), newPlace(t).serve(), newImpostor(t)
				h, at := &hop{known: s.names()}, atomic.Int32{}
				addr, print := h.sshd(t, "jump-secret-9", nil)
				was, f := print, newFork(t, addr, other.addr)
				if node {
					was, f = s.Nodes[0].HostKey, newFork(t, s.Nodes[0].SSH, other.addr)
					s.Nodes[0].SSH = f.addr
				} else {
					addr = f.addr
				}
				h.each = func(string) {
					if at.Add(1) == moment {
						f.swap()
					}
				}
				file := s.far(t, fmt.Sprintf("jump = \"tester@%s\"\njump_keys = [%q]", addr, print))
				secret := filepath.Join(t.TempDir(), "pw")
				if err := os.WriteFile(secret, []byte("jump-secret-9\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				stop := "STOP: the SSH host key of"
				if node && moment == 2 { // before its key was accepted by the one in the solution file
					stop = "the flag or the solution file has another one"
				}
				for range 2 {
					out, errs, code := p.run("run", "--solution", file, "--password-file", s.passwordFile(t), "--password-file", "127.0.0.1="+secret, "--answer", "*=yes")
					stopped(t, other, stop, was, out+errs, code)
				}
			})
		}
	}
}
