package steps_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// unknownKeys begins a change on nodes whose keys no one knows yet, and has each shown.
func unknownKeys(t *testing.T, way vos.Connection, nodes int) (*engine.Runner, *gates, func() string) {
	g := &gates{}
	if way == vos.ConnectionREST {
		g.shows = apiCertificate(t)
	}
	r, _, journal := g.entered(t, nodes, way, world.World{Known: func(vos.Node) []string { return nil },
		KnownHosts: func(n vos.Node, _ vos.HostKey) msg.Text { return msg.T("known_hosts has this key for %s", n.FQDN) }})
	g.set("", "administrator", "right")
	if err := r.Run(t.Context(), "login"); err != nil {
		t.Fatal(err)
	}
	return r, g, journal
}

// TestSeveralKeysAtOnce: the first keys of several nodes are shown together, each with its name, its fingerprint and what
// known_hosts says. One by one or all of them are accepted, all only where it was typed; the journal has one answer for each
// node, with the key of that node.
func TestSeveralKeysAtOnce(t *testing.T) {
	t.Parallel()
	for _, way := range []vos.Connection{vos.ConnectionSSH, vos.ConnectionREST} {
		t.Run(string(way), func(t *testing.T) {
			t.Parallel()
			r, g, journal := unknownKeys(t, way, 4)
			q := r.Plan().Next().Question
			if q == nil || len(q.Also) != 3 || len(q.Keys) != 4 {
				t.Fatalf("%+v", q)
			}
			lines := strings.Join(msg.Strings(q.Question.Lines), "\n")
			for i := range 4 {
				if !strings.Contains(lines, fmt.Sprintf("n%d  ", i)) {
					t.Errorf("node %d is not shown:\n%s", i, lines)
				}
				if way == vos.ConnectionSSH && !strings.Contains(lines, fmt.Sprintf("SHA256:of-n%d.example.com\n  known_hosts has this key", i)) {
					t.Errorf("key %d or known_hosts is not shown:\n%s", i, lines)
				}
			}
			if err := r.Answer(*q, plan.All); err == nil {
				t.Error("all are accepted without a word that is typed")
			}
			if err := r.Answer(*q, plan.Yes); err != nil { // the first alone
				t.Fatal(err)
			}
			if q = r.Plan().Next().Question; q == nil || len(q.Also) != 2 || q.Task.Node != "n1.example.com" || !strings.HasPrefix(q.Question.Lines[0].String(), "n1  ") {
				t.Fatalf("%+v", q)
			}
			sure := q.AcceptAll()
			for _, typed := range []string{"", "yes", "accept 4", "accept", "3", "all"} {
				if err := r.Answer(sure, typed); err == nil {
					t.Errorf("%q accepts them", typed)
				}
			}
			if len(g.given) != 0 {
				t.Errorf("passwords went out: %v", g.given)
			}
			if err := r.Answer(sure, "accept 3"); err != nil {
				t.Fatal(err)
			}
			if next := r.Plan().Next(); next.Question != nil {
				t.Fatalf("asked again: %+v", next.Question)
			}
			if n := strings.Count(journal(), `"kind":"answered"`); n != 4 || strings.Contains(journal(), `"value":"all"`) || strings.Contains(journal(), "accept 3") {
				t.Errorf("%d answers in the journal: %s", n, journal())
			}
			if err := r.Run(t.Context(), "login"); err != nil {
				t.Fatal(err)
			}
			for i := range 4 {
				name := fmt.Sprintf("n%d.example.com", i)
				pin, _ := r.Plan().Pin(name)
				if way == vos.ConnectionSSH && (pin == nil || pin.Fingerprint != "SHA256:of-"+name) || way == vos.ConnectionREST && r.Plan().CertPin(name) == nil {
					t.Errorf("%s: pinned %+v", name, pin)
				}
			}
		})
	}
}

// TestNoStopsAll: no to one of several keys accepts none, and no password goes out.
func TestNoStopsAll(t *testing.T) {
	t.Parallel()
	r, g, _ := unknownKeys(t, vos.ConnectionSSH, 3)
	q := r.Plan().Next().Question
	if err := r.Answer(*q, plan.No); err != nil || !q.Question.Stops(plan.No) {
		t.Fatal(err)
	}
	for i := range 3 {
		if pin, _ := r.Plan().Pin(fmt.Sprintf("n%d.example.com", i)); pin != nil || len(g.given) != 0 {
			t.Errorf("pinned %+v, given %v", pin, g.given)
		}
	}
}

// TestHandedLegacy: insecure algorithms that were allowed before a session was handed over are asked about again.
func TestHandedLegacy(t *testing.T) {
	t.Parallel()
	g := &gates{old: map[string]bool{"n0.example.com": true}}
	r, _, _ := g.entered(t, 1, vos.ConnectionSSH, world.World{Legacy: func(vos.Node) bool { return true }})
	g.set("", "administrator", "right")
	if err := r.Run(t.Context(), "login"); err != nil {
		t.Fatal(err)
	}
	if _, legacy := r.Plan().Pin("n0.example.com"); !legacy {
		t.Fatal("they were not allowed before")
	}
	if err := r.Import(""); err != nil {
		t.Fatal(err)
	}
	if _, legacy := r.Plan().Pin("n0.example.com"); legacy {
		t.Error("they are still allowed")
	}
}
