package steps

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// threeNodes is the change of the examples: a UCCX pair and a CCP.
func threeNodes() Change {
	return Change{Name: "HQ renewal", Path: PathSigned, Unit: "tomcat", Solution: vos.Solution{Name: "HQ", Clusters: []vos.Cluster{
		{Nodes: []vos.Node{{FQDN: "uccx1.example.com", Product: vos.UCCX, Role: vos.Publisher}, {FQDN: "uccx2.example.com", Product: vos.UCCX, Role: vos.Subscriber}}},
		{Nodes: []vos.Node{{FQDN: "ccp.example.com", Product: vos.CCP, Role: vos.Standalone}}},
	}}}
}

// paper is a journal without a disk.
type paper struct{ entries []session.Entry }

func (p *paper) Append(kind, step, node string, data any) (session.Entry, error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return session.Entry{}, err
	}
	e := session.Entry{Seq: len(p.entries) + 1, Time: time.Date(2026, 11, 24, 1, 0, len(p.entries), 0, time.UTC), Who: "yvonne@jump", Kind: kind, Step: step, Node: node, Data: raw}
	p.entries = append(p.entries, e)
	return e, nil
}

func (p *paper) Keep(rel string, _ []byte) (string, error) { return rel, nil }

func (p *paper) add(t *testing.T, kind, step, node string, data any) session.Entry {
	t.Helper()
	e, err := p.Append(kind, step, node, data)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func fold(t *testing.T, p *paper) *Plan {
	t.Helper()
	plan, err := Fold(p.entries)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// begun is a session that was opened.
func begun(t *testing.T) *paper {
	p := &paper{}
	p.add(t, KindOpened, "", "", threeNodes())
	return p
}

// TestMoves walks every pair of state and entry: what is not in the table is refused and changes nothing.
func TestMoves(t *testing.T) {
	const node = "uccx1.example.com"
	reach := map[State][]string{Idle: nil, Running: {KindBegan}, Done: {KindDone}, Failed: {KindFailed}, Unsure: {KindBegan, KindUnsure}}
	for state, way := range reach {
		for _, kind := range []string{KindBegan, KindDone, KindFailed, KindUnsure, KindReopened, "nonsense"} {
			p := begun(t)
			for _, k := range way {
				p.add(t, k, stepCSR, node, struct{}{})
			}
			plan := fold(t, p)
			before, _ := plan.Task(Task{stepCSR, node})
			if before.State != state {
				t.Fatalf("the way to %s leads to %s", state, before.State)
			}
			err := plan.Apply(p.add(t, kind, stepCSR, node, struct{}{}))
			after, _ := plan.Task(Task{stepCSR, node})
			want, ok := moves[kind][state]
			if ok != (err == nil) {
				t.Errorf("%s + %s: allowed %v, got error %v", state, kind, ok, err)
			}
			if !ok && after.State != state {
				t.Errorf("%s + %s was refused, but moved to %s", state, kind, after.State)
			}
			if ok && after.State != want {
				t.Errorf("%s + %s: %s, want %s", state, kind, after.State, want)
			}
		}
	}
}

func TestRefusedEntries(t *testing.T) {
	for name, e := range map[string]session.Entry{
		"opened twice": {Kind: KindOpened, Data: []byte(`{"path":"signed"}`)},
		"unknown node": {Kind: KindLogin, Node: "nobody", Data: []byte(`{}`)},
		"unknown task": {Kind: KindBegan, Step: "nothing", Data: []byte(`{}`)},
		"bad data":     {Kind: KindBegan, Step: stepCSR, Node: "uccx1.example.com", Data: []byte(`[`)},
	} {
		if err := fold(t, begun(t)).Apply(e); err == nil {
			t.Errorf("%s: was taken", name)
		}
	}
	if _, err := Fold(nil); err == nil {
		t.Error("an empty journal makes no plan")
	}
	p := &paper{}
	p.add(t, KindDone, stepLogin, "uccx1.example.com", Seen{})
	if _, err := Fold(p.entries); err == nil {
		t.Error("a journal must begin with opened")
	}
}

// TestResumedMakesUnsure: a beginning without an end is looked at before anything else.
func TestResumedMakesUnsure(t *testing.T) {
	p := begun(t)
	p.add(t, KindBegan, stepCSR, "uccx1.example.com", Seen{CSR: "before"})
	p.add(t, KindResumed, "", "", Resumed{"test"})
	v, _ := fold(t, p).Task(Task{stepCSR, "uccx1.example.com"})
	if v.State != Unsure || v.Before == nil || v.Before.CSR != "before" || v.Trouble == nil {
		t.Fatalf("got %+v", v)
	}
}

// TestOrder: a row waits for the rows it stands on, on every node; restarts go one at a time, publisher first.
func TestOrder(t *testing.T) {
	p := begun(t)
	plan := fold(t, p)
	next := plan.Next()
	if next.Row.Step.ID != stepLogin || len(next.Tasks) != 3 {
		t.Fatalf("first is %s with %d tasks", next.Row.Step.ID, len(next.Tasks))
	}
	if b := plan.Blocked(Task{stepSurvey, "uccx2.example.com"}); b == nil || !strings.Contains(b.Error(), "Log in") {
		t.Errorf("survey before login: %v", b)
	}
	doneUntil(t, p, stepRestart)
	plan = fold(t, p)
	next = plan.Next()
	if next.Row.Step.ID != stepRestart || next.Question == nil || next.Question.Task.Node != "uccx1.example.com" || len(next.Tasks) != 0 {
		t.Fatalf("got %s, question %+v, tasks %v", next.Row.Step.ID, next.Question, next.Tasks)
	}
	p.add(t, KindAnswered, stepRestart, "uccx1.example.com", Answer{Question: "restart", Value: "uccx1"})
	if next = fold(t, p).Next(); len(next.Tasks) != 1 || next.Tasks[0].Node != "uccx1.example.com" || next.Question != nil {
		t.Fatalf("after the word: %+v", next)
	}
	p.add(t, KindBegan, stepRestart, "uccx1.example.com", Seen{})
	p.add(t, KindDone, stepRestart, "uccx1.example.com", Seen{})
	if next = fold(t, p).Next(); next.Question == nil || next.Question.Task.Node != "uccx2.example.com" {
		t.Fatalf("the subscriber is next: %+v", next.Question)
	}
}

// doneUntil writes every task before the given row as done.
func doneUntil(t *testing.T, p *paper, step string) {
	t.Helper()
	for _, row := range fold(t, p).Rows() {
		if row.Step.ID == step {
			return
		}
		for _, task := range row.Tasks {
			if task.State == Done {
				continue
			}
			for _, q := range row.Step.Ask {
				p.add(t, KindAnswered, task.Task.Step, task.Task.Node, Answer{Question: q.ID, Value: yes})
			}
			p.add(t, KindDone, task.Task.Step, task.Task.Node, Seen{})
		}
	}
}

// TestRestartWordCountsOnce: after a restart that failed, the name must be typed again.
func TestRestartWordCountsOnce(t *testing.T) {
	p := begun(t)
	doneUntil(t, p, stepRestart)
	const node = "uccx1.example.com"
	p.add(t, KindAnswered, stepRestart, node, Answer{Question: "restart", Value: "uccx1"})
	p.add(t, KindBegan, stepRestart, node, Seen{})
	p.add(t, KindFailed, stepRestart, node, Trouble{Class: "refused", What: "no"})
	next := fold(t, p).Next()
	if next.Question == nil || len(next.Tasks) != 0 {
		t.Fatalf("a failed restart may not run again without a word: %+v", next)
	}
}

// TestDebts: an install owes a restart; only proof pays it (SIG-8).
func TestDebts(t *testing.T) {
	p := begun(t)
	doneUntil(t, p, stepRestart)
	plan := fold(t, p)
	if got := len(plan.Debts()); got != 3 {
		t.Fatalf("%d debts, want 3", got)
	}
	if plan.Outcome() != Owed {
		t.Errorf("outcome %s", plan.Outcome())
	}
	doneUntil(t, p, stepProve)
	if got := len(fold(t, p).Debts()); got != 3 {
		t.Errorf("%d debts after the restarts alone, want 3: a restart is no proof", got)
	}
	p.add(t, KindDone, stepProve, "uccx1.example.com", Seen{})
	debts := fold(t, p).Debts()
	if len(debts) != 2 || debts[0].Node != "uccx2.example.com" {
		t.Errorf("debts %+v", debts)
	}
}

// TestOutcome: the gravest thing decides.
func TestOutcome(t *testing.T) {
	p := begun(t)
	check := func(want Outcome) {
		t.Helper()
		if got := fold(t, p).Outcome(); got != want {
			t.Errorf("outcome %s, want %s", got, want)
		}
	}
	check(Open)
	p.add(t, KindFailed, stepLogin, "uccx1.example.com", Trouble{})
	check(Refused)
	doneUntil(t, p, stepReply)
	check(Waiting)
	doneUntil(t, p, stepFunction)
	check(Open)
	for _, q := range fold(t, p).Step(stepFunction).Ask {
		p.add(t, KindAnswered, stepFunction, "", Answer{Question: q.ID, Value: "later"})
	}
	p.add(t, KindDone, stepFunction, "", Seen{})
	p.add(t, KindDone, stepReport, "", Seen{})
	check(Owed)
	for _, q := range fold(t, p).Step(stepFunction).Ask {
		p.add(t, KindAnswered, stepFunction, "", Answer{Question: q.ID, Value: yes})
	}
	check(Proven)
}

// TestDecisionsCountForTheNode: pins, legacy and lockout are folded from answers.
func TestDecisionsCountForTheNode(t *testing.T) {
	p := begun(t)
	const node = "ccp.example.com"
	key := vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:abc"}
	p.add(t, KindAsked, stepLogin, node, Question{ID: askHostKey})
	if plan := fold(t, p); plan.Next().Question == nil {
		t.Error("an asked question waits")
	}
	p.add(t, KindAnswered, stepLogin, node, Answer{Question: askHostKey, Value: no, Key: &key})
	if pin, _ := fold(t, p).Pin(node); pin != nil {
		t.Error("no is no")
	}
	p.add(t, KindAnswered, stepLogin, node, Answer{Question: askHostKey, Value: yes, Key: &key})
	p.add(t, KindAnswered, stepLogin, node, Answer{Question: askLegacy, Value: "ccp"})
	if pin, legacy := fold(t, p).Pin(node); pin == nil || *pin != key || !legacy {
		t.Errorf("pin %v legacy %v", pin, legacy)
	}
	other := vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:xyz"}
	p.add(t, KindAnswered, stepLogin, node, Answer{Question: askChangedKey, Value: "yes", Key: &other})
	if pin, _ := fold(t, p).Pin(node); *pin != key {
		t.Error("a changed key needs the node's name")
	}
	p.add(t, KindLogin, "", node, LoginTry{"admin", false})
	p.add(t, KindLogin, "", node, LoginTry{"admin", false})
	if got := fold(t, p).Refusals(node); got != 2 {
		t.Errorf("%d refusals", got)
	}
	p.add(t, KindAnswered, stepLogin, node, Answer{Question: askLockout, Value: "CCP.example.com"})
	if got := fold(t, p).Refusals(node); got != maxRefusals-1 {
		t.Errorf("%d refusals after the word: it is for one more try", got)
	}
}

// TestKnowledgeIsWhole loops over all rows of all paths: ids unique, what is owed can be paid, every change has Look, Undo
// and a rule.
func TestKnowledgeIsWhole(t *testing.T) {
	for _, path := range Paths() {
		rows, ok := Procedure(path.ID)
		if !ok || path.Title == "" || path.When == "" {
			t.Fatalf("%s: no such path, or one without words", path.ID)
		}
		var ids []string
		for _, row := range rows {
			if slices.Contains(ids, row.ID) {
				t.Errorf("%s: %s stands twice", path.ID, row.ID)
			}
			if !slices.Equal(row.After, ids) {
				t.Errorf("%s: %s does not wait for all rows above it", path.ID, row.ID)
			}
			ids = append(ids, row.ID)
			checkRow(t, row)
			if row.Owes.For != "" && !slices.ContainsFunc(rows, func(s Step) bool { return s.Pays == row.Owes.Restart }) {
				t.Errorf("%s: nothing proves what %s owes", path.ID, row.ID)
			}
		}
	}
	if _, ok := Procedure("nonsense"); ok {
		t.Error("a path that is not there was found")
	}
}

func checkRow(t *testing.T, row Step) {
	t.Helper()
	if row.Title == "" || row.Why == "" || row.Undo == "" {
		t.Errorf("%s: a row has a title, a reason and a way back", row.ID)
	}
	if row.Act != nil && (row.Look == nil || row.Risk == Looks || row.Effect == "" || len(row.Rules) == 0 || row.Words == nil) {
		t.Errorf("%s changes a node: it needs a look, a risk, an effect, a rule and its words", row.ID)
	}
	if row.Risk == Interrupts && !slices.ContainsFunc(row.Ask, func(q Question) bool { return q.Kind == NodeName }) {
		t.Errorf("%s interrupts without a typed name", row.ID)
	}
	if row.Look == nil && len(row.Ask) == 0 {
		t.Errorf("%s neither looks nor asks", row.ID)
	}
}

// TestNameTyped: full or short, any case; nothing else.
func TestNameTyped(t *testing.T) {
	n := vos.Node{FQDN: "uccx1.example.com"}
	for typed, want := range map[string]bool{"uccx1": true, " UCCX1.Example.COM ": true, "": false, "uccx": false, "yes": false, "uccx2": false} {
		if sameName(typed, n) != want {
			t.Errorf("%q: %v", typed, !want)
		}
	}
}

func BenchmarkFold1000Nodes(b *testing.B) {
	c := threeNodes()
	c.Solution.Clusters = nil
	p := &paper{}
	for i := range 1000 {
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: []vos.Node{{FQDN: fmt.Sprintf("n%d.example.com", i), Role: vos.Standalone}}})
	}
	_, _ = p.Append(KindOpened, "", "", c)
	for i := range 1000 {
		_, _ = p.Append(KindDone, stepLogin, fmt.Sprintf("n%d.example.com", i), Seen{})
	}
	for b.Loop() {
		if _, err := Fold(p.entries); err != nil {
			b.Fatal(err)
		}
	}
}

