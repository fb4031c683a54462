package lab

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Each trouble that a journal tells of becomes the fault that makes it again, on the node that stands for the one that had it.
func TestLearnables(t *testing.T) {
	t.Parallel()
	trouble := func(code string, about ...string) plan.Trouble {
		return plan.Trouble{Class: "refused", Code: code, About: about, What: msg.T("in whatever words")}
	}
	found := func(code string, about ...string) plan.Question {
		return plan.Question{Findings: []plan.Finding{{Code: code, About: about, What: msg.T("in whatever words")}}}
	}
	for name, c := range map[string]struct {
		kind, step string
		data       any
		want       string // in the file
	}{
		"again":     {plan.KindFailed, "install", trouble(codes.CSRAgain), "do = 'csr'"},
		"gone":      {plan.KindFailed, "install", trouble(codes.CSRGone), "do = 'forget-csr'"},
		"namesake":  {plan.KindFailed, "root", trouble(codes.KeptOut), "do = 'same-cn'"},
		"service":   {plan.KindUnsure, "restart", trouble(codes.NotServed, "8445"), "service = 'Cisco Finesse Tomcat'"},
		"renamed":   {plan.KindAsked, "preflight", found(codes.OtherName), "do = 'rename'"},
		"clock":     {plan.KindAsked, "preflight", found(codes.Clock, "-72h0m3s"), "by = '-72h0m3s'"},
		"away":      {plan.KindFailed, "login", plan.Trouble{Class: "unreachable", What: msg.T("cannot be reached at 10.0.0.5")}, "do = 'down'"},
		"cut":       {plan.KindUnsure, "csr", plan.Trouble{Class: "uncertain", What: msg.T("The connection was lost")}, "typed = 'set csr gen'"},
		"elsewhere": {plan.KindFailed, "survey", trouble(codes.KeptOut), "do = 'same-cn'"},
	} {
		change := change.Change{Name: "Acme", Path: change.PathSigned, Unit: "tomcat", Solution: vos.Solution{Clusters: []vos.Cluster{{Nodes: []vos.Node{
			{FQDN: "acme-a.acme.org", Product: vos.UCCX, Role: vos.Publisher}, {FQDN: "acme-b.acme.org", Product: vos.UCCX, Role: vos.Subscriber}}}}}}
		entries := []session.Entry{entry(t, 1, plan.KindOpened, "", "", change), entry(t, 2, c.kind, c.step, "acme-b.acme.org", c.data)}
		plan, err := steps.Fold(entries[:1])
		if err != nil {
			t.Fatal(err)
		}
		l := newLearner(plan)
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
		sim.AddSAN: {Code: "san", Severity: "fault", Detail: reply.DetailAdded}, sim.DropSAN: {Code: "san", Severity: "fault", Detail: reply.DetailDropped},
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

// rowIDs are the ids of the rows of a path, and whether there is such a path.
func rowIDs(path string) ([]string, bool) {
	rows, ok := steps.Procedure(path)
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids, ok
}
