package wiring

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/rest"
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

// TestLoginOfAJumpHost: the password of a jump host goes to no node, and that of the nodes never to the jump host, also while
// nodes wait for a login because another refused it.
func TestLoginOfAJumpHost(t *testing.T) {
	const jump = "jump.lab.example"
	l := logins{jump: jump}
	one, two := vos.Node{FQDN: "uccx1.lab.example"}, vos.Node{FQDN: "uccx2.lab.example"}
	of := func(user string) vos.Login { return vos.Login{User: user, Password: vos.NewSecret("of " + user)} }
	l.set("", of("admin"))
	if got, ok := l.own(jump); ok {
		t.Errorf("the jump host is given the account of all nodes: %q", got.User)
	}
	l.set(jump, of("guard"))
	if got, ok := l.own(jump); !ok || got.User != "guard" {
		t.Errorf("the jump host is given %q, %v", got.User, ok)
	}
	for _, n := range []vos.Node{one, two} {
		if got, ok := l.loginOf(n); !ok || got.User != "admin" {
			t.Errorf("%s is given %q, %v", n.FQDN, got.User, ok)
		}
	}
	l.forget(one)
	l.skip(two)
	l.set(jump, of("guard2"))
	if got, ok := l.loginOf(two); ok {
		t.Errorf("a node is given the account of the jump host: %q", got.User)
	}
	l.set(one.FQDN, of("typed"))
	if got, ok := l.loginOf(two); !ok || got.User != "typed" {
		t.Errorf("what was typed for the node that refused counts here: %q, %v", got.User, ok)
	}
	if got, ok := l.own(jump); !ok || got.User != "guard2" {
		t.Errorf("the jump host is given %q, %v", got.User, ok)
	}
	l.forget(vos.Node{FQDN: jump})
	if got, ok := l.own(jump); ok {
		t.Errorf("a login that the jump host refused is tried again: %q", got.User)
	}
	if got, ok := l.loginOf(two); !ok || got.User != "typed" {
		t.Errorf("the refusal of the jump host takes the node's account away: %q, %v", got.User, ok)
	}
}

// gate lets in the person who has the node's password, and counts what it refuses.
type gate struct {
	mu        sync.Mutex
	passwords map[string]string
	refused   map[string]int
}

func (g *gate) Dial(_ context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	if err := a.CheckKey(vos.HostKey{Type: "ssh-ed25519", Fingerprint: "SHA256:of-" + n.FQDN}); err != nil {
		return nil, &vos.Error{Class: vos.ErrUnreachable, Node: n.FQDN, What: msg.T("The host key was not accepted"), Err: err}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if a.Login.Password.Reveal() != g.passwords[n.FQDN] {
		g.refused[n.FQDN]++
		return nil, &vos.Error{Class: vos.ErrLogin, Node: n.FQDN, What: msg.T("The node refused the login")}
	}
	a.Accept()
	return rest.Unsupported{FQDN: n.FQDN}, nil
}

// prompts logs in to all nodes of a change, types for each prompt what type returns, and returns for whom it was asked.
func (g *gate) prompts(t *testing.T, typed func(node string) string) (asked []string) {
	t.Helper()
	s, err := (session.Home{Dir: t.TempDir()}).Create("gate")
	if err != nil {
		t.Fatal(err)
	}
	c := change.Change{Name: "gate", Path: change.PathSigned, Unit: "tomcat", Program: "test"}
	for _, name := range slices.Sorted(maps.Keys(g.passwords)) {
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: []vos.Node{{FQDN: name, Product: vos.UCCX, Role: vos.Standalone}}})
	}
	opened, err := s.Append(plan.KindOpened, "", "", c)
	if err != nil {
		t.Fatal(err)
	}
	l := &logins{all: map[string]vos.Login{}}
	runner, err := steps.NewRunner([]session.Entry{opened}, s, world.World{Dialer: g, Login: l.loginOf, Refused: l.forget, Untried: l.skip, Pace: world.LabPace(), Program: "test",
		Known: func(n vos.Node) []string { return []string{"SHA256:of-" + n.FQDN} }}, func(engine.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = runner.Close(), s.Close() })
	w := &app.Work{SetLogin: l.set, HasLogin: l.has}
	for range 20 {
		next := runner.Plan().Next()
		if next.Row.Step.ID != "login" {
			return asked
		}
		if node, ask := app.NeedsLogin(w, runner.Plan(), next.Tasks); ask {
			asked = append(asked, node)
			l.set(node, vos.Login{User: "administrator", Password: vos.NewSecret(typed(node))})
			continue
		}
		_ = runner.Run(t.Context(), "login")
	}
	t.Fatalf("asked for %q and not in yet", asked)
	return nil
}

// TestPromptsForALogin: a password that was mistyped is asked for once more, on the node that refused it, and what is typed
// there counts for the nodes that were not tried. Nodes with passwords of their own refuse no more than one try each.
func TestPromptsForALogin(t *testing.T) {
	same := &gate{passwords: map[string]string{}, refused: map[string]int{}}
	own := &gate{passwords: map[string]string{}, refused: map[string]int{}}
	for i := range 6 {
		same.passwords[fmt.Sprintf("n%d.example.com", i)] = "right"
		own.passwords[fmt.Sprintf("n%d.example.com", i)] = fmt.Sprint("right", i)
	}
	times := 0
	asked := same.prompts(t, func(string) string {
		times++
		return map[bool]string{true: "wrong", false: "right"}[times == 1]
	})
	if len(asked) != 2 || asked[0] != "" || asked[1] == "" || len(same.refused) != 1 || same.refused[asked[1]] != 1 {
		t.Errorf("asked for %q, refused %v", asked, same.refused)
	}
	prompts := 0
	asked = own.prompts(t, func(node string) string {
		if prompts++; len(own.refused) >= prompts { // what is typed once is refused by one node at most
			t.Errorf("before prompt %d: refused %v", prompts, own.refused)
		}
		if node == "" {
			node = "n0.example.com"
		}
		return own.passwords[node]
	})
	for node, n := range own.refused {
		if n > 1 {
			t.Errorf("%s refused %d tries", node, n)
		}
	}
	if len(asked) > 7 {
		t.Errorf("asked for %q", asked)
	}
}
