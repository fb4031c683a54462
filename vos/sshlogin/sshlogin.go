// Package sshlogin logs in to an SSH server. Nodes and jump hosts are entered by it alone, so that the same algorithms, limits
// and rules hold for both: the host key is confirmed before anything secret is sent, and a password is sent once.
package sshlogin

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"
)

// Key is a host key: its type, and its fingerprint as ssh-keygen -l prints it.
type Key struct{ Type, Fingerprint string }

// Login is what one login needs.
type Login struct {
	User      string
	Password  func() (string, bool)        // asked at most once; false, or nil: there is none
	Questions int                          // how many questions without echo are taken for one for the password
	Keys      func() ([]ssh.Signer, error) // private keys, offered before the password; nil: none is
	CheckKey  func(Key) error              // is asked before anything secret is sent; nil: no key is accepted
	Pinned    *Key                         // the key that was accepted before; its algorithm is offered first
	Legacy    bool                         // insecure algorithms may be used
	Handshake time.Duration                // from the connection to the host key
	Limit     time.Duration                // from the accepted host key to the accepted password
}

// Connection is one that the server has let in.
type Connection struct {
	ssh.Conn
	Channels <-chan ssh.NewChannel
	Requests <-chan *ssh.Request
	Key      Key // the host key that was accepted
}

// clientVersion is what the program calls itself.
const clientVersion = "SSH-2.0-uccx-tui"

// Open logs in over a connection, which it closes where it fails. Its errors are *Failure.
func (l Login) Open(ctx context.Context, raw net.Conn, address string) (*Connection, error) {
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() }) // a cancelled login ends at once
	at := &attempt{Login: l, deadline: func(d time.Duration) { _ = raw.SetDeadline(after(d)) }}
	at.deadline(l.Handshake)
	line := &bounded{Conn: raw}
	conn, channels, requests, err := ssh.NewClientConn(line, address, at.config())
	if err == nil && !stop() {
		_ = conn.Close()
		err = ctx.Err()
	}
	if err != nil {
		stop()
		_ = raw.Close()
		return nil, at.failed(ctx, err)
	}
	line.free()
	_ = raw.SetDeadline(time.Time{})
	return &Connection{conn, channels, requests, at.key}, nil
}

// after is the moment at which a time is over; 0: never.
func after(d time.Duration) time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Now().Add(d)
}

// attempt is one try to log in, and what it came to.
type attempt struct {
	Login
	deadline func(time.Duration) // how long the server may take from now on; 0: as long as a person thinks

	mu     sync.Mutex
	key    Key
	keyErr error // what CheckKey said
	given  bool  // the password was sent
	wanted bool  // the server takes a password, and there is none
}

// config has keyboard-interactive before password: nodes want it so (docs/nodes.md 1.1).
func (at *attempt) config() *ssh.ClientConfig {
	c := &ssh.ClientConfig{User: at.User, HostKeyCallback: at.checkKey, HostKeyAlgorithms: hostKeys(at.Pinned, at.Legacy), ClientVersion: clientVersion}
	if at.Keys != nil {
		c.Auth = append(c.Auth, ssh.PublicKeysCallback(at.Keys))
	}
	c.Auth = append(c.Auth, ssh.KeyboardInteractive(at.answers), ssh.PasswordCallback(at.password))
	c.KeyExchanges, c.Ciphers, c.MACs = algorithms(at.Legacy)
	return c
}

var (
	errOnce      = errors.New("the server asked for the password again")
	errQuestions = errors.New("it asks for something other than a password")
	errNone      = errors.New("it asks for a password, and there is none")
)

func (at *attempt) answers(_, _ string, questions []string, echos []bool) ([]string, error) {
	answers := make([]string, len(questions))
	if len(questions) == 0 {
		return answers, nil
	}
	if len(questions) > at.Questions || slices.Contains(echos, true) {
		return nil, errQuestions
	}
	password, err := at.password()
	for i := range answers {
		answers[i] = password
	}
	return answers, err
}

// password gives the password away once. A server that refused it is not given it again, neither by the other method nor at a
// second question: that would be a second refused try, and may lock the account.
func (at *attempt) password() (string, error) {
	at.mu.Lock()
	defer at.mu.Unlock()
	if at.given {
		return "", errOnce
	}
	if at.Password != nil {
		if text, ok := at.Password(); ok {
			at.given = true
			return text, nil
		}
	}
	at.wanted = true
	return "", errNone
}

// checkKey asks before anything secret is sent. A person may take time over it.
func (at *attempt) checkKey(_ string, _ net.Addr, k ssh.PublicKey) error {
	at.deadline(0)
	key := Key{k.Type(), ssh.FingerprintSHA256(k)}
	err := errors.New("The host key was not confirmed")
	if at.CheckKey != nil {
		err = at.CheckKey(key)
	}
	at.deadline(at.Limit)
	at.mu.Lock()
	defer at.mu.Unlock()
	at.key, at.keyErr = key, err
	return err
}
