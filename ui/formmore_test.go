package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// filled is the form with a UCCX pair and CCP, at the question what the fourth node is.
func filled(t *testing.T) (*Model, *formView, *plan.Change) {
	t.Helper()
	m := model(t, nil, 80, 24)
	m.push(newForm())
	got := &plan.Change{}
	m.app.Begin = func(c plan.Change) (*Work, error) { *got = c; return nil, errNotTaken }
	for _, p := range []string{"", "", "", fqdns[0], "", "", fqdns[1], "", "", fqdns[2], ""} {
		typed(m, p)
		m.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
	}
	return m, m.top().(*formView), got
}

// seesAll fails where words are missing on the screen.
func seesAll(t *testing.T, m *Model, words ...string) {
	t.Helper()
	m.keysSeen = 0 // somebody looked: what comes is no burst
	screen := ansi.Strip(m.draw())
	for _, w := range words {
		if !strings.Contains(screen, w) {
			t.Fatalf("%q is not seen on\n%s", w, screen)
		}
	}
}

// planned presses Enter on the last field.
func planned(t *testing.T, m *Model) {
	t.Helper()
	_, cmd := m.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
	if cmd == nil {
		t.Fatalf("it does not begin:\n%s", ansi.Strip(m.draw()))
	}
	m.Update(cmd())
}

// TestFormSaysMore: neighbours, servers, a subset and a shared certificate are said behind the nodes, and nobody who has
// nothing of the kind to say sees a field of them.
func TestFormSaysMore(t *testing.T) {
	m, _, got := filled(t)
	seesAll(t, m, "Done", "enter create plan")
	pressed(m, "down", "enter")
	seesAll(t, m, "More options", "▸ None", "Peer")
	pressed(m, "down", "enter", "enter") // Unified CM publisher
	typed(m, "cucm1.example.com")
	pressed(m, "enter", "enter")
	seesAll(t, m, "peer      Unified CM publisher  cucm1.example.com", "▸ None")
	pressed(m, "down", "down", "enter")
	typed(m, "api.example.net:8443")
	pressed(m, "enter")
	typed(m, "10.0.0.9")
	pressed(m, "enter", "end", "enter", "enter")
	seesAll(t, m, "scripts   api.example.net:8443 10.0.0.9", "shared    one certificate for uccx1, uccx2", "▸ None")
	pressed(m, "down", "down", "down", "enter")
	seesAll(t, m, "[x] UCCX publisher", "space select")
	pressed(m, "down", "down", "space", "enter")
	seesAll(t, m, "replace   only uccx1, uccx2")
	planned(t, m)
	s := got.Solution
	if len(s.Neighbours) != 1 || s.Neighbours[0].FQDN != "cucm1.example.com" || s.Neighbours[0].Product != vos.CUCM || s.Neighbours[0].Role != vos.Publisher {
		t.Errorf("neighbours %+v", s.Neighbours)
	}
	if want := (vos.Target{Host: "api.example.net", Port: 8443, Dial: "10.0.0.9:8443"}); len(s.Targets) != 1 || s.Targets[0] != want {
		t.Errorf("targets %+v", s.Targets)
	}
	if !slices.Equal(got.Replace, fqdns[:2]) || !got.MultiServer || len(s.Nodes()) != 3 {
		t.Errorf("replace %v, multi-server %v, %d nodes", got.Replace, got.MultiServer, len(s.Nodes()))
	}
}

// TestFormSaysWhyNot: what does not go with the change so far says why, and what was said can be taken out again.
func TestFormSaysWhyNot(t *testing.T) {
	m, f, got := filled(t)
	pressed(m, "down", "enter", "down", "down", "down", "enter")
	seesAll(t, m, "Nodes that get a new certificate")
	pressed(m, "space", "down", "space", "down", "space", "enter")
	seesAll(t, m, "Select at least one node with Space.")
	pressed(m, "space", "enter", "end")
	seesAll(t, m, "not available: Needs a UCCX publisher and its subscriber.")
	pressed(m, "enter")
	seesAll(t, m, "Needs a UCCX publisher and its subscriber.")
	pressed(m, "home", "down", "enter", "home", "enter") // a neighbour, and none after all
	seesAll(t, m, "peer      removed")
	pressed(m, "home", "down", "down", "enter", "enter") // a server without a name is none
	planned(t, m)
	if len(got.Solution.Neighbours)+len(got.Solution.Targets) != 0 || !slices.Equal(got.Replace, fqdns[2:]) {
		t.Errorf("%+v", got)
	}
	f.values.path = plan.PathThirdParty
	if _, err := f.values.change(); err != errNoServer {
		t.Errorf("the path of a server without a server: %v", err)
	}
}

// TestFormOfEveryKind: whatever can be chosen makes a change of that product and place.
func TestFormOfEveryKind(t *testing.T) {
	for i, k := range kinds {
		if k.role == vos.Subscriber {
			continue
		}
		v := formValues{name: "x", path: plan.PathSigned}
		for n := range v.nodes {
			v.nodes[n].kind = noNode
		}
		v.nodes[0] = formNode{fqdn: "a.example.com", kind: i}
		c, err := v.change()
		if err != nil || c.Solution.Nodes()[0].Product != k.product || c.Solution.Nodes()[0].Role != k.role {
			t.Errorf("%s: %+v, %v", k.label, c.Solution, err)
		}
	}
}
