package route

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"golang.org/x/net/proxy"
)

// Ambient is the way that ALL_PROXY and NO_PROXY name. Addresses of this machine are dialled directly: the lab listens there. env
// reads a variable, such as os.Getenv. A proxy that is not SOCKS5 is not used.
func Ambient(env func(string) string, forward Dialer) Way {
	u, found := AllProxy(env)
	if !found || !SOCKS(u) {
		return Way{Dialer: forward}
	}
	through, err := Proxied(u.String(), forward)
	if err != nil {
		return Way{Dialer: forward}
	}
	a := ambient{rules: proxy.NewPerHost(decided(true), decided(false)), proxied: through, forward: forward}
	for _, name := range strings.Split(variable(env, "NO_PROXY"), ",") {
		name = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(name), "*"), ".")
		if a.rules.AddFromString(name); strings.ContainsFunc(name, unicode.IsLetter) && !strings.Contains(name, ":") {
			a.rules.AddZone(name) // a name stands for all below it, as curl has it
		}
	}
	return Way{Dialer: a, From: func(address string) string {
		if a.applies(address) {
			return msg.T("the proxy %s", proxyAddress(u)).String()
		}
		return ""
	}}
}

// AllProxy is what ALL_PROXY says, and whether it says anything that can be read.
func AllProxy(env func(string) string) (*url.URL, bool) {
	text := variable(env, "ALL_PROXY")
	if text == "" {
		return nil, false
	}
	u, err := url.Parse(text)
	return u, err == nil && u.Host != ""
}

func variable(env func(string) string, name string) string {
	if v := env(name); v != "" {
		return v
	}
	return env(strings.ToLower(name))
}

// ambient dials with the proxy, or without it.
type ambient struct {
	rules            *proxy.PerHost
	proxied, forward Dialer
}

// applies reports whether an address is reached through the proxy.
func (a ambient) applies(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if ip, err := netip.ParseAddr(host); strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback() {
		return false
	}
	_, err = a.rules.Dial("tcp", address)
	return errors.Is(err, errProxied)
}

// DialContext dials by the rules.
func (a ambient) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if a.applies(address) {
		return a.proxied.DialContext(ctx, network, address)
	}
	return a.forward.DialContext(ctx, network, address)
}

// decided stands in the library's rules for a dialer, and says which one they chose.
type decided bool

var (
	errProxied = errors.New("through the proxy")
	errPlain   = errors.New("directly")
)

// Dial dials nothing.
func (d decided) Dial(string, string) (net.Conn, error) {
	if d {
		return nil, errProxied
	}
	return nil, errPlain
}
