package wiring

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
)

// TestLogins: one for all, another for one node, a refused one asked for again, and nothing left in the end.
func TestLogins(t *testing.T) {
	var l logins
	one, two := vos.Node{FQDN: "uccx1.lab.example"}, vos.Node{FQDN: "uccx2.lab.example"}
	is := func(n vos.Node, want string) {
		t.Helper()
		if got, ok := l.loginOf(n); ok != (want != "") || ok && got.User != want || ok != l.has(n.FQDN) {
			t.Errorf("%s: %q, %v, want %q", n.FQDN, got.User, ok, want)
		}
	}
	is(one, "")
	common, own := vos.NewSecret("common"), vos.NewSecret("own")
	l.set("", vos.Login{User: "admin", Password: common})
	l.set(two.FQDN, vos.Login{User: "other", Password: own})
	is(one, "admin")
	is(two, "other")
	l.forget(two)
	if got, ok := l.loginOf(two); ok {
		t.Errorf("a refused login is tried again: %+v", got)
	}
	is(one, "admin")
	l.set("", vos.Login{User: "admin", Password: common})
	is(two, "admin")
	l.set(two.FQDN, vos.Login{User: "other", Password: own})
	l.wipe()
	if !common.Empty() || !own.Empty() {
		t.Error("a password outlives the run")
	}
	is(one, "")
}
