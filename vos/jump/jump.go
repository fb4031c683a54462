// Package jump reaches nodes through an SSH server that stands between them and this machine: it opens one connection to that
// host, proves its host key, and asks it to connect to the ports of the nodes, by their names.
package jump

import (
	"cmp"
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/redact"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/sshlogin"
)

// Key is a host key: its type, and its fingerprint as ssh-keygen -l prints it.
type Key = sshlogin.Key

// Access is what is needed to enter the jump host.
type Access struct {
	// CheckKey is asked with the host key before anything secret is sent; its error ends the dialling and comes back (errors.As).
	CheckKey func(Key) error
	// Pinned is the key that was accepted before; its algorithm is offered first.
	Pinned *Key
	// Password is the account's password, and whether one was given; nil: none is.
	Password func() (string, bool)
	// User is the account, where it is another than that of the route.
	User string
	// Identities are files with private keys; empty: those that OpenSSH tries in ~/.ssh. A key with a passphrase is left to the agent.
	Identities []string
}

// The errors of the login, besides *route.Unreached and what CheckKey says.
var (
	// ErrPassword: the jump host takes a password, and none was given.
	ErrPassword = errors.New("the password is required")
	// ErrRefused: the jump host refused the account.
	ErrRefused = errors.New("the login was refused")
)

// patience is how long the jump host may take.
type patience struct {
	connect   time.Duration // to reach its port
	handshake time.Duration // from there to its host key
	login     time.Duration // from the accepted host key to the end of the login
	keepAlive time.Duration // between requests for a sign of life
}

func usual() patience {
	return patience{15 * time.Second, 30 * time.Second, 60 * time.Second, 15 * time.Second}
}

// Host is a jump host. It is safe for use by many goroutines.
type Host struct {
	route    route.Route
	forward  route.Dialer
	patience patience

	mu     sync.Mutex
	client *ssh.Client
	access *Access // with which it was entered; a lost connection is opened again with the key that was accepted
}

// New returns the jump host of a route, which is reached by forward. Enter opens the connection.
func New(r route.Route, forward route.Dialer) *Host {
	return &Host{route: r, forward: forward, patience: usual()}
}

// Enter logs in where there is no connection yet. A refused login is not tried again by itself.
func (h *Host) Enter(ctx context.Context, a Access) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.client != nil {
		return nil
	}
	key, err := h.open(ctx, a)
	if err != nil {
		return err
	}
	a.CheckKey = func(k Key) error { // from now on no one is asked: it is this key or none
		if k != key {
			return &route.Unreached{Hop: h.hop(), Why: msg.T("its host key changed from %s to %s, and no password was sent", key.Fingerprint, k.Fingerprint)}
		}
		return nil
	}
	a.Pinned, h.access = &key, &a
	return nil
}

// Knock connects to the jump host and says nothing: whether it is reached is known before a person types a password.
func (h *Host) Knock(ctx context.Context) error {
	raw, err := h.reach(ctx)
	if err != nil {
		return err
	}
	return raw.Close()
}

// reach connects to the jump host.
func (h *Host) reach(ctx context.Context) (net.Conn, error) {
	dialing, cancel := context.WithTimeout(ctx, h.patience.connect)
	defer cancel()
	raw, err := h.forward.DialContext(dialing, "tcp", h.route.Address())
	if err != nil {
		return nil, h.unreached(ctx, err)
	}
	return raw, nil
}

func (h *Host) hop() msg.Text { return msg.T("the jump host %s", h.route.Host()) }

// open makes the connection, and returns the key that was accepted.
func (h *Host) open(ctx context.Context, a Access) (key Key, err error) {
	raw, err := h.reach(ctx)
	if err != nil {
		return key, err
	}
	var offered keys
	defer offered.close()
	login := sshlogin.Login{User: cmp.Or(a.User, h.route.User()), Password: a.Password, Questions: 1, CheckKey: a.CheckKey, Pinned: a.Pinned,
		Keys: func() ([]ssh.Signer, error) { return offered.of(a.Identities), nil }, Handshake: h.patience.handshake, Limit: h.patience.login}
	conn, err := login.Open(ctx, raw, h.route.Address())
	if err != nil {
		return key, h.failed(a, err)
	}
	h.client = ssh.NewClient(conn.Conn, conn.Channels, conn.Requests)
	go h.watch(h.client)
	return conn.Key, nil
}

