package steps_test

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/rest"
)

// gates are nodes that only let in, and count what they were given.
type gates struct {
	mu        sync.Mutex
	passwords map[string]string // FQDN -> the one that it takes
	tries     map[string]int    // FQDN -> refused tries
	given     map[string]int    // FQDN -> all tries
	old       map[string]bool   // speak insecure algorithms alone
	shows     *x509.Certificate // certificate of the API; nil: SSH alone
	logins    map[string]vos.Login
}

func (g *gates) Dial(_ context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	if g.old[n.FQDN] && !a.Legacy {
		return nil, &vos.Error{Class: vos.ErrUnreachable, Node: n.FQDN, What: msg.T("no secure algorithm in common"), Err: &vos.LegacyError{Node: n.FQDN, Offered: "ssh-rsa"}}
	}
	err := error(nil)
	if g.shows != nil {
		err = a.CheckCert(g.shows)
	} else {
		err = a.CheckKey(vos.HostKey{Type: "ssh-ed25519", Fingerprint: "SHA256:of-" + n.FQDN})
	}
	if err != nil {
		return nil, &vos.Error{Class: vos.ErrUnreachable, Node: n.FQDN, What: msg.T("it was not accepted"), Err: err}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.given[n.FQDN]++
	if a.Login.Password.Reveal() != g.passwords[n.FQDN] {
		g.tries[n.FQDN]++
		return nil, &vos.Error{Class: vos.ErrLogin, Node: n.FQDN, What: msg.T("the login was refused")}
	}
	a.Accept()
	return rest.Unsupported{FQDN: n.FQDN}, nil
}

// set is a person who types a login for a node, or for all that have none.
func (g *gates) set(fqdn, user, password string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.logins[fqdn] = vos.Login{User: user, Password: vos.NewSecret(password)}
}

func (g *gates) of(n vos.Node) (vos.Login, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, name := range []string{n.FQDN, ""} {
		if l, ok := g.logins[name]; ok {
			return l, !l.Password.Empty()
		}
	}
	return vos.Login{}, false
}

// entered begins a change on so many nodes behind the gates.
func (g *gates) entered(t *testing.T, nodes int, way vos.Connection, outside world.World) (*engine.Runner, []string, func() string) {
	t.Helper()
	g.passwords, g.tries, g.given, g.logins = map[string]string{}, map[string]int{}, map[string]int{}, map[string]vos.Login{}
	home := session.Home{Dir: t.TempDir()}
	s, err := home.Create("gates")
	if err != nil {
		t.Fatal(err)
	}
	c, names := change.Change{Name: "gates", Path: change.PathSigned, Unit: "tomcat", Program: "test"}, []string{}
	for i := range nodes {
		name := fmt.Sprintf("n%d.example.com", i)
		names = append(names, name)
		g.passwords[name] = "right"
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: []vos.Node{{FQDN: name, Product: vos.UCCX, Role: vos.Standalone, Connection: way}}})
	}
	opened, err := s.Append(plan.KindOpened, "", "", c)
	if err != nil {
		t.Fatal(err)
	}
	outside.Dialer, outside.Login, outside.Pace, outside.Program = g, g.of, world.LabPace(), "test"
	outside.Refused = func(n vos.Node) { g.set(n.FQDN, "", "") }
	if outside.Known == nil {
		outside.Known = func(n vos.Node) []string { return []string{"SHA256:of-" + n.FQDN} }
	}
	r, err := steps.NewRunner([]session.Entry{opened}, s, outside, func(engine.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), s.Close() })
	return r, names, func() string {
		entries, err := home.Read("gates")
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(entries)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
}

