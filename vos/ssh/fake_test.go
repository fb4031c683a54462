package ssh_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cli"
	vosssh "github.com/uccx-tui/uccx-tui/vos/ssh"
)

const (
	user     = "administrator"
	password = "S3cret-of-the-node"
	banner   = "Command Line Interface is starting up, please wait ...\r\n\r\n   Welcome to the Platform Command Line Interface\r\n\r\n" +
		"VMware Installation:\r\n\t2 vCPU: Intel(R) Xeon(R) CPU E5-4669 v4 @ 2.20GHz\r\n\tDisk 1: 146GB, Partitions aligned\r\n\t10240 Mbytes RAM\r\n\r\n"
)

// fake is a node of which a test writes every byte.
type fake struct {
	t           *testing.T
	interactive bool
	password    bool
	rounds      int // how often a wrong password is asked for in one keyboard-interactive dialogue
	config      ssh.ServerConfig
	keys        []ssh.Signer
	shell       func(*console)

	refused  atomic.Int32 // tries that a node would count
	kept     atomic.Int32 // requests that belong to no channel: keep-alives
	logins   atomic.Int32
	mute     atomic.Bool // keep-alives are not answered any more
	mu       sync.Mutex
	conns    []net.Conn
	sessions sync.WaitGroup
}

func newFake(t *testing.T, shell func(*console)) *fake {
	return &fake{t: t, interactive: true, password: true, shell: shell, keys: []ssh.Signer{edKey(t)}}
}

func edKey(t *testing.T) ssh.Signer {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	return signer(t, key, err)
}

func ecKey(t *testing.T) ssh.Signer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return signer(t, key, err)
}

func rsaKey(t *testing.T) ssh.Signer {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	return signer(t, key, err)
}

func signer(t *testing.T, key any, err error) ssh.Signer {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	s, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// start listens on loopback and returns the node to dial.
func (f *fake) start() vos.Node {
	f.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		f.t.Fatal(err)
	}
	f.prepare()
	var all sync.WaitGroup
	all.Add(1)
	go func() {
		defer all.Done()
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			f.mu.Lock()
			f.conns = append(f.conns, c)
			f.mu.Unlock()
			all.Add(1)
			go func() { defer all.Done(); f.serve(c) }()
		}
	}()
	f.t.Cleanup(func() { _ = l.Close(); f.cut(); all.Wait(); f.sessions.Wait() })
	return vos.Node{FQDN: "uccx1.example.com", Product: vos.UCCX, Role: vos.Publisher, Ports: map[int]string{vos.PortSSH: l.Addr().String()}}
}

func (f *fake) prepare() {
	check := func(given string) error {
		if given == password {
			return nil
		}
		f.refused.Add(1)
		return errors.New("no")
	}
	if f.password {
		f.config.PasswordCallback = func(_ ssh.ConnMetadata, given []byte) (*ssh.Permissions, error) { return nil, check(string(given)) }
	}
	if f.interactive {
		f.config.KeyboardInteractiveCallback = func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
			var err error
			for range max(f.rounds, 1) {
				given, asked := ask("", "", []string{"Password: "}, []bool{false})
				if asked != nil || len(given) != 1 {
					return nil, errors.New("not answered")
				}
				if err = check(given[0]); err == nil {
					return nil, nil
				}
			}
			return nil, err
		}
	}
	for _, k := range f.keys {
		f.config.AddHostKey(k)
	}
}

// cut takes all connections away without a word.
func (f *fake) cut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.conns {
		_ = c.Close()
	}
}

func (f *fake) serve(c net.Conn) {
	defer c.Close()
	_, chans, reqs, err := ssh.NewServerConn(c, &f.config)
	if err != nil {
		return
	}
	f.logins.Add(1)
	go func() {
		for r := range reqs {
			f.kept.Add(1)
			if r.WantReply && !f.mute.Load() {
				_ = r.Reply(false, nil)
			}
		}
	}()
	for ch := range chans {
		channel, requests, err := ch.Accept()
		if err != nil {
			return
		}
		for r := range requests {
			_ = r.Reply(r.Type == "pty-req" || r.Type == "shell", nil)
			if r.Type == "shell" {
				f.sessions.Add(1)
				go func() {
					defer f.sessions.Done()
					f.shell(&console{ch: channel, cut: f.cut, mute: func() { f.mute.Store(true) }, echo: true, prompt: "admin:"})
					_ = channel.Close()
					_ = c.(*net.TCPConn).CloseWrite() // the rest of what was said arrives before the end; the client hangs up then
				}()
			}
		}
	}
}

// console is one shell of a fake.
type console struct {
	ch     ssh.Channel
	cut    func()
	mute   func()
	echo   bool
	prompt string
}

func (c *console) print(s string) { _, _ = io.WriteString(c.ch, s) }

// text prints lines with the line ends of a terminal.
func (c *console) text(s string) {
	c.print(strings.ReplaceAll(strings.TrimSuffix(s, "\n")+"\n", "\n", "\r\n"))
}

// key reads one byte; 0 when the line has ended.
func (c *console) key() byte {
	var b [1]byte
	if _, err := io.ReadFull(c.ch, b[:]); err != nil {
		return 0
	}
	return b[0]
}

// line reads up to Enter (CR, LF), and echoes. It returns false when the line has ended.
func (c *console) line() (string, bool) {
	var got bytes.Buffer
	for {
		switch b := c.key(); b {
		case 0:
			return "", false
		case '\r', '\n':
			if c.echo {
				c.print("\r\n")
			}
			return got.String(), true
		default:
			got.WriteByte(b)
			if c.echo {
				c.print(string(b))
			}
		}
	}
}

// prompts is at the prompt until the line ends: what comes late to a question is no command.
func (c *console) prompts() {
	for ok := true; ok; _, ok = c.line() {
		c.print("admin:")
	}
}

// ask asks a question until it is answered: Enter alone brings it again, which a driver presses where nothing was echoed in time.
func (c *console) ask(question string) string {
	for {
		c.print(question)
		if line, ok := c.line(); !ok || line != "" {
			return line
		}
	}
}

// run is a node's command line: answers by command, until the line ends. A value that begins with a func is called.
func (c *console) run(answers map[string]func(*console)) {
	c.print(banner + c.prompt)
	for {
		line, ok := c.line()
		if !ok || line == "quit" {
			return
		}
		switch answer, known := answers[line]; {
		case known:
			answer(c)
		case line == "set cli pagination off":
			c.text("Automatic pagination is turned off")
		case line != "":
			c.text("Executed command unsuccessfully\nNo valid command entered")
		}
		c.print(c.prompt)
	}
}

func says(text string) func(*console) { return func(c *console) { c.text(text) } }

// lab are options without the pauses of real nodes, and with limits that no test waits for.
func lab() vosssh.Options {
	return vosssh.Options{Lab: true, LoginLimit: 30 * time.Second, CommandLimit: 30 * time.Second, Quiet: 20 * time.Millisecond,
		Nudge: 150 * time.Millisecond, Puzzled: 100 * time.Millisecond, Grace: 5 * time.Second}
}

func access() vos.Access {
	return vos.Access{Login: vos.Login{User: user, Password: vos.NewSecret(password)}, CheckKey: func(vos.HostKey) error { return nil }}
}

// enter logs in to a fake, and hands over the terminal below the driver.
func enter(t *testing.T, f *fake, o vosssh.Options, a vos.Access) (vos.Driver, vos.Terminal) {
	t.Helper()
	d, err := vosssh.New(o).Dial(t.Context(), f.start(), a)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d, d.(*cli.CLI).Terminal
}