// failed says what became of a login.
func (h *Host) failed(a Access, err error) error {
	var failure *sshlogin.Failure
	if errors.As(err, &failure) {
		switch failure.Reason {
		case sshlogin.KeyRefused, sshlogin.Cancelled:
			return failure.Err
		case sshlogin.NoPassword:
			return ErrPassword
		case sshlogin.Refused, sshlogin.NoMethod:
			return ErrRefused
		}
	}
	return &route.Unreached{Hop: h.hop(), Why: msg.Verbatim(a.words(err.Error()))}
}

func (h *Host) unreached(ctx context.Context, err error) error {
	var hop *route.Unreached
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &hop):
		return hop
	}
	return &route.Unreached{Hop: h.hop(), Why: msg.Of(err), Cause: err}
}

// watch asks for a sign of life, and forgets the connection when it ends.
func (h *Host) watch(c *ssh.Client) {
	ended := make(chan struct{})
	go func() {
		_ = c.Wait()
		close(ended)
	}()
	tick := time.NewTicker(h.patience.keepAlive)
	defer tick.Stop()
	answered := make(chan error, 1)
	waiting := false
	for {
		select {
		case <-ended:
			h.forget(c)
			return
		case <-answered: // any answer is a sign of life; an end comes by the other channel
			waiting = false
		case <-tick.C:
			if waiting {
				_ = c.Close()
				continue
			}
			waiting = true
			go func() {
				_, _, err := c.SendRequest("keepalive@openssh.com", true, nil)
				answered <- err
			}()
		}
	}
}

func (h *Host) forget(c *ssh.Client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.client == c {
		h.client = nil
	}
}

// Entered reports whether the connection stands.
func (h *Host) Entered() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.client != nil
}

// entered returns the connection, which is opened again where it was lost.
func (h *Host) entered(ctx context.Context) (*ssh.Client, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.client != nil {
		return h.client, nil
	}
	if h.access == nil {
		return nil, &route.Unreached{Hop: h.hop(), Why: msg.T("it was not entered yet")}
	}
	_, err := h.open(ctx, *h.access)
	return h.client, err
}

// DialContext has the jump host connect to an address, whose name it resolves itself.
func (h *Host) DialContext(ctx context.Context, _, address string) (net.Conn, error) {
	client, err := h.entered(ctx)
	if err != nil {
		return nil, h.unreached(ctx, err)
	}
	conn, err := client.DialContext(ctx, "tcp", address)
	if err == nil {
		return &timed{Conn: conn}, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var refused *ssh.OpenChannelError
	if !errors.As(err, &refused) {
		return nil, &route.Unreached{Hop: h.hop(), Why: msg.Of(err)}
	}
	if known := route.Meaning(refused.Message); known != nil && refused.Reason == ssh.ConnectionFailed {
		return nil, known
	}
	if refused.Reason == ssh.Prohibited {
		return nil, &route.Unreached{Hop: h.hop(), Why: msg.T("it does not allow connections to %s (AllowTcpForwarding, PermitOpen)", address)}
	}
	return nil, msg.Errorf("the jump host says: %s", h.words(refused.Message))
}

// words are those of the jump host, without the password, and with an end.
func (h *Host) words(text string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.access == nil {
		return shortened(text)
	}
	return h.access.words(text)
}

func (a Access) words(text string) string {
	if a.Password != nil {
		if password, ok := a.Password(); ok {
			text = redact.Secret{User: a.User, Password: password}.Words(text)
		}
	}
	return shortened(text)
}

func shortened(s string) string { return strings.ToValidUTF8(s[:min(len(s), 200)], "") }

// Close ends the connection.
func (h *Host) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.access = nil; h.client == nil {
		return nil
	}
	c := h.client
	h.client = nil
	return c.Close()
}
