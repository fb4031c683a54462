// Package route says how connections reach the nodes of a solution: directly, through a SOCKS5 proxy, through an SSH jump
// host, or through both. Names of nodes are resolved at the far side. Package jump has the SSH connection to a jump host.
package route

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/proxy"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Route is how the nodes of a solution are reached. The empty one is direct. It holds no secret.
type Route struct {
	Proxy string `json:"proxy,omitempty"` // "socks5://host:port"
	Jump  string `json:"jump,omitempty"`  // "user@host" or "user@host:port"; with Proxy it is reached through the proxy
}

// Direct reports whether nodes are reached without a proxy or jump host.
func (r Route) Direct() bool { return r == Route{} }

// String names proxy and jump host for a person; "" where nodes are reached directly.
func (r Route) String() string {
	return r.Text().String()
}

// Text is the same as a sentence.
func (r Route) Text() msg.Text {
	switch {
	case r.Direct():
		return msg.Text{}
	case r.Jump == "":
		return msg.T("the proxy %s", proxyHost(r.Proxy))
	case r.Proxy == "":
		return msg.T("the jump host %s", r.Jump)
	}
	return msg.T("the jump host %s behind the proxy %s", r.Jump, proxyHost(r.Proxy))
}

// Far names the host from which nodes are seen, for findings; "" for this machine.
func (r Route) Far() msg.Text {
	switch {
	case r.Jump != "":
		return msg.T("the jump host %s", r.Host())
	case r.Proxy != "":
		return msg.T("the proxy %s", proxyHost(r.Proxy))
	}
	return msg.Text{}
}

// Host is the name or address of the jump host, or "".
func (r Route) Host() string {
	_, addr := r.split()
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	return host
}

// User is the account on the jump host, or "".
func (r Route) User() string {
	user, _ := r.split()
	return user
}

// Address is the "host:port" of the jump host's SSH server, or "".
func (r Route) Address() string {
	_, addr := r.split()
	if addr == "" {
		return ""
	}
	if _, _, err := net.SplitHostPort(addr); err == nil {
		return addr
	}
	return net.JoinHostPort(strings.Trim(addr, "[]"), "22")
}

func (r Route) split() (user, addr string) {
	user, addr, found := cutLast(r.Jump, "@")
	if !found {
		return "", r.Jump
	}
	return user, addr
}

var (
	hostForm = lazyregexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`)
	userForm = lazyregexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._\\-]{0,63}$`)
)

// Check says what is wrong with a route as a file, a flag or a journal has it, in English.
func (r Route) Check() error {
	if r.Proxy != "" {
		if err := checkProxy(r.Proxy); err != nil {
			return err
		}
	}
	if r.Jump == "" {
		return nil
	}
	user, _ := r.split()
	if !userForm.MatchString(user) {
		return msg.Errorf("jump = %q: write user@host or user@host:port", shown(r.Jump))
	}
	if err := checkAddress(r.Address()); err != nil {
		return msg.Errorf("jump = %q: write user@host or user@host:port: %w", shown(r.Jump), err)
	}
	return nil
}

// SOCKS reports whether a URL is one of a SOCKS5 proxy.
func SOCKS(u *url.URL) bool { return u.Scheme == "socks5" || u.Scheme == "socks5h" }

func checkProxy(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil, !SOCKS(u), u.Host == "", u.Path != "" && u.Path != "/", u.RawQuery != "", u.Fragment != "":
		return msg.Errorf("proxy = %q: write socks5://host:port", shown(text))
	case u.User != nil:
		return errors.New("proxy contains a user or a password. Secrets are not kept in files: use ALL_PROXY for a proxy that needs a " +
			"login")
	}
	if err := checkAddress(proxyAddress(u)); err != nil {
		return msg.Errorf("proxy = %q: write socks5://host:port: %w", shown(text), err)
	}
	return nil
}

func checkAddress(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return errors.New("it is not host:port")
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return msg.Errorf("%q is not a port", shortened(port))
	}
	return CheckHost(host)
}

// CheckHost says what is wrong with a host name or an IP address, without a port. What holds an @ is not quoted: a password
// may stand before it.
func CheckHost(host string) error {
	if strings.Contains(host, "@") {
		return errors.New("the host contains a user or a password. Use only its name or address")
	}
	if _, err := netip.ParseAddr(host); err != nil && (len(host) > 253 || !hostForm.MatchString(host)) {
		return msg.Errorf("%q is not a host name or an IP address", shortened(host))
	}
	return nil
}

