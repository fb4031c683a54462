package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Each trouble that a journal tells of becomes the fault that makes it again, on the node that stands for the one that had it.
func TestLearnables(t *testing.T) {
	t.Parallel()
	trouble := func(what string) plan.Trouble { return plan.Trouble{Class: "refused", What: what} }
	for name, c := range map[string]struct {
		kind, step string
		data       any
		want       string // in the file
	}{
		"again":     {plan.KindFailed, "install", trouble("the CSR was made again since it went to the CA"), "do = 'csr'"},
		"gone":      {plan.KindFailed, "install", trouble("the CSR that went to the CA is no longer there"), "do = 'forget-csr'"},
		"namesake":  {plan.KindFailed, "root", trouble("the node holds another Acme Root, which begins later"), "do = 'same-cn'"},
		"service":   {plan.KindUnsure, "restart", trouble("not every address serves the new certificate after 40m: 8445 Finesse (refused)"), "service = 'Cisco Finesse Tomcat'"},
		"renamed":   {plan.KindAsked, "preflight", plan.Question{Lines: []string{"fault: the node calls itself b.acme.org"}}, "do = 'rename'"},
		"clock":     {plan.KindAsked, "preflight", plan.Question{Lines: []string{"warning: the node's clock is off by -72h0m3s"}}, "by = '-72h0m3s'"},
		"away":      {plan.KindFailed, "login", plan.Trouble{Class: "unreachable", What: "cannot be reached at 10.0.0.5"}, "do = 'down'"},
		"cut":       {plan.KindUnsure, "csr", plan.Trouble{Class: "uncertain", What: "The connection was lost"}, "typed = 'set csr gen'"},
		"elsewhere": {plan.KindFailed, "survey", trouble("which begins later, but of no matter"), "do = 'same-cn'"},
	} {
		change := plan.Change{Name: "Acme", Path: plan.PathSigned, Unit: "tomcat", Solution: vos.Solution{Clusters: []vos.Cluster{{Nodes: []vos.Node{
			{FQDN: "acme-a.acme.org", Product: vos.UCCX, Role: vos.Publisher}, {FQDN: "acme-b.acme.org", Product: vos.UCCX, Role: vos.Subscriber}}}}}}
		entries := []session.Entry{entry(t, 1, plan.KindOpened, "", "", change), entry(t, 2, c.kind, c.step, "acme-b.acme.org", c.data)}
		p, err := steps.Fold(entries[:1])
		if err != nil {
			t.Fatal(err)
		}
		l := newLearner(p)
		if err := l.read(entries); err != nil {
			t.Fatal(err)
		}
		text, err := l.lesson().TOML()
		if err != nil || !strings.Contains(string(text), c.want) || !strings.Contains(string(text), "uccx2") || strings.Contains(string(text), "cme") {
			t.Errorf("%s: %v, without %q\n%s", name, err, c.want, text)
		}
		if _, err := sim.ReadScenario("x", "x", text, rowIDs); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func entry(t *testing.T, seq int, kind, step, node string, data any) session.Entry {
	t.Helper()
	raw, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	return session.Entry{Seq: seq, Time: time.Unix(int64(seq), 0), Kind: kind, Step: step, Node: node, Data: raw}
}

// What the verdict said of a reply that was not taken is how the CA of the lesson answers.
func TestBehaviourOf(t *testing.T) {
	t.Parallel()
	for want, f := range map[sim.Behaviour]reply.Refusal{
		sim.AddSAN: {Code: "san", Severity: "fault", What: "the names differ from the request: added www.a"}, sim.DropSAN: {Code: "san", Severity: "fault", What: "the names differ from the request: dropped a"},
		sim.Swap: {Code: "swapped", Severity: "fault"}, sim.Expired: {Code: "expired", Severity: "fault"}, sim.NoClientAuth: {Code: "eku", Severity: "warning"},
	} {
		if got, ok := behaviourOf([]reply.Refusal{{Code: "converted", Severity: "note"}, f}); !ok || got != want {
			t.Errorf("%+v: %q %v, want %q", f, got, ok, want)
		}
	}
	if b, ok := behaviourOf([]reply.Refusal{{Code: "san", Severity: "note", What: "added"}}); ok {
		t.Errorf("a note is %q", b)
	}
}