// TestNotYetIsNoAnswer: only "yes, they are with the CA" lets the change go on.
func TestNotYetIsNoAnswer(t *testing.T) {
	p := begun(t)
	doneUntil(t, p, stepHandOver)
	p.add(t, KindAnswered, stepHandOver, "", Answer{Question: "handed", Value: no})
	next := fold(t, p).Next()
	if next.Question == nil || len(next.Tasks) != 0 {
		t.Errorf("not yet was taken for yes: %+v", next.Tasks)
	}
}

// TestRequestFindings: what would come back as TRB-2 or TRB-3 is said before the CSR goes to the CA.
func TestRequestFindings(t *testing.T) {
	for names, want := range map[string]string{"uccx1.example.com": "", "uccx1.example.com example.com": "PRE-8", "uccx1": "TRB-3"} {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{DNSNames: strings.Fields(names)}, key)
		if err != nil {
			t.Fatal(err)
		}
		p := begun(t)
		p.add(t, KindDone, stepCSR, "uccx1.example.com", Seen{CSR: string(cert.RequestPEM(der))})
		got := ""
		for _, f := range RequestFindings(fold(t, p), threeNodes().Solution.Nodes()[0]) {
			got += f.Rule
		}
		if got != want {
			t.Errorf("%s: %q, want %q", names, got, want)
		}
	}
}
