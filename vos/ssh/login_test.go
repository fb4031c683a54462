package ssh_test

import (
	"context"
	"errors"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	vosssh "github.com/uccx-tui/uccx-tui/vos/ssh"
)

func plainNode(c *console) {
	c.run(map[string]func(*console){"show myself": says("Machine Name    : uccx1")})
}

func TestLoginByEachMethod(t *testing.T) {
	for name, set := range map[string]func(*fake){
		"both":                 func(*fake) {},
		"keyboard-interactive": func(f *fake) { f.password = false },
		"password":             func(f *fake) { f.interactive = false },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, plainNode)
			set(f)
			_, term := enter(t, f, lab(), access())
			text, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"})
			if err != nil || text != "Machine Name    : uccx1" {
				t.Errorf("got %q, %v", text, err)
			}
			if n := f.refused.Load(); n != 0 {
				t.Errorf("%d refused tries for a right password", n)
			}
		})
	}
}

// A wrong password costs one failed try, whatever the node offers: three lock the account (docs/nodes.md 1.1).
func TestWrongPasswordCostsOneTry(t *testing.T) {
	for name, set := range map[string]func(*fake){
		"both":                           func(*fake) {},
		"keyboard-interactive":           func(f *fake) { f.password = false },
		"keyboard-interactive, 3 rounds": func(f *fake) { f.rounds = 3 },
		"password":                       func(f *fake) { f.interactive = false },
		"one try allowed":                func(f *fake) { f.config.MaxAuthTries = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, plainNode)
			set(f)
			a := access()
			a.Login.Password = vos.NewSecret("wrong")
			_, err := vosssh.New(lab()).Dial(t.Context(), f.start(), a)
			if vos.Class(err) != vos.ErrLogin {
				t.Errorf("class of %v", err)
			}
			if n := f.refused.Load(); n != 1 {
				t.Errorf("%d refused tries, not 1", n)
			}
			if strings.Contains(err.Error(), "wrong") && strings.Contains(err.Error(), `"wrong"`) {
				t.Errorf("the password stands in the error: %v", err)
			}
		})
	}
}

func TestNoPasswordMethodIsNoRefusal(t *testing.T) {
	f := newFake(t, plainNode)
	f.interactive, f.password = false, false
	f.config.PublicKeyCallback = func(ssh.ConnMetadata, ssh.PublicKey) (*ssh.Permissions, error) { return nil, errors.New("no") }
	_, err := vosssh.New(lab()).Dial(t.Context(), f.start(), access())
	if vos.Class(err) != vos.ErrUnreachable {
		t.Errorf("class of %v", err)
	}
}

type keyProblem struct{ seen vos.HostKey }

func (*keyProblem) Error() string { return "another key" }

func TestHostKeyIsAskedBeforeAnySecret(t *testing.T) {
	f := newFake(t, plainNode)
	a := access()
	a.CheckKey = func(k vos.HostKey) error { return &keyProblem{k} }
	_, err := vosssh.New(lab()).Dial(t.Context(), f.start(), a)
	var problem *keyProblem
	if !errors.As(err, &problem) || vos.Class(err) != vos.ErrUnreachable {
		t.Fatalf("got %v", err)
	}
	want := vos.HostKey{Type: "ssh-ed25519", Fingerprint: ssh.FingerprintSHA256(f.keys[0].PublicKey())}
	if problem.seen != want {
		t.Errorf("shown %v, not %v", problem.seen, want)
	}
	if f.logins.Load() != 0 || f.refused.Load() != 0 {
		t.Error("the login went on")
	}
	a.CheckKey = nil
	if _, err := vosssh.New(lab()).Dial(t.Context(), f.start(), a); vos.Class(err) != vos.ErrUnreachable {
		t.Errorf("no one was asked, and yet: %v", err)
	}
}

// A node with several keys shows the one that was pinned (ssh-rsa stands for its newer signatures too).
func TestPinnedKeyIsOfferedFirst(t *testing.T) {
	keys := []ssh.Signer{edKey(t), ecKey(t), rsaKey(t)}
	for _, pinned := range []string{ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoRSA} {
		f := newFake(t, plainNode)
		f.keys = keys
		a := access()
		a.Pinned = &vos.HostKey{Type: pinned}
		var shown vos.HostKey
		a.CheckKey = func(k vos.HostKey) error { shown = k; return nil }
		d, err := vosssh.New(lab()).Dial(t.Context(), f.start(), a)
		if err != nil {
			t.Fatal(err)
		}
		_ = d.Close()
		if shown.Type != pinned {
			t.Errorf("pinned %s, shown %s", pinned, shown.Type)
		}
	}
}

