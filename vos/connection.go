package vos

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Connection is how a node is spoken to; the empty one is SSH. Journals hold it: never change one.
type Connection string

// ConnectionREST takes the certificate API for what it has, and SSH for the rest; WayRESTManual has a person do the rest.
// WayManual is for a node that no program may log in to.
const (
	ConnectionSSH        Connection = "ssh"
	ConnectionREST       Connection = "rest"
	ConnectionRESTManual Connection = "rest+manual"
	ConnectionManual     Connection = "manual"
)

// Connections are the ways, the usual one first.
func Connections() []Connection {
	return []Connection{ConnectionSSH, ConnectionREST, ConnectionRESTManual, ConnectionManual}
}

// ParseConnection reads a way; empty text is SSH.
func ParseConnection(text string) (Connection, error) {
	if text == "" {
		return ConnectionSSH, nil
	}
	for _, w := range Connections() {
		if text == string(w) {
			return w, nil
		}
	}
	return "", msg.Errorf("%q is not a connection type. Use ssh, rest, rest+manual or manual.", text)
}

// NeedsLogin reports whether the program itself logs in to the node.
func (w Connection) NeedsLogin() bool { return w != ConnectionManual }

// ByHand reports whether a person types the commands of the command line.
func (w Connection) ByHand() bool { return w == ConnectionManual || w == ConnectionRESTManual }

// Title is the way in a few words, English source.
func (w Connection) Title() string {
	switch w {
	case ConnectionREST:
		return "REST, the rest by SSH"
	case ConnectionRESTManual:
		return "REST, the rest by hand"
	case ConnectionManual:
		return "manual"
	}
	return "SSH"
}

// ManualTask is one dialogue that a person does on a node that no program may log in to.
type ManualTask struct {
	Node     string // FQDN
	Dialogue Dialogue
	Clicks   []Click  // the same in OS Administration, from top to bottom; none: no page has it
	Wrong    msg.Text // why the text that was given before was not taken, our words; empty the first time
}

// Click is one thing to do in OS Administration, with its labels as the page prints them (docs/nodes.md 3).
type Click struct {
	Text string   // English source, holds a %s for each of Args
	Args []string // unescaped: print through cert.Printable
}

// AdminAddress is the node's OS Administration page.
func (n Node) AdminAddress() string {
	return fmt.Sprintf("https://%s:%d/cmplatform", n.FQDN, PortAdmin)
}

// Dialers is a Dialer that connects to each node as the node says. A Dialer that is nil is a connection that this program does not have.
type Dialers struct{ SSH, REST, Manual Dialer }

// Dial enters a node by its way.
func (w Dialers) Dial(ctx context.Context, n Node, a Access) (Driver, error) {
	switch n.Connection {
	case ConnectionManual:
		return w.dial(ctx, w.Manual, n, a)
	case "", ConnectionSSH:
		return w.dial(ctx, w.SSH, n, a)
	case ConnectionREST:
		return w.both(ctx, w.SSH, n, a, true)
	case ConnectionRESTManual:
		return w.both(ctx, w.Manual, n, a, false)
	}
	return nil, w.missing(n)
}

// both enters a node by its API and by another way for what the API lacks. A certificate that was read over a line that
// proves itself need not be asked about (learns).
func (w Dialers) both(ctx context.Context, second Dialer, n Node, a Access, learns bool) (Driver, error) {
	other, err := w.dial(ctx, second, n, a)
	if err != nil {
		return nil, err
	}
	if learns {
		if own, err := other.Identity(ctx, "tomcat"); err == nil {
			a.CheckCert = knowing(own, a.CheckCert)
		}
	}
	api, err := w.dial(ctx, w.REST, n, a)
	switch {
	case errors.Is(err, ErrNotOffered):
		if a.Say != nil {
			a.Say("The node has no certificate API. The other connection is used.")
		}
		return other, nil
	case err != nil:
		return nil, errors.Join(err, other.Close())
	}
	return Fallback{api, other}, nil
}

func knowing(own *x509.Certificate, check func(*x509.Certificate) error) func(*x509.Certificate) error {
	return func(c *x509.Certificate) error {
		switch {
		case own.Equal(c):
			return nil
		case check == nil:
			return errors.New("The certificate was not confirmed")
		}
		return check(c)
	}
}

func (w Dialers) dial(ctx context.Context, d Dialer, n Node, a Access) (Driver, error) {
	if d == nil {
		return nil, w.missing(n)
	}
	return d.Dial(ctx, n, a)
}

func (Dialers) missing(n Node) error {
	return &Error{Class: ErrRefused, Node: n.FQDN, What: msg.T("Connection %q is not available", n.Connection), Means: msg.T("Nothing was sent to the node."),
		Next: msg.T("Choose another connection for this node (v).")}
}