// TestTypingErrorCostsOneTry: a wrong password goes to one node alone, whatever their number; the right one goes to all.
func TestTypingErrorCostsOneTry(t *testing.T) {
	t.Parallel()
	g := &gates{}
	r, names, _ := g.entered(t, 21, vos.ConnectionSSH, world.World{})
	g.set("", "administrator", "wrong")
	if err := r.Run(t.Context(), "login"); vos.Class(err) != vos.ErrLogin {
		t.Fatal(err)
	}
	refused := ""
	for _, n := range names {
		if g.given[n] > 0 {
			if refused != "" {
				t.Errorf("%s and %s were given it", refused, n)
			}
			refused = n
		}
		if _, ok := g.of(vos.Node{FQDN: n}); ok {
			t.Errorf("%s would be given it again", n)
		}
		if want := map[bool]int{true: 1}[n == refused]; r.Plan().Refusals(n) != want {
			t.Errorf("%s counts %d refusals, not %d", n, r.Plan().Refusals(n), want)
		}
	}
	for _, n := range names {
		g.set(n, "administrator", "right")
	}
	if err := r.Run(t.Context(), "login"); err != nil {
		t.Fatal(err)
	}
	if row, _ := r.Plan().Row("login"); row.Done() != len(names) || len(g.tries) != 1 {
		t.Errorf("%d done, refused tries %v", row.Done(), g.tries)
	}
}

// TestNodesWithPasswordsOfTheirOwn: six nodes with six passwords are entered without a second refusal on any of them, where a
// person gives each its own after it has refused the common one.
func TestNodesWithPasswordsOfTheirOwn(t *testing.T) {
	t.Parallel()
	g := &gates{}
	r, names, _ := g.entered(t, 6, vos.ConnectionSSH, world.World{})
	for i, n := range names {
		g.passwords[n] = fmt.Sprint("right", i)
	}
	g.set("", "administrator", "right0")
	for range 2 * len(names) {
		_ = r.Run(t.Context(), "login")
		for _, n := range names {
			if _, ok := g.of(vos.Node{FQDN: n}); !ok && r.Plan().Refusals(n) > 0 {
				g.set(n, "administrator", g.passwords[n])
			} else if !ok {
				g.set(n, "administrator", "right0")
			}
		}
	}
	if row, _ := r.Plan().Row("login"); row.Done() != len(names) {
		t.Errorf("%d of %d are entered", row.Done(), len(names))
	}
	for n, tries := range g.tries {
		if tries > 1 {
			t.Errorf("%s has refused %d tries", n, tries)
		}
	}
}

// TestUserThatNoNodeTook: a password that was typed as the user's name stands nowhere in the journal.
func TestUserThatNoNodeTook(t *testing.T) {
	t.Parallel()
	g := &gates{}
	r, _, journal := g.entered(t, 2, vos.ConnectionSSH, world.World{})
	g.set("", "Hunter2-was-typed-here", "right2")
	if err := r.Run(t.Context(), "login"); vos.Class(err) != vos.ErrLogin {
		t.Fatal(err)
	}
	if text := journal(); strings.Contains(text, "Hunter2") || !strings.Contains(text, `"kind":"login"`) {
		t.Errorf("journal: %s", text)
	}
}

// TestLegacyIsAskedOnce: one question names all nodes that speak old algorithms alone, and one answer counts for them; no
// stops. Where it was decided before the run nothing is asked, and the journal says so.
func TestLegacyIsAskedOnce(t *testing.T) {
	t.Parallel()
	g := &gates{old: map[string]bool{"n0.example.com": true, "n2.example.com": true}}
	r, _, journal := g.entered(t, 4, vos.ConnectionSSH, world.World{})
	g.set("", "administrator", "right")
	if err := r.Run(t.Context(), "login"); err != nil {
		t.Fatal(err)
	}
	q := r.Plan().Next().Question
	if q == nil || q.Question.ID != plan.AskLegacy || len(q.Also) != 1 || !strings.Contains(strings.Join(msg.Strings(q.Question.Lines), " "), "n2.example.com: ssh-rsa") {
		t.Fatalf("%+v", q)
	}
	if !q.Question.Stops(plan.No) || q.Question.Stops(plan.Yes) {
		t.Error("no does not stop")
	}
	if err := r.Answer(*q, plan.Yes); err != nil {
		t.Fatal(err)
	}
	if next := r.Plan().Next(); next.Question != nil {
		t.Fatalf("asked again: %+v", next.Question)
	}
	if err := r.Run(t.Context(), "login"); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false, true, false} {
		if _, legacy := r.Plan().Pin(fmt.Sprintf("n%d.example.com", i)); legacy != want {
			t.Errorf("n%d: allowed %v", i, legacy)
		}
	}
	if strings.Count(journal(), `"legacy"`) != 4 { // two questions, two answers
		t.Errorf("journal: %s", journal())
	}

	before := &gates{old: g.old}
	r, _, journal = before.entered(t, 4, vos.ConnectionSSH, world.World{Legacy: func(n vos.Node) bool { return n.FQDN == "n0.example.com" }})
	before.set("", "administrator", "right")
	if err := r.Run(t.Context(), "login"); err != nil {
		t.Fatal(err)
	}
	if q := r.Plan().Next().Question; q == nil || q.Task.Node != "n2.example.com" || len(q.Also) != 0 || !strings.Contains(journal(), "it was decided before the run") {
		t.Errorf("%+v", q)
	}
}