func TestOldAlgorithms(t *testing.T) {
	for _, old := range []struct {
		name string
		set  func(*ssh.Config)
		safe bool
	}{
		{"hmac-sha1", func(c *ssh.Config) {
			c.Ciphers, c.MACs = []string{ssh.CipherAES128CTR}, []string{ssh.HMACSHA1}
		}, true},
		{"group14-sha1", func(c *ssh.Config) { c.KeyExchanges = []string{ssh.InsecureKeyExchangeDH14SHA1} }, false},
		{"group-exchange-sha256", func(c *ssh.Config) { c.KeyExchanges = []string{ssh.KeyExchangeDHGEXSHA256} }, true},
		{"group16", func(c *ssh.Config) { c.KeyExchanges = []string{ssh.KeyExchangeDH16SHA512} }, true},
		{"group1", func(c *ssh.Config) { c.KeyExchanges = []string{ssh.InsecureKeyExchangeDH1SHA1} }, false},
		{"aes128-cbc", func(c *ssh.Config) { c.Ciphers = []string{ssh.InsecureCipherAES128CBC} }, false},
	} {
		t.Run(old.name, func(t *testing.T) {
			f := newFake(t, plainNode)
			old.set(&f.config.Config)
			n := f.start()
			d, err := vosssh.New(lab()).Dial(t.Context(), n, access())
			if old.safe != (err == nil) {
				t.Fatalf("got %v", err)
			}
			if old.safe {
				_ = d.Close()
				return
			}
			var legacy *vos.LegacyError
			if !errors.As(err, &legacy) || vos.Class(err) != vos.ErrUnreachable || legacy.Offered == "" {
				t.Fatalf("got %v", err)
			}
			a := access()
			a.Legacy = true
			if d, err = vosssh.New(lab()).Dial(t.Context(), n, a); err != nil {
				t.Fatalf("allowed, and yet: %v", err)
			}
			_ = d.Close()
		})
	}
}

// A slow node prints nothing for a while, and its prompt only after an Enter; the Enters draw more prompts than one.
func TestSlowLoginIsNudged(t *testing.T) {
	f := newFake(t, func(c *console) {
		c.print("Command Line Interface is starting up, please wait ...\r\n")
		if k := c.key(); k != '\r' {
			t.Errorf("nudged with %q", k)
		}
		c.print("\r\n   Welcome to the Platform Command Line Interface\r\n\r\nadmin:")
		c.print("\r\n\radmin:")
		c.print("\r\n\radmin:")
		c.run(map[string]func(*console){"show myself": says("Machine Name    : uccx1")})
	})
	var said []string
	a := access()
	a.Say = func(s string) { said = append(said, s) }
	_, term := enter(t, f, lab(), a)
	if text, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"}); err != nil || text != "Machine Name    : uccx1" {
		t.Errorf("got %q, %v", text, err)
	}
	if len(said) == 0 {
		t.Error("no one was told how the login gets on")
	}
}

func TestLoginThatNeverComes(t *testing.T) {
	o := lab()
	o.LoginLimit = 300 * time.Millisecond
	f := newFake(t, func(c *console) {
		c.print("Command Line Interface is starting up, please wait ...\r\n")
		for c.key() != 0 {
		}
	})
	_, err := vosssh.New(o).Dial(t.Context(), f.start(), access())
	if vos.Class(err) != vos.ErrUnreachable || !strings.Contains(err.Error(), "no prompt within ") {
		t.Errorf("got %v", err)
	}
	f = newFake(t, func(c *console) { c.print("too many sessions\r\n") })
	if _, err = vosssh.New(lab()).Dial(t.Context(), f.start(), access()); vos.Class(err) != vos.ErrUnreachable {
		t.Errorf("hung up: %v", err)
	}
}

