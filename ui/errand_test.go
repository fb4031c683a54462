package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// errandOn lets a dialogue wait for a person while a row is at work.
func errandOn(m *Model, row string, d vos.Dialogue) *Model {
	m.Running = row
	m.visit(engine.ManualTask{ID: 1, File: "/home/ada/.local/state/uccx-tui/sessions/hq/by-hand/0a1b2c3d.pem", ManualTask: vos.ManualTask{Node: fqdns[0], Dialogue: d,
		Wrong: msg.T("it holds what \"show status\" printed, not what \"%s\" did (do not run it again)", d.Line),
		Clicks: []vos.Click{{Text: "Security > Certificate Management > Find"}, {Text: "Upload Certificate/Certificate chain > Certificate Purpose %s", Args: []string{"tomcat-trust"}},
			{Text: "Upload File: the file named above > Upload"}}}})
	return m
}

// TestErrandByKeys: what is pasted is shown as one line, never raw; Enter gives it once; what was done is left behind.
func TestErrandByKeys(t *testing.T) {
	m := errandOn(model(t, waiting(), 80, 24), "survey", vos.DialogueStatus())
	m.stack = append(m.stack, &stepView{id: "survey"})
	m.turnTo()
	s, ok := m.top().(errandView)
	if !ok {
		t.Fatalf("the errand does not come up: %T", m.top())
	}
	if !strings.Contains(shown(m), "\x1b]8;;https://uccx1.example.com:8443/cmplatform") {
		t.Error("the address is no hyperlink")
	}
	m.Update(tea.PasteMsg{Content: "admin:show status\r\n\x1b[31mHost Name : \x1b]0;x\x07uccx1\u202e\r\nadmin:"})
	screen := shown(m)
	if !strings.Contains(screen, "3 lines: admin:show status") || strings.Contains(screen, "\x1b[31m") && strings.Contains(screen, "\u202e") {
		t.Errorf("got\n%s", screen)
	}
	if got := s.Given(); got != "admin:show status\nHost Name : uccx1\u202e\nadmin:" {
		t.Errorf("taken %q", got)
	}
	if _, cmd := m.Update(keyOf("enter")); cmd == nil || !s.Sent() {
		t.Error("it is not given")
	}
	if _, cmd := m.Update(keyOf("enter")); cmd != nil {
		t.Error("it is given twice")
	}
	m.Now = m.Now.Add(-time.Second) // a key within the burst that brought it would be part of a paste
	m.visit(engine.ManualTask{ID: 2, ManualTask: vos.ManualTask{Node: fqdns[1], Dialogue: vos.DialogueRestart()}})
	m.visit(engine.ManualTask{ID: 1, Over: true})
	s, ok = m.top().(errandView)
	if !ok || s.ID != 2 || !strings.Contains(shown(m), "SERVICES STOP on this node") {
		t.Fatalf("the next does not come up:\n%s", shown(m))
	}
	if _, cmd := m.Update(keyOf("enter")); cmd != nil || !strings.Contains(shown(m), "Enter again") {
		t.Errorf("a change of which nothing is said:\n%s", shown(m))
	}
	if _, cmd := m.Update(keyOf("ctrl+n")); cmd == nil {
		t.Error("it cannot be said that it was not done")
	}
	m.visit(engine.ManualTask{ID: 2, Over: true})
	if _, ok := m.top().(*stepView); !ok {
		t.Errorf("left at %T", m.top())
	}
}
