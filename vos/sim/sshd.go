package sim

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"golang.org/x/crypto/ssh"
)

// handshakeLimit is how long a client may take until it is logged in, as sshd has it.
const handshakeLimit = 2 * time.Minute

var errDenied = errors.New("permission denied")

// signer returns the node's host key; it is made when someone first asks.
func (n *node) signer() (ssh.Signer, error) {
	if n.look().HostKey == nil {
		if err := n.change(func(d *nodeDisk) error { return n.makeHostKey(d) }); err != nil {
			return nil, err
		}
	}
	key, err := x509.ParsePKCS8PrivateKey(n.look().HostKey)
	if err != nil {
		return nil, err
	}
	s, err := ssh.NewSignerFromKey(key)
	if err != nil || n.keyboard || n.ecHost {
		return s, err
	}
	// the oldest trains sign with SHA-1 only
	return ssh.NewSignerWithAlgorithms(s.(ssh.AlgorithmSigner), []string{ssh.KeyAlgoRSA})
}

func (n *node) makeHostKey(d *nodeDisk) error {
	if d.HostKey != nil {
		return nil
	}
	var key crypto.Signer
	var err error
	if n.ecHost {
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	} else {
		key, err = n.c.first()
	}
	if err == nil {
		d.HostKey, err = x509.MarshalPKCS8PrivateKey(key)
	}
	return err
}

// HostKey returns the true SSH host key of a node, the zero value for an unknown one.
func (c *Cluster) HostKey(fqdn string) vos.HostKey {
	n := c.node(fqdn)
	if n == nil {
		return vos.HostKey{}
	}
	s, err := n.signer()
	if err != nil {
		return vos.HostKey{}
	}
	return vos.HostKey{Type: s.PublicKey().Type(), Fingerprint: ssh.FingerprintSHA256(s.PublicKey())}
}

// Certificate is the tomcat certificate that a node holds, as its OS Administration shows it; nil for no node.
func (c *Cluster) Certificate(fqdn string) *x509.Certificate {
	n := c.node(fqdn)
	if n == nil {
		return nil
	}
	disk, err := n.prepared()
	if err != nil {
		return nil
	}
	own, err := cert.FromDER(disk.Identities[disk.Held["tomcat"]].Cert)
	if err != nil {
		return nil
	}
	return own
}

func (n *node) serverConfig() (*ssh.ServerConfig, error) {
	s, err := n.signer()
	if err != nil {
		return nil, err
	}
	conf := &ssh.ServerConfig{ServerVersion: n.server, MaxAuthTries: 6}
	conf.KeyExchanges = n.kex
	conf.Ciphers = n.ciphers()
	conf.MACs = macsOf(n)
	conf.AddHostKey(s)
	check := func(user, password string) (*ssh.Permissions, error) {
		if !n.admit(user, password) {
			return nil, errDenied
		}
		return nil, nil
	}
	foreword := ""
	if n.evil {
		foreword = HostileWords() + strings.Repeat(" HOSTILE", 1<<12) + "\r\n"
		conf.BannerCallback = func(ssh.ConnMetadata) string { return foreword }
	}
	if n.password {
		conf.PasswordCallback = func(m ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
			return check(m.User(), string(password))
		}
	}
	if n.keyboard {
		conf.KeyboardInteractiveCallback = func(m ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
			answers, err := ask(foreword, foreword, []string{foreword + "Password: "}, []bool{false})
			if err != nil || len(answers) != 1 {
				return nil, errDenied
			}
			return check(m.User(), answers[0])
		}
	}
	return conf, nil
}

// greet leads one SSH connection from the first byte to the last.
func (n *node) greet(w *wire) {
	defer w.Close()
	conf, err := n.serverConfig()
	if err != nil {
		return
	}
	_ = w.SetDeadline(time.Now().Add(handshakeLimit))
	conn, channels, requests, err := ssh.NewServerConn(w, conf)
	if err != nil {
		return
	}
	_ = w.SetDeadline(time.Time{})
	ctx, cancel := context.WithCancel(n.c.ctx)
	defer cancel()
	n.c.wg.Go(func() { ssh.DiscardRequests(requests) })
	for ch := range channels {
		if ch.ChannelType() != "session" {
			_ = ch.Reject(ssh.UnknownChannelType, "unknown channel type")
			continue
		}
		c, reqs, err := ch.Accept()
		if err != nil {
			break
		}
		s := &session{n: n, ctx: ctx, conn: conn, wire: w, user: conn.User(), tty: newTTY(c)}
		s.tty.narrow = n.narrow
		n.c.wg.Go(func() { s.channel(c, reqs) })
	}
	_ = conn.Close()
}

// channel answers the requests on a session channel: a terminal and a shell, no more. The CLI is no Unix shell.
func (s *session) channel(c ssh.Channel, reqs <-chan *ssh.Request) {
	started := false
	for r := range reqs {
		ok := false
		switch r.Type {
		case "pty-req":
			var pty struct {
				Term                      string
				Cols, Rows, Width, Height uint32
				Modes                     string
			}
			if ok = ssh.Unmarshal(r.Payload, &pty) == nil; ok {
				s.tty.resize(pty.Rows)
			}
		case "window-change":
			var win struct{ Cols, Rows, Width, Height uint32 }
			if ok = ssh.Unmarshal(r.Payload, &win) == nil; ok {
				s.tty.resize(win.Rows)
			}
		case "env":
			ok = true // taken, and of no use
		case "shell":
			ok = !started
		}
		if r.WantReply {
			_ = r.Reply(ok, nil)
		}
		if r.Type == "shell" && ok {
			started = true
			s.n.c.wg.Go(func() { s.shell(c) })
		}
	}
}

// rowsOf is a height that may change while the pager works.
type rowsOf struct{ atomic.Uint32 }
