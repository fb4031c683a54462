package vostest

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/loopback"
)

// HostilePassword is the only one that a Hostile takes.
const HostilePassword = `S3cret-Canary!"&<77`

// Hostile is an SSH server on loopback that does what no node should. Its zero value answers nothing and lets in.
type Hostile struct {
	Raw       func(net.Conn)                   // speaks in place of SSH
	Questions []bool                           // of keyboard-interactive: whether each is echoed; nil: one that is not
	Welcome   func(io.Writer)                  // in place of banner and prompt
	Answers   map[string]func(w io.Writer)     // what is printed to a command; the prompt follows
	Config    func(*ssh.ServerConfig)          // changes what is offered
	Signer    func(t testing.TB) ssh.Signer    // the host key; nil: Ed25519
	Between   func(line string, out io.Writer) // printed behind each prompt
	Refuses   string                           // words with which it refuses every session; empty: none is refused
	FQDN      string                           // its name; empty: evil1.lab.example

	mu     sync.Mutex
	given  []string // passwords that came
	signer ssh.Signer
}

// Start listens until the test ends, and returns the node to dial.
func (h *Hostile) Start(t testing.TB) vos.Node {
	t.Helper()
	if h.Signer == nil {
		h.Signer = loopback.HostKey
	}
	h.signer = h.Signer(t)
	if h.FQDN == "" {
		h.FQDN = "evil1.lab.example"
	}
	return vos.Node{FQDN: h.FQDN, Product: vos.UCCX, Role: vos.Publisher, Ports: map[int]string{vos.PortSSH: loopback.Listen(t, h.serve)}}
}

// HostKey is the fingerprint of its key, as ssh-keygen -l prints it.
func (h *Hostile) HostKey() string { return ssh.FingerprintSHA256(h.signer.PublicKey()) }

// Given returns the passwords that came, in their order.
func (h *Hostile) Given() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string{}, h.given...)
}

func (h *Hostile) take(password string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.given = append(h.given, password); password != HostilePassword {
		return errors.New("no")
	}
	return nil
}

func (h *Hostile) serve(c net.Conn) {
	if h.Raw != nil {
		h.Raw(c)
		return
	}
	config := &ssh.ServerConfig{KeyboardInteractiveCallback: func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
		echos := h.Questions
		if echos == nil {
			echos = []bool{false}
		}
		given, err := ask("", "", make([]string, len(echos)), echos)
		for _, one := range given {
			err = errors.Join(err, h.take(one))
		}
		return nil, err
	}}
	config.AddHostKey(h.signer)
	if h.Config != nil {
		h.Config(config)
	}
	conn, chans, reqs, err := ssh.NewServerConn(c, config)
	if err != nil {
		return
	}
	defer conn.Close()
	go ssh.DiscardRequests(reqs)
	for ch := range chans {
		if h.Refuses != "" {
			_ = ch.Reject(ssh.Prohibited, h.Refuses)
			continue
		}
		channel, requests, err := ch.Accept()
		if err != nil {
			return
		}
		for r := range requests {
			_ = r.Reply(true, nil)
			if r.Type == "shell" {
				h.shell(channel)
				return
			}
		}
	}
}

const (
	hostilePrompt = "admin:"
	hostileBanner = "Command Line Interface is starting up, please wait ...\r\n\r\n   Welcome to the Platform Command Line Interface\r\n\r\n"
)

// shell echoes, answers, and ends with the line.
func (h *Hostile) shell(line io.ReadWriter) {
	if h.Welcome != nil {
		h.Welcome(line)
	}
	if _, err := io.WriteString(line, hostileBanner+hostilePrompt); err != nil {
		return
	}
	for {
		command, err := readLine(line)
		if err != nil || command == "quit" {
			return
		}
		_, _ = io.WriteString(line, command+"\r\n")
		if answer := h.Answers[command]; answer != nil {
			answer(line)
		} else if command == "set cli pagination off" {
			Says("Automatic pagination is turned off")(line)
		}
		if _, err := io.WriteString(line, "\r\n"+hostilePrompt); err != nil {
			return
		}
		if h.Between != nil {
			h.Between(command, line)
		}
	}
}

func readLine(from io.Reader) (string, error) {
	var got []byte
	for one := make([]byte, 1); ; {
		if _, err := io.ReadFull(from, one); err != nil {
			return "", err
		}
		switch one[0] {
		case '\r', '\n':
			return string(got), nil
		case 3:
			got = got[:0]
		default:
			got = append(got, one[0])
		}
	}
}

// Says prints a text with the line ends of a terminal.
func Says(text string) func(io.Writer) {
	return func(w io.Writer) { _, _ = io.WriteString(w, strings.ReplaceAll(text, "\n", "\r\n")) }
}

// Endless prints the same again and again until the other side has had enough.
func Endless(text string) func(io.Writer) {
	block := []byte(strings.Repeat(text, max(1, 4096/max(len(text), 1))))
	return func(w io.Writer) {
		for {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
}

// Disconnects says goodbye in place of a key exchange (RFC 4253, 11.1), with a reason and words of its own.
func Disconnects(reason uint32, words string) func(net.Conn) {
	return func(c net.Conn) {
		body := binary.BigEndian.AppendUint32([]byte{1}, reason)
		body = append(binary.BigEndian.AppendUint32(body, uint32(len(words))), words...)
		body = binary.BigEndian.AppendUint32(body, 0)
		_, _ = io.WriteString(c, "SSH-2.0-OpenSSH_8.0\r\n")
		_, _ = c.Write(plainPacket(body))
		_, _ = io.Copy(io.Discard, c)
	}
}

// Silent takes a connection and says nothing.
func Silent(c net.Conn) { _, _ = io.Copy(io.Discard, c) }
