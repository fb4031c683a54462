package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// typed presses each letter of a text, slower than a paste.
func typed(m *Model, text string) {
	for _, r := range text {
		m.keysSeen = 0
		m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	m.keysSeen = 0
}

// TestFormTypedAhead: a whole form that comes in one burst, as from a slow line, reaches the fields it was meant for.
func TestFormTypedAhead(t *testing.T) {
	m := model(t, nil, 80, 24)
	m.push(newForm())
	var got plan.Change
	m.app.Begin = func(c plan.Change) (*Work, error) { got = c; return nil, errNotTaken }
	fill := func(parts ...string) tea.Cmd {
		var last tea.Cmd
		for _, p := range parts {
			typed(m, p)
			_, last = m.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
		}
		return last
	}
	fill("", "", "", "uccx1.example.com", "", "", "uccx2.example.com", "10.0.0.5 22=40022", "", "", "")
	if f := m.top().(*formView); f.at != 9 || !strings.Contains(ansi.Strip(m.draw()), "Enter the full name") {
		t.Fatalf("a name that is missing was taken: field %d\n%s", f.at, ansi.Strip(m.draw()))
	}
	cmd := fill("ccp.example.com", "", "")
	if cmd == nil {
		t.Fatalf("it does not begin:\n%s", ansi.Strip(m.draw()))
	}
	m.Update(cmd())
	s := got.Solution
	if len(s.Clusters) != 2 || s.Clusters[0].Nodes[1].FQDN != "uccx2.example.com" || s.Clusters[0].Nodes[1].Address != "10.0.0.5" || s.Clusters[1].Nodes[0].FQDN != "ccp.example.com" || got.Path != plan.PathSigned {
		t.Errorf("got %+v", got)
	}
	if f, ok := m.top().(*formView); !ok || f.values.nodes[0].fqdn != "uccx1.example.com" || m.notice == "" {
		t.Error("what was typed is lost when the session cannot be opened, or nothing is said")
	}
}

// TestFormBackAndForth: kinds and paths are chosen by the arrows, a field can be gone back to, and nodes can be taken out.
func TestFormBackAndForth(t *testing.T) {
	m := model(t, nil, 80, 24)
	m.push(newForm())
	f := m.top().(*formView)
	pressed(m, "enter", "down")
	if f.values.path == plan.PathSigned {
		t.Error("the arrow chooses no path")
	}
	pressed(m, "up", "enter", "down", "down", "enter")
	typed(m, "uccx1.example.com")
	pressed(m, "enter", "enter", "home")
	if len(f.fields(&m.face)) != 6 || f.values.nodes[0].kind != 2 {
		t.Errorf("%d fields, kind %d: a single node and no more were wanted", len(f.fields(&m.face)), f.values.nodes[0].kind)
	}
	pressed(m, "up") // at the first option already
	m.Update(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	m.Update(tea.PasteMsg{Content: " 10.0.0.5\n22=40022 "})
	if f.values.nodes[0].address != "10.0.0.5 22=40022" {
		t.Errorf("pasted %q", f.values.nodes[0].address)
	}
	if c, err := f.values.change(); err != nil || len(c.Solution.Clusters) != 1 {
		t.Errorf("%+v, %v", c, err)
	}
	f.values.nodes[0].fqdn = ""
	if _, err := f.values.change(); err == nil {
		t.Error("a node without a name is taken")
	}
}