func TestPromptOfAnotherName(t *testing.T) {
	for _, prompt := range []string{"administrator:", "ccxadmin2:", "admin: "} {
		f := newFake(t, func(c *console) {
			c.prompt = prompt
			plainNode(c)
		})
		_, term := enter(t, f, lab(), access())
		if text, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"}); err != nil || text != "Machine Name    : uccx1" {
			t.Errorf("%s got %q, %v", prompt, text, err)
		}
	}
}

// Some line editors take only LF for Enter.
func TestNodeThatWantsLineFeed(t *testing.T) {
	f := newFake(t, func(c *console) {
		c.print(banner + "admin:")
		for {
			line := ""
			for b := c.key(); b != '\n'; b = c.key() {
				if b == 0 {
					return
				}
				if b != '\r' {
					line += string(b)
					c.print(string(b))
				}
			}
			c.print("\r\nanswer to " + line + "\r\nadmin:")
		}
	})
	_, term := enter(t, f, lab(), access())
	if text, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"}); err != nil || text != "answer to show myself" {
		t.Errorf("got %q, %v", text, err)
	}
}

func TestUnreachable(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	n := vos.Node{FQDN: "uccx1.example.com", Ports: map[int]string{vos.PortSSH: closed.Addr().String()}}
	_, err = vosssh.New(lab()).Dial(t.Context(), n, access())
	if vos.Class(err) != vos.ErrUnreachable || !strings.Contains(err.Error(), closed.Addr().String()) || !strings.Contains(err.Error(), "refused") {
		t.Errorf("got %v", err)
	}
}

// silentPort accepts connections and never says a word.
func silentPort(t *testing.T) vos.Node {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return vos.Node{FQDN: "uccx1.example.com", Ports: map[int]string{vos.PortSSH: l.Addr().String()}}
}

func TestDiallingCanBeCancelled(t *testing.T) {
	for name, node := range map[string]func(t *testing.T) vos.Node{
		"in the key exchange": silentPort,
		"at the prompt": func(t *testing.T) vos.Node {
			return newFake(t, func(c *console) {
				for c.key() != 0 {
				}
			}).start()
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			n := node(t)
			time.AfterFunc(50*time.Millisecond, cancel)
			_, err := vosssh.New(lab()).Dial(ctx, n, access())
			if vos.Class(err) != vos.ErrUnreachable || !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Run("dials", func(t *testing.T) {
		o := lab()
		o.KeepAlive = 100 * time.Millisecond // a node that is slow has twice as long to answer
		f := newFake(t, plainNode)
		d, term := enter(t, f, o, access())
		for f.kept.Load() < 2 {
			if _, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"}); err != nil {
				t.Fatal(err)
			}
		}
		_ = d.Close()
		_ = d.Close()
		a := access()
		a.Login.Password = vos.NewSecret("wrong")
		_, _ = vosssh.New(lab()).Dial(t.Context(), newFake(t, plainNode).start(), a)
		_, _ = vosssh.New(lab()).Dial(t.Context(), newFake(t, func(c *console) {}).start(), access())
	})
	deadline := time.Now().Add(time.Minute)
	for runtime.NumGoroutine() > before {
		if time.Now().After(deadline) {
			buf := make([]byte, 1<<20)
			t.Fatalf("%d goroutines before, %d after\n%s", before, runtime.NumGoroutine(), buf[:runtime.Stack(buf, true)])
		}
		runtime.Gosched()
	}
}

// An account whose password has expired is asked for a new one where others get the prompt: nothing is typed there, and
// no one waits for the prompt.
func TestPasswordThatHasExpired(t *testing.T) {
	for _, asks := range []string{"WARNING: Your password has expired.\r\nYou must change your password now and login again!\r\nChanging password for user administrator.\r\n(current) UNIX password: ", "Password:"} {
		typed := make(chan byte, 1)
		f := newFake(t, func(c *console) { c.print(asks); typed <- c.key() })
		o := lab()
		o.Nudge = time.Minute
		_, err := vosssh.New(o).Dial(t.Context(), f.start(), access())
		var e *vos.Error
		if !errors.As(err, &e) || e.Class != vos.ErrRefused || !strings.Contains(e.What.String(), "new password") {
			t.Errorf("got %v", err)
		}
		if k := <-typed; k != 0 {
			t.Errorf("typed %q", k)
		}
	}
}
