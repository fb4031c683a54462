// Package reach makes the connections of a solution go the way that its route names: through ALL_PROXY, a SOCKS5 proxy, or an SSH
// jump host.
package reach

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"

	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/jump"
	"github.com/uccx-tui/uccx-tui/vos/manual"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/rest"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// Accounts are the logins that were typed, or given by flags.
type Accounts struct {
	Of     func(host string) (login vos.Login, ok bool) // of the jump host alone; must not block
	Forget func(host string)                            // the jump host refused it
}

// Path is the way to the nodes of one solution.
type Path struct {
	Way    route.Way
	Route  route.Route
	host   *jump.Host // nil: no jump host
	logins Accounts

	mu    sync.Mutex
	needs bool // the jump host wants a password
}

// New makes the path of a route. env reads a variable of the environment. log is
// told of connections and handshakes; nil: nothing is.
func New(r route.Route, env func(string) string, logins Accounts, log *slog.Logger) (*Path, error) {
	direct := &net.Dialer{}
	p := &Path{Route: r, logins: logins, Way: route.Way{Dialer: direct}}
	defer func() { p.Way.Log = log }()
	if r.Proxy == "" {
		p.Way = route.Ambient(env, direct)
	} else {
		through, err := route.Proxied(r.Proxy, direct)
		if err != nil {
			return nil, err
		}
		p.Way = route.Way{Dialer: through, From: func(string) string { return r.Far().String() }}
	}
	if r.Jump != "" {
		p.Way.Log = log
		p.host, p.needs = jump.New(r, p.Way), !jump.HasKey(nil)
		p.Way = route.Way{Dialer: p.host, From: func(string) string { return r.Far().String() }}
	}
	return p, nil
}

// Into lets the world of an engine go this way. Names are then resolved at the far side, so this machine's resolver is not asked.
func (p *Path) Into(w *world.World) {
	w.Dialer, w.Probe = p.Dialers(ssh.Options{}), p.Probe
	if p.Way.From != nil {
		w.Lookup = nil
	}
	if p.host != nil {
		w.Enter = p.Enter
	}
}

// Direct are all ways into a node without a proxy or jump host.
func Direct(o ssh.Options) vos.Dialers { return (&Path{Way: o.Way}).Dialers(o) }

// Dialers are all ways into a node; o is the patience of SSH.
func (p *Path) Dialers(o ssh.Options) vos.Dialers {
	o.Way = p.Way
	return vos.Dialers{SSH: ssh.New(o), REST: rest.New(rest.Options{Way: p.Way}), Manual: manual.New()}
}

// Probe looks at what a port serves.
func (p *Path) Probe(ctx context.Context, n vos.Node, port int) (vos.Served, error) {
	return vos.ProbeBy(ctx, p.Way, n, port)
}

// Needs returns the name of the jump host where its password must be asked for, else "".
func (p *Path) Needs() string {
	if p == nil || p.host == nil {
		return ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.logins.Of(p.Route.Host()); ok || !p.needs {
		return ""
	}
	return p.Route.Host()
}

// Knock reports whether the jump host is reached, without a login. Errors are *vos.Error.
func (p *Path) Knock(ctx context.Context) error {
	if p.host == nil {
		return nil
	}
	if err := p.host.Knock(ctx); err != nil {
		return p.failed(err)
	}
	return nil
}

// Enter logs in to the jump host with a key of the SSH agent or of ~/.ssh, or with the password that was given. Errors are
// *vos.Error, or what CheckKey said.
func (p *Path) Enter(ctx context.Context, a vos.Access) error {
	if p.host == nil {
		return nil
	}
	var said error
	access := jump.Access{CheckKey: func(k jump.Key) error {
		said = errors.New("the host key was not confirmed")
		if a.CheckKey != nil {
			said = a.CheckKey(vos.HostKey(k))
		}
		return said
	}}
	if a.Pinned != nil {
		access.Pinned = &jump.Key{Type: a.Pinned.Type, Fingerprint: a.Pinned.Fingerprint}
	}
	if login, ok := p.logins.Of(p.Route.Host()); ok {
		access.User, access.Password = login.User, func() (string, bool) { return login.Password.Reveal(), true }
	}
	err := p.host.Enter(ctx, access)
	if err == nil || said != nil {
		return err
	}
	return p.failed(err)
}

// failed gives an error of the jump host its three parts.
func (p *Path) failed(err error) error {
	far, why, hop := p.Route.Far(), vos.Why(err), (*route.Unreached)(nil)
	if errors.As(err, &hop) {
		why = vos.WhyHop(hop)
	}
	e := &vos.Error{Class: vos.ErrUnreachable, Node: p.Route.Host(), What: msg.T("Cannot use %s: %s", p.Route.String(), vos.Shorten(why.String(), vos.MaxField)),
		Means: msg.T("No node was reached. The nodes are unchanged."), Next: msg.T("Check the address and that you can log in there: ssh %s", p.Route.Jump)}
	switch {
	case errors.Is(err, context.Canceled):
		e.Err = context.Canceled
	case errors.Is(err, jump.ErrPassword):
		p.want(true)
		e.Class, e.What = vos.ErrLogin, msg.T("%s asks for a password, and none was given", far)
		e.Next = msg.T("Enter the password of %s, or add a key to the SSH agent: ssh-add", p.Route.Jump)
	case errors.Is(err, jump.ErrRefused):
		if _, typed := p.logins.Of(p.Route.Host()); typed {
			p.want(true)
			p.logins.Forget(p.Route.Host())
		}
		e.Class, e.What = vos.ErrLogin, msg.T("%s refused the login of %s", far, p.Route.User())
		e.Means = msg.T("No node was reached. The nodes are unchanged. The jump host may lock the account after more failed logins.")
		e.Next = msg.T("Check that you can log in there: ssh %s", p.Route.Jump)
	}
	return e
}

func (p *Path) want(password bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.needs = p.needs || password
}

// Close ends the connection to the jump host.
func (p *Path) Close() error {
	if p.host == nil {
		return nil
	}
	return p.host.Close()
}
