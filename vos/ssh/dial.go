package ssh

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Options are the patience of the driver. The zero value is for real nodes.
type Options struct {
	Lab          bool          // the embedded cluster: no pauses that only real nodes need
	Connect      time.Duration // TCP and key exchange; 0: 30 s
	LoginLimit   time.Duration // from the accepted password to the prompt; 0: 120 s (vos-facts 1.2)
	CommandLimit time.Duration // one command where its dialogue names no limit; 0: 60 s
	Nudge        time.Duration // silence at login after which Enter is pressed; 0: 5 s
	Quiet        time.Duration // silence that ends an answer whose echo was not found; 0: 300 ms
	PasteDelay   time.Duration // between the paste prompt and the paste; 0: 2 s, in the lab none
	KeepAlive    time.Duration // between keep-alive requests; 0: 15 s
}

func (o Options) filled() Options {
	set := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	set(&o.Connect, 30*time.Second)
	set(&o.LoginLimit, 120*time.Second)
	set(&o.CommandLimit, 60*time.Second)
	set(&o.Nudge, 5*time.Second)
	set(&o.Quiet, 300*time.Millisecond)
	set(&o.KeepAlive, 15*time.Second)
	if !o.Lab {
		set(&o.PasteDelay, 2*time.Second)
	}
	return o
}

// Dialer logs in to nodes over SSH. It is a vos.Dialer.
type Dialer struct{ opts Options }

// New returns a Dialer.
func New(o Options) *Dialer { return &Dialer{o.filled()} }

// Dial logs in, waits for the prompt and turns the pager off where the account may. The Driver that it returns keeps
// the connection until Close. A wrong password costs the account exactly one refused try.
func (d *Dialer) Dial(ctx context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	conn, err := d.connect(ctx, n, a)
	if err != nil {
		return nil, err
	}
	t, err := openTerminal(ctx, n, a, conn, d.opts)
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return vos.NewCLI(n, t), nil
}

// attempt is one try to log in, and what it came to.
type attempt struct {
	node   vos.Node
	access vos.Access
	mu     sync.Mutex
	key    error // what CheckKey said
	typed  bool  // the password went out
}

func (d *Dialer) connect(ctx context.Context, n vos.Node, a vos.Access) (*ssh.Client, error) {
	addr := n.Dial(vos.PortSSH)
	dialing, cancel := context.WithTimeout(ctx, d.opts.Connect)
	defer cancel()
	raw, err := (&net.Dialer{}).DialContext(dialing, "tcp", addr)
	if err != nil {
		return nil, unreachable(n, addr, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = raw.SetDeadline(time.Unix(1, 0)) }) // a cancelled login ends at once
	defer stop()
	_ = raw.SetDeadline(time.Now().Add(d.opts.Connect + d.opts.LoginLimit))
	at := &attempt{node: n, access: a}
	c, chans, reqs, err := ssh.NewClientConn(raw, addr, at.config(d.opts))
	if err != nil {
		_ = raw.Close()
		return nil, at.why(addr, err)
	}
	_ = raw.SetDeadline(time.Time{})
	if ctx.Err() != nil {
		_ = c.Close()
		return nil, unreachable(n, addr, ctx.Err())
	}
	return ssh.NewClient(c, chans, reqs), nil
}

func (at *attempt) config(o Options) *ssh.ClientConfig {
	c := &ssh.ClientConfig{User: at.access.Login.User, Auth: at.methods(), HostKeyCallback: at.checkKey, Timeout: o.Connect,
		HostKeyAlgorithms: hostKeys(at.access), ClientVersion: "SSH-2.0-uccx-tui"}
	c.KeyExchanges, c.Ciphers, c.MACs = algorithms(at.access.Legacy)
	return c
}

// methods: keyboard-interactive first, then password, never a public key (vos-facts 1.1). A node that took the password
// through the first and refused it is not given it again through the second: that would be a second refused try.
func (at *attempt) methods() []ssh.AuthMethod {
	interactive := ssh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
		answers := make([]string, len(questions))
		for i := range questions {
			if at.typed {
				return nil, errTypedOnce
			}
			answers[i] = at.access.Login.Password.Reveal()
		}
		at.typed = at.typed || len(questions) > 0
		return answers, nil
	})
	password := ssh.PasswordCallback(func() (string, error) {
		if at.typed {
			return "", errTypedOnce
		}
		at.typed = true
		return at.access.Login.Password.Reveal(), nil
	})
	return []ssh.AuthMethod{interactive, password}
}

