package steps_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
)

// old lays a journal of a former program into a home, as far as a number of entries; zero: all of it.
func old(t *testing.T, name string, entries int) session.Home {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "journals", name))
	if err != nil {
		t.Fatal(err)
	}
	if lines := bytes.SplitAfter(data, []byte("\n")); entries > 0 {
		data = bytes.Join(lines[:entries], nil)
	}
	home := session.Home{Dir: t.TempDir()}
	dir := home.SessionDir("old")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "journal.jsonl"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return home
}

func folded(t *testing.T, home session.Home) *plan.Plan {
	t.Helper()
	entries, err := home.Read("old")
	if err != nil {
		t.Fatal(err)
	}
	p, err := steps.Fold(entries)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestOldSession: a session that the first program with a lab began, and that was killed after the CSRs were made, opens and
// goes on: the CSRs that were made then are written out and no others.
func TestOldSession(t *testing.T) {
	t.Parallel()
	home := old(t, "waits-for-outbox.jsonl", 0)
	if next := folded(t, home).Next(); next.Row.Step.ID != "outbox" || next.Question != nil {
		t.Fatalf("it goes on at %s", next.Row.Step.ID)
	}
	s, err := home.Open("old")
	if err != nil {
		t.Fatal(err)
	}
	without := world.World{Login: func(vos.Node) (vos.Login, bool) { return vos.Login{}, false }, Program: "new", Pace: world.LabPace(), Now: time.Now}
	r, err := steps.NewRunner(s.Entries(), s, without, func(engine.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Resume(); err != nil {
		t.Fatal(err)
	}
	if err := r.Run(t.Context(), "outbox"); err != nil {
		t.Fatal(err)
	}
	if err := r.Answer(*r.Plan().Next().Question, "yes"); err != nil {
		t.Fatal(err)
	}
	if err := r.Run(t.Context(), "handover"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	p := folded(t, home)
	if standing.OutcomeOf(p) != standing.Waiting {
		t.Errorf("outcome %s", standing.OutcomeOf(p))
	}
	written, err := filepath.Glob(filepath.Join(home.SessionDir("old"), plan.Outbox, "*.csr"))
	if err != nil || len(written) != len(p.Nodes()) {
		t.Fatalf("written: %v, %v", written, err)
	}
	for _, n := range p.Nodes() {
		if !slices.ContainsFunc(written, func(file string) bool {
			csr, err := os.ReadFile(file)
			return err == nil && len(csr) > 0 && strings.TrimSpace(string(csr)) == strings.TrimSpace(certs.CSR(p, n.FQDN))
		}) {
			t.Errorf("%s: the CSR that was made then is not in the outbox", n.FQDN)
		}
	}
	if checked, err := home.Verify("old"); err != nil || len(checked.Bad) > 0 {
		t.Errorf("the journal: %v %+v", err, checked)
	}
}

// TestOldRows: a session that was finished before a row was known stays finished; one that has not come so far gets the row.
func TestOldRows(t *testing.T) {
	t.Parallel()
	const to = 15 // entries: the check before starting is done on both nodes
	done, half := folded(t, old(t, "finished.jsonl", 0)), folded(t, old(t, "finished.jsonl", to))
	if _, has := done.Row("neighbours"); has || standing.OutcomeOf(done) != standing.Proven {
		t.Errorf("finished: %s, with the new rows: %v", standing.OutcomeOf(done), has)
	}
	if _, has := half.Row("neighbours"); !has || half.Next().Row.Step.ID != "exchange" {
		t.Errorf("in the middle: next %s, with the new rows: %v", half.Next().Row.Step.ID, has)
	}
	if done.Hash() != half.Hash() {
		t.Error("what happened since has changed the hash of the plan")
	}
}

// TestMovedBeside: a neighbour and a script target are dialled where they are now; the hash of the plan stays.
func TestMovedBeside(t *testing.T) {
	t.Parallel()
	c := change.Change{Name: "x", Path: change.PathSigned, Unit: "tomcat", Solution: vos.Solution{
		Clusters: []vos.Cluster{{Nodes: []vos.Node{{FQDN: "u1.x.example", Product: vos.UCCX, Role: vos.Standalone}}}},
		Peers:    []vos.Node{{FQDN: "cm1.x.example", Product: vos.CUCM, Role: vos.Standalone, Address: "127.0.0.1", Ports: map[int]string{8443: "127.0.0.1:1"}}},
		Targets:  []vos.Target{{Host: "api.partner.example", Dial: "127.0.0.1:2"}}}}
	p, err := steps.Preview(c)
	if err != nil {
		t.Fatal(err)
	}
	hash := p.Hash()
	for i, moved := range []struct{ node, data string }{
		{"cm1.x.example", `{"address":"127.0.0.1","ports":{"8443":"127.0.0.1:3"}}`}, {"api.partner.example", `{"ports":{"443":"127.0.0.1:4"}}`}} {
		if err := p.Apply(session.Entry{Seq: i + 2, Kind: plan.KindLocated, Node: moved.node, Data: []byte(moved.data)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range trust.RelationsOf(p) {
		if at := r.From.Dial(r.Port); at != map[vos.Product]string{vos.CUCM: "127.0.0.1:3", "": "127.0.0.1:4"}[r.From.Product] {
			t.Errorf("%s is dialled at %s", r.From.FQDN, at)
		}
	}
	if p.Hash() != hash {
		t.Error("the hash has changed")
	}
	if err := p.Apply(session.Entry{Seq: 4, Kind: plan.KindLocated, Node: "unknown.x.example", Data: []byte(`{}`)}); err == nil {
		t.Error("a node that is not there was moved")
	}
}