func apiCertificate(t *testing.T) *x509.Certificate {
	t.Helper()
	key := certtest.Key(t)
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "n0.example.com"}, NotAfter: time.Now().Add(time.Hour)}
	return certtest.Sign(t, c, nil, key.Public(), key)
}

// TestCertificateOfTheAPI: the first certificate is asked about before a password is sent, one that changed stops, and what
// was accepted before is not asked about; a fingerprint that was given before the run accepts the first alone.
func TestCertificateOfTheAPI(t *testing.T) {
	t.Parallel()
	g := &gates{shows: apiCertificate(t)}
	r, _, _ := g.entered(t, 1, vos.ConnectionREST, world.World{})
	g.set("", "administrator", "right")
	asked := func(id string, kind plan.AskKind, shown *x509.Certificate) plan.Asked {
		t.Helper()
		before := g.given["n0.example.com"]
		if err := r.Run(t.Context(), "login"); err != nil {
			t.Fatal(err)
		}
		q := r.Plan().Next().Question
		if q == nil || q.Question.ID != id || q.Question.Kind != kind || q.Question.Key == nil || q.Question.Key.Type != plan.CertKey || q.Question.Key.Fingerprint != cert.Fingerprint(shown) {
			t.Fatalf("%+v", q)
		}
		if g.given["n0.example.com"] != before {
			t.Error("the password was sent before the answer")
		}
		return *q
	}
	q := asked(plan.AskCert, plan.Choice, g.shows)
	if err := r.Answer(q, plan.No); err != nil {
		t.Fatal(err)
	}
	q = asked(plan.AskCert, plan.Choice, g.shows)
	if err := errors.Join(r.Answer(q, plan.Yes), r.Run(t.Context(), "login")); err != nil || g.given["n0.example.com"] != 1 {
		t.Fatalf("%v, given %d times", err, g.given["n0.example.com"])
	}

	for name, given := range map[string]func(vos.Node) []string{"none": nil, "another": func(vos.Node) []string { return []string{cert.Fingerprint(apiCertificate(t))} }} {
		other := &gates{shows: apiCertificate(t)}
		g, r = other, nil
		r, _, _ = other.entered(t, 1, vos.ConnectionREST, world.World{Known: given})
		other.set("", "administrator", "right")
		asked(plan.AskCert, plan.Choice, other.shows)
		if name == "none" && len(other.given) > 0 {
			t.Error("given")
		}
	}

	known := &gates{shows: apiCertificate(t)}
	g = known
	r, _, journal := known.entered(t, 1, vos.ConnectionREST, world.World{Known: func(vos.Node) []string { return []string{cert.Fingerprint(known.shows)} }})
	known.set("", "administrator", "right")
	if err := r.Run(t.Context(), "login"); err != nil || known.given["n0.example.com"] != 1 || !strings.Contains(journal(), "fingerprint given on the command line") {
		t.Fatalf("%v, given %v", err, known.given)
	}
	if err := r.Choose("n0.example.com", vos.ConnectionRESTManual); err != nil { // the line is given up
		t.Fatal(err)
	}
	known.shows = apiCertificate(t)
	if err := r.Reopen(plan.Task{Step: "login", Node: "n0.example.com"}, msg.T("test")); err != nil {
		t.Fatal(err)
	}
	q = asked(plan.AskChangedCert, plan.NodeName, known.shows)
	if err := r.Answer(q, "n1"); err == nil {
		t.Error("another name accepts it")
	}
	if err := errors.Join(r.Answer(q, "n0"), r.Run(t.Context(), "login")); err != nil || known.given["n0.example.com"] != 2 {
		t.Fatalf("%v, given %v", err, known.given)
	}
}