var errTypedOnce = errors.New("the password was refused")

// checkKey asks before anything secret goes out.
func (at *attempt) checkKey(_ string, _ net.Addr, k ssh.PublicKey) error {
	at.mu.Lock()
	defer at.mu.Unlock()
	if at.access.CheckKey == nil {
		at.key = errors.New("nobody was asked about the host key")
	} else {
		at.key = at.access.CheckKey(vos.HostKey{Type: k.Type(), Fingerprint: ssh.FingerprintSHA256(k)})
	}
	return at.key
}

// why gives the error of a login one of the four classes.
func (at *attempt) why(addr string, err error) error {
	at.mu.Lock()
	defer at.mu.Unlock()
	n := at.node
	var negotiation *ssh.AlgorithmNegotiationError
	switch {
	case at.key != nil:
		return &vos.Error{Class: vos.ErrUnreachable, Node: n.FQDN, What: "the host key was not accepted", Err: at.key, Means: "nothing was sent to the node"}
	case errors.As(err, &negotiation) || strings.Contains(err.Error(), "no common algorithm"):
		return at.noCommon(addr, err)
	case at.typed && strings.Contains(err.Error(), "unable to authenticate"):
		return &vos.Error{Class: vos.ErrLogin, Node: n.FQDN, What: fmt.Sprintf("the login as %q was refused", at.access.Login.User),
			Means: "the node is as before; three refusals in a row lock the account for 5 minutes or longer, where lockout is on",
			Next:  "check user and password; wait, if the account may be locked already"}
	case strings.Contains(err.Error(), "unable to authenticate"):
		return &vos.Error{Class: vos.ErrLogin, Node: n.FQDN, What: "the node offers no way to log in with a password", Means: "the node is as before",
			Next: "is this the OS Administration account's address, port 22?"}
	}
	return unreachable(n, addr, err)
}

func (at *attempt) noCommon(addr string, err error) error {
	if at.access.Legacy {
		return unreachable(at.node, addr, err)
	}
	return &vos.Error{Class: vos.ErrUnreachable, Node: at.node.FQDN, What: "no secure algorithm in common", Means: "nothing was sent to the node",
		Next: "allow the old algorithms for this node alone, knowing the risk", Err: &vos.LegacyError{Node: at.node.FQDN, Offered: err.Error()}}
}

func unreachable(n vos.Node, addr string, err error) error {
	return &vos.Error{Class: vos.ErrUnreachable, Node: n.FQDN, What: fmt.Sprintf("cannot be reached at %s: %s", addr, vos.Why(err)),
		Means: "nothing was sent, the node is as before", Next: "check the address, the way there (VPN, firewall, port 22) and that the node is up", Err: cancelled(err)}
}

// cancelled keeps only a cancellation as a cause: the rest was said in words.
func cancelled(err error) error {
	if errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	return nil
}

// algorithms lists what is offered: all that the library calls secure, and what nodes of 8.x to 12.x still need, with
// which no password is in danger. The insecure ones only where a person allowed them for this node.
func algorithms(legacy bool) (kex, ciphers, macs []string) {
	s := ssh.SupportedAlgorithms()
	kex = with(s.KeyExchanges, ssh.KeyExchangeDH14SHA256, ssh.KeyExchangeDH16SHA512, ssh.KeyExchangeDHGEXSHA256, ssh.InsecureKeyExchangeDH14SHA1)
	ciphers, macs = s.Ciphers, with(s.MACs, ssh.HMACSHA1)
	if legacy {
		i := ssh.InsecureAlgorithms()
		kex, ciphers, macs = with(kex, i.KeyExchanges...), with(ciphers, i.Ciphers...), with(macs, i.MACs...)
	}
	return kex, ciphers, macs
}

// hostKeys puts the algorithms of the pinned key first, so that a node with several keys shows the one that is known.
func hostKeys(a vos.Access) []string {
	all := with(ssh.SupportedAlgorithms().HostKeys, ssh.KeyAlgoRSA)
	if a.Legacy {
		all = with(all, ssh.InsecureAlgorithms().HostKeys...)
	}
	if a.Pinned == nil {
		return all
	}
	first := []string{a.Pinned.Type}
	if a.Pinned.Type == ssh.KeyAlgoRSA {
		first = []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSA}
	}
	return with(first, all...)
}

func with(all []string, more ...string) []string {
	out := slices.Clone(all)
	for _, s := range more {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
