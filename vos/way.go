package vos

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
)

// Way is how a node is spoken to; the empty Way is SSH. It stands in journals: never change one.
type Way string

// WayREST takes the certificate API for what it has, and SSH for the rest; WayRESTManual has a person do the rest.
// WayManual is for a node that no program may log in to.
const (
	WaySSH        Way = "ssh"
	WayREST       Way = "rest"
	WayRESTManual Way = "rest+manual"
	WayManual     Way = "manual"
)

// AllWays are the ways, the usual one first.
func AllWays() []Way { return []Way{WaySSH, WayREST, WayRESTManual, WayManual} }

// ParseWay reads a way; empty text is SSH.
func ParseWay(text string) (Way, error) {
	if text == "" {
		return WaySSH, nil
	}
	for _, w := range AllWays() {
		if text == string(w) {
			return w, nil
		}
	}
	return "", fmt.Errorf("%q is not a connection type. Use ssh, rest, rest+manual or manual.", text)
}

// NeedsLogin reports whether the program itself logs in to the node.
func (w Way) NeedsLogin() bool { return w != WayManual }

// Title is the way in a few words, English source.
func (w Way) Title() string {
	switch w {
	case WayREST:
		return "REST, the rest by SSH"
	case WayRESTManual:
		return "REST, the rest by hand"
	case WayManual:
		return "manual"
	}
	return "SSH"
}

// Errand is one dialogue that a person does on a node that no program may log in to.
type Errand struct {
	Node     string // FQDN
	Dialogue Dialogue
	Clicks   []Click // the same in OS Administration, from top to bottom; none: no page has it
	Wrong    string  // why the text that was given before was not taken, our words; empty the first time
}

// Click is one thing to do in OS Administration, with its labels as the page prints them (vos-facts 3).
type Click struct {
	Text string   // English source, holds a %s for each of Args
	Args []string // unescaped: print through cert.Printable
}

// AdminAddress is the node's OS Administration page.
func (n Node) AdminAddress() string {
	return fmt.Sprintf("https://%s:%d/cmplatform", n.FQDN, PortAdmin)
}

// Ways is a Dialer that enters each node by its own Way. A Dialer that is nil is a way that is not there.
type Ways struct{ SSH, REST, Manual Dialer }

// Dial enters a node by its way.
func (w Ways) Dial(ctx context.Context, n Node, a Access) (Driver, error) {
	switch n.Way {
	case WayManual:
		return w.dial(ctx, w.Manual, n, a)
	case "", WaySSH:
		return w.dial(ctx, w.SSH, n, a)
	case WayREST:
		return w.both(ctx, w.SSH, n, a, true)
	case WayRESTManual:
		return w.both(ctx, w.Manual, n, a, false)
	}
	return nil, w.missing(n)
}

// both enters a node by its API and by another way for what the API lacks. A certificate that was read over a line that
// proves itself need not be asked about (learns).
func (w Ways) both(ctx context.Context, second Dialer, n Node, a Access, learns bool) (Driver, error) {
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

func (w Ways) dial(ctx context.Context, d Dialer, n Node, a Access) (Driver, error) {
	if d == nil {
		return nil, w.missing(n)
	}
	return d.Dial(ctx, n, a)
}

func (Ways) missing(n Node) error {
	return &Error{Class: ErrRefused, Node: n.FQDN, What: fmt.Sprintf("Connection %q is not available", n.Way), Means: "Nothing was sent to the node.",
		Next: "Choose another connection for this node (v)."}
}