// shown is a proxy or jump host as an error quotes it: without the password that "user:password@host" holds.
func shown(text string) string {
	login, host, isLogin := cutLast(text, "@")
	if !isLogin {
		return shortened(text)
	}
	start := 0
	if i := strings.Index(login, "://"); i >= 0 {
		start = i + len("://")
	}
	if i := strings.Index(login[start:], ":"); i >= 0 {
		login = login[:start+i] + ":********"
	}
	return shortened(login + "@" + host)
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func shortened(s string) string { return s[:min(len(s), 80)] }

// proxyAddress is host:port of a proxy; without a port it is 1080 (RFC 1928).
func proxyAddress(u *url.URL) string {
	if u.Port() == "" {
		return net.JoinHostPort(u.Hostname(), "1080")
	}
	return u.Host
}

// proxyHost is a proxy without a password that its address may hold.
func proxyHost(text string) msg.Text {
	u, err := url.Parse(text)
	if err != nil {
		return msg.T("given by ALL_PROXY")
	}
	return msg.Verbatim(proxyAddress(u))
}

// Dialer opens connections. *net.Dialer is one.
type Dialer interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// Way is how connections are opened, and from where nodes are seen by them. The zero Way is direct.
type Way struct {
	Dialer Dialer                      // nil: this machine's own
	From   func(address string) string // the proxy or jump host that dials an address, for a person; "" or nil: this machine
	Log    *slog.Logger                // is told of connections and handshakes, without secrets; nil: nothing is
}

// DialContext opens a connection.
func (w Way) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	var dialer Dialer = &net.Dialer{}
	if w.Dialer != nil {
		dialer = w.Dialer
	}
	began := time.Now()
	conn, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		w.Note("connect", began, "address", address, "from", w.Far(address), "error", err.Error())
	} else {
		w.Note("connect", began, "address", address, "from", w.Far(address), "at", conn.RemoteAddr().String())
	}
	return conn, err
}

// Note writes a line into the log, with the time since something began. facts are names and values, as log/slog has them.
func (w Way) Note(what string, began time.Time, facts ...any) {
	if w.Log != nil {
		w.Log.Info(what, append(facts, "ms", time.Since(began).Milliseconds())...)
	}
}

// Far names what dials an address: a proxy or jump host; "" for this machine.
func (w Way) Far(address string) string {
	if w.From == nil {
		return ""
	}
	return w.From(address)
}

// Seen adds to what was seen from where that was: a proxy or jump host; "" is this machine. err is what came of it: that the proxy or
// jump host itself cannot be used was seen here.
func Seen(what msg.Text, far string, err error) msg.Text {
	if far == "" || errors.As(err, new(*Unreached)) {
		return what
	}
	return msg.T("%s (seen from %s)", what, far)
}

// Unreached tells that the proxy or jump host itself could not be used. It says nothing about the node behind it: its cause is
// not unwrapped, so that a closed port of the proxy is not taken for one of the node.
type Unreached struct {
	Hop msg.Text // the proxy or jump host, for a person
	Why msg.Text // in a few words, unescaped: print through cert.Printable

	Cause error // what this machine's network said; nil: the hop itself said why
}

// Error names the hop.
func (u *Unreached) Error() string { return u.Text().String() }

// Text is what Error says, as a sentence.
func (u *Unreached) Text() msg.Text { return msg.T("%s cannot be used: %s", u.Hop, u.Why) }

// ErrName tells that the far side cannot resolve the name of a node.
var ErrName = errors.New("the name cannot be resolved there")

// Proxied returns a dialer that goes through the SOCKS5 proxy of an address such as "socks5://host:port".
func Proxied(address string, forward Dialer) (Dialer, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address of the proxy cannot be read")
	}
	var auth *proxy.Auth
	if u.User != nil {
		password, _ := u.User.Password()
		auth = &proxy.Auth{User: u.User.Username(), Password: password}
	}
	hop := msg.T("the proxy %s", proxyAddress(u))
	d, err := proxy.SOCKS5("tcp", proxyAddress(u), auth, first{hop, forward})
	if err != nil {
		return nil, err
	}
	return socks{hop, d.(proxy.ContextDialer)}, nil
}

// first reaches the proxy itself.
type first struct {
	hop     msg.Text
	forward Dialer
}

func (f first) Dial(network, address string) (net.Conn, error) {
	return f.DialContext(context.Background(), network, address)
}

func (f first) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := f.forward.DialContext(ctx, network, address)
	if err != nil && ctx.Err() == nil {
		return nil, &Unreached{f.hop, msg.Of(err), err}
	}
	return conn, err
}

// socks gives the answers of a proxy the errors that a direct connection has.
type socks struct {
	hop msg.Text
	to  proxy.ContextDialer
}

func (s socks) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := s.to.DialContext(ctx, network, address)
	var hop *Unreached
	switch {
	case err == nil:
		return conn, nil
	case errors.As(err, &hop):
		return nil, hop
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	if known := Meaning(err.Error()); known != nil {
		return nil, known
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil { // its address is the proxy's, which would be taken for the node's
		err = op.Err
	}
	return nil, &Unreached{Hop: s.hop, Why: msg.Of(err)}
}
