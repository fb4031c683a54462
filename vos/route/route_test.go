package route_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/route"
)

// TestCheck: what a file, a flag or a session from other hands says of the way is read strictly.
func TestCheck(t *testing.T) {
	for _, good := range []route.Route{{}, {Proxy: "socks5://127.0.0.1:1080"}, {Proxy: "socks5h://proxy.example.com"}, {Proxy: "socks5://[::1]:1080"},
		{Jump: "me@bastion"}, {Jump: "me@bastion.example.com:2222"}, {Jump: "DOM\\me@10.0.0.1"}, {Jump: "me@[2001:db8::1]:22"}, {Jump: "a@b", Proxy: "socks5://c:1"}} {
		if err := good.Check(); err != nil {
			t.Errorf("%+v: %v", good, err)
		}
	}
	for _, bad := range []route.Route{{Proxy: "http://a:1"}, {Proxy: "127.0.0.1:1080"}, {Proxy: "socks5://"}, {Proxy: "socks5://a:0"}, {Proxy: "socks5://u:p@a:1"},
		{Proxy: "socks5://a:1/x"}, {Proxy: "socks5://a:1?x=y"}, {Proxy: "socks5://a\x1b[2J:1"}, {Jump: "bastion"}, {Jump: "@bastion"}, {Jump: "me@"}, {Jump: "me@-oProxyCommand"},
		{Jump: "me@a b"}, {Jump: "-x@a"}, {Jump: "me@a:70000"}, {Jump: "me@a:x"}, {Jump: "m\ne@a"}, {Jump: "me@" + strings.Repeat("a", 300)}} {
		if bad.Check() == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
	for _, secret := range []route.Route{{Proxy: "socks5://u:s3cr3t@a:1"}, {Proxy: "http://u:s3cr3t@a:1"}, {Proxy: "u:s3cr3t@a"}, {Proxy: "socks5://u:%s3cr3t@a:1"},
		{Proxy: "socks5://u:x/s3cr3t@a:1"}, {Proxy: "socks5://u:x@s3cr3t@a:0"}, {Jump: "u:s3cr3t@a"}, {Jump: "u:x@s3cr3t@a:0"}, {Jump: "ssh://u:s3cr3t@a"}} {
		if err := secret.Check(); err == nil || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%+v: %v", secret, err)
		}
	}
	r := route.Route{Jump: "me@bastion.example.com"}
	if r.User() != "me" || r.Host() != "bastion.example.com" || r.Address() != "bastion.example.com:22" || r.Far().String() != "the jump host bastion.example.com" {
		t.Errorf("%q %q %q %q", r.User(), r.Host(), r.Address(), r.Far())
	}
	if r := (route.Route{Jump: "me@[2001:db8::1]:2222"}); r.Host() != "2001:db8::1" || r.Address() != "[2001:db8::1]:2222" {
		t.Errorf("%q %q", r.Host(), r.Address())
	}
}

// TestMeaning: the words of a hop about a node get the error that a direct connection has.
func TestMeaning(t *testing.T) {
	for words, want := range map[string]error{"unknown error connection refused": syscall.ECONNREFUSED, "Connection refused": syscall.ECONNREFUSED,
		"Name or service not known": route.ErrName, "unknown error host unreachable": syscall.EHOSTUNREACH, "the dog ate it": nil} {
		if got := route.Meaning(words); !errors.Is(got, want) {
			t.Errorf("%q: %v, want %v", words, got, want)
		}
	}
}

type noted struct{ at *[]string }

func (n noted) DialContext(_ context.Context, _, address string) (net.Conn, error) {
	*n.at = append(*n.at, address)
	return nil, syscall.ECONNREFUSED
}

// TestAmbient: ALL_PROXY is used but for this machine and what NO_PROXY names; a proxy that is down is not a closed port of a node.
func TestAmbient(t *testing.T) {
	env := func(name string) string {
		return map[string]string{"ALL_PROXY": "socks5://u:secret@proxy.example:1080", "NO_PROXY": " near.example,10.0.0.0/8"}[name]
	}
	var at []string
	way := route.Ambient(env, noted{&at})
	for address, far := range map[string]string{"uccx1.example.com:22": "the proxy proxy.example:1080", "127.0.0.1:22": "", "localhost:22": "", "[::1]:22": "", "a.near.example:22": "", "10.1.2.3:443": ""} {
		at = nil
		_, err := way.DialContext(context.Background(), "tcp", address)
		dialled := address
		if far != "" {
			dialled = "proxy.example:1080"
		}
		if way.Far(address) != far || len(at) != 1 || at[0] != dialled {
			t.Errorf("%s: by %q, dialled %v", address, way.Far(address), at)
		}
		var hop *route.Unreached
		if errors.As(err, &hop) != (far != "") || far != "" && (errors.Is(err, syscall.ECONNREFUSED) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, other := range []string{"", "http://proxy:3128", "://"} {
		if way := route.Ambient(func(string) string { return other }, noted{&at}); way.From != nil {
			t.Errorf("%q is used", other)
		}
	}
}
