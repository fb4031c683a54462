package ssh

import (
	"context"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cli"
	"github.com/uccx-tui/uccx-tui/vos/route"
)

// Options are the patience of the driver. The zero value is for real nodes.
type Options struct {
	Lab          bool          // the embedded cluster: no pauses that only real nodes need
	Connect      time.Duration // to reach the port; 0: 15 s
	Handshake    time.Duration // from there to the node's host key; 0: 30 s
	LoginLimit   time.Duration // from the host key to the accepted password, and from there to the prompt; 0: 120 s (docs/nodes.md 1.2)
	CommandLimit time.Duration // one command where its dialogue names no limit; 0: 60 s
	Nudge        time.Duration // silence at login after which Enter is pressed; 0: 5 s
	Quiet        time.Duration // silence that ends an answer whose echo was not found; 0: 300 ms, in the lab 30 ms
	Puzzled      time.Duration // silence after a question that is not known; 0: 10 s
	Grace        time.Duration // for the prompt after Ctrl-C, and for a goodbye; 0: 2 s
	PasteDelay   time.Duration // between a question, or the paste prompt, and what is typed to it; 0: 2 s, in the lab none
	KeepAlive    time.Duration // between keep-alive requests; 0: 15 s
	Way          route.Way     // how the port is reached; zero: directly
}

func (o Options) filled() Options {
	set := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	if o.Lab {
		set(&o.Quiet, 30*time.Millisecond)
	}
	set(&o.Connect, 15*time.Second)
	set(&o.Handshake, 30*time.Second)
	set(&o.LoginLimit, 120*time.Second)
	set(&o.CommandLimit, 60*time.Second)
	set(&o.Nudge, 5*time.Second)
	set(&o.Quiet, 300*time.Millisecond)
	set(&o.Puzzled, 10*time.Second)
	set(&o.Grace, 2*time.Second)
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
	a.Accept()
	t := newTerminal(n, a, conn, d.opts)
	if err := t.open(ctx); err != nil {
		return nil, err
	}
	return cli.NewCLI(n, t), nil
}

func (d *Dialer) connect(ctx context.Context, n vos.Node, a vos.Access) (*connection, error) {
	at := &attempt{node: n, access: a, addr: n.Dial(vos.PortSSH), far: d.opts.Way.Far(n.Dial(vos.PortSSH))}
	dialing, cancel := context.WithTimeout(ctx, d.opts.Connect)
	defer cancel()
	raw, err := d.opts.Way.DialContext(dialing, "tcp", at.addr)
	if err != nil {
		return nil, at.unreachable(orCancelled(ctx, err))
	}
	began := time.Now()
	c, err := at.login(d.opts).Open(ctx, raw, at.addr)
	if err != nil {
		d.opts.Way.Note("ssh", began, "node", n.FQDN, "address", at.addr, "error", a.Words(n, err.Error(), vos.MaxWords))
		return nil, at.failed(err)
	}
	if with, ok := c.Conn.(ssh.AlgorithmsConnMetadata); ok {
		used := with.Algorithms()
		d.opts.Way.Note("ssh", began, "node", n.FQDN, "address", at.addr, "server", string(c.ServerVersion()), "kex", used.KeyExchange, "hostkey", used.HostKey,
			"cipher", used.Write.Cipher, "mac", used.Write.MAC)
	}
	return newConnection(c), nil
}

// orCancelled names the cancellation where an error only came of it.
func orCancelled(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
