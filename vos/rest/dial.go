package rest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
)

// Options are the patience of the driver. The zero value is for real nodes.
type Options struct {
	Connect time.Duration // to reach the port and shake hands; 0: 15 s
	Look    time.Duration // one request that looks; 0: 60 s
	Change  time.Duration // one request that changes the node; 0: 3 min
	Way     route.Way     // how the port is reached; zero: directly
}

// Dialer finds out whether a node has the API, and logs in to it. It is a vos.Dialer.
type Dialer struct{ opts Options }

// New returns a Dialer.
func New(o Options) *Dialer {
	for _, d := range []struct {
		set  *time.Duration
		wont time.Duration
	}{{&o.Connect, 15 * time.Second}, {&o.Look, time.Minute}, {&o.Change, 3 * time.Minute}} {
		if *d.set == 0 {
			*d.set = d.wont
		}
	}
	return &Dialer{o}
}

// Dial asks the node for its API on 443 and then on 8443, without an account; where there is one it logs in once. A node
// without the API is vos.ErrNotOffered: the password was not sent.
func (d *Dialer) Dial(ctx context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	var errs []error
	for _, port := range []int{vos.PortHTTPS, vos.PortAdmin} {
		c := d.client(n, a, port)
		err := c.probe(ctx)
		asked := err == nil
		if asked {
			err = c.login(ctx)
		}
		if err == nil {
			a.Accept()
			return &driver{Unsupported: Unsupported{FQDN: n.FQDN}, client: c}, nil
		}
		c.close()
		unanswered := asked && vos.Class(err) == vos.ErrUnreachable // the node may have counted it: the password is not sent once more
		if c.refused() != nil || vos.Class(err) == vos.ErrLogin || unanswered || ctx.Err() != nil {
			return nil, err
		}
		errs = append(errs, err)
	}
	for _, err := range errs { // "it has none" says more than "one port cannot be reached"
		if errors.Is(err, vos.ErrNotOffered) {
			return nil, err
		}
	}
	return nil, errs[0]
}

// client sends requests to one port of one node.
type client struct {
	node    vos.Node
	access  vos.Access
	opts    Options
	base    string // "https://host:port/platformcom/..."
	far     string // from where the port is seen, where that is not this machine
	http    *http.Client
	mu      sync.Mutex        // a handshake may go on behind a request that was given up
	known   *x509.Certificate // that was accepted; a connection that shows another needs a new confirmation
	unknown error             // what CheckCert said
	let     bool              // the node has taken the account
}

// apiBase is where the API begins [C].
const apiBase = "/platformcom/api/v1/certmgr/config"

func (d *Dialer) client(n vos.Node, a vos.Access, port int) *client {
	c := &client{node: n, access: a, opts: d.opts, far: d.opts.Way.Far(n.Dial(port)), base: fmt.Sprintf("https://%s%s", net.JoinHostPort(n.FQDN, fmt.Sprint(port)), apiBase)}
	c.http = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // the password goes nowhere else
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				ctx, cancel := context.WithTimeout(ctx, d.opts.Connect)
				defer cancel()
				return d.opts.Way.DialContext(ctx, network, n.Dial(port))
			},
			TLSHandshakeTimeout:    d.opts.Connect,
			MaxConnsPerHost:        1,
			DisableCompression:     true, // a bound on what is read is one on what was sent
			MaxResponseHeaderBytes: 64 << 10,
			// Nodes show certificates that no pool knows, often the one that is being replaced: each is asked about, or
			// known, before a word is sent.
			TLSClientConfig: &tls.Config{ServerName: n.FQDN, InsecureSkipVerify: true, MinVersion: tls.VersionTLS12, VerifyConnection: c.verify},
		}}
	return c
}

func (c *client) verify(s tls.ConnectionState) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	shown := s.PeerCertificates[0]
	if c.known != nil && c.known.Equal(shown) {
		return nil
	}
	c.unknown = errors.New("The certificate was not confirmed")
	if c.access.CheckCert != nil {
		c.unknown = c.access.CheckCert(shown)
	}
	if c.unknown == nil {
		c.known = shown
	}
	return c.unknown
}

// refused is why the certificate that was shown last was not accepted, or nil.
func (c *client) refused() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.unknown
}

// probe asks without an account whether the API is there: it answers that it wants one. A sign-in page, a redirect to it
// and "not found" are answers of nodes that have none (docs/nodes.md 2).
func (c *client) probe(ctx context.Context) error {
	r, err := c.send(ctx, http.MethodGet, "/snapshot/server", nil, false)
	switch {
	case err != nil:
		return err
	case r.status == http.StatusUnauthorized, r.status == http.StatusForbidden, r.status == http.StatusOK && r.isJSON():
		return nil
	case r.status >= 500:
		return c.failed(http.MethodGet, "/snapshot/server", r)
	}
	return Unsupported{FQDN: c.node.FQDN}.NotOffered(msg.T("the certificate API"))
}

// login asks with the account, once.
func (c *client) login(ctx context.Context) error {
	if c.access.Say != nil {
		c.access.Say("logging in to the certificate API")
	}
	_, err := c.do(ctx, http.MethodGet, "/snapshot/server", nil)
	c.let = err == nil
	return err
}

func (c *client) close() { c.http.CloseIdleConnections() }
