package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// TestNoticeEverywhere: what the last key had to say is seen, whole, on every screen.
func TestNoticeEverywhere(t *testing.T) {
	text := strings.Repeat("word ", 40) + "and the very end"
	for _, size := range [][2]int{{60, 18}, {80, 24}} {
		for name, m := range screens(t, size[0], size[1]) {
			m.tell(true, "%s", text)
			got := ansi.Strip(m.draw())
			if n := strings.Count(got, "\n") + 1; n > size[1] {
				t.Errorf("%s at %v: %d lines", name, size, n)
			}
			if !strings.Contains(strings.Join(strings.Fields(got), " "), "and the very end") {
				t.Errorf("%s at %v does not show the notice:\n%s", name, size, got)
			}
		}
	}
}

// TestEveryScreenHelps: every screen names its help key, which is one that works there, and a way back.
func TestEveryScreenHelps(t *testing.T) {
	for name, m := range screens(t, 80, 24) {
		help, out := "?", false
		if m.writing() {
			help = "f1"
		}
		found := false
		for _, k := range m.top().keys(&m.face) {
			found = found || k.key == help
			out = out || k.key == "esc" || k.key == "q"
			if k.off == "" && (k.label == "" || k.help == "") {
				t.Errorf("%s: the key %s has no words", name, k.key)
			}
		}
		if !found || !out {
			t.Errorf("%s: help by %s: %v, a way back: %v", name, help, found, out)
		}
		m.help = false
		m.Update(tea.KeyPressMsg{Code: tea.KeyF1})
		if !m.help || !strings.Contains(ansi.Strip(m.draw()), "Keys") {
			t.Errorf("%s: F1 shows no help", name)
		}
	}
}

// TestEnterAloneGoesOn: whatever row somebody looked at, Enter alone leads back to what is next.
func TestEnterAloneGoesOn(t *testing.T) {
	for row := range mustPlan(t, waiting()).Rows() {
		m := screens(t, 80, 24)["plan"]
		pressed(m, "home")
		for range row {
			pressed(m, "down")
		}
		pressed(m, "enter")
		if s, ok := m.top().(*stepView); ok && s.id != m.plan.Next().Row.Step.ID {
			pressed(m, "enter")
		}
		if _, ok := m.top().(*chooser); !ok {
			t.Errorf("from row %d Enter leads to %T, and not to the CA's reply, which is next", row+1, m.top())
		}
	}
}

// TestSessionsThatCannotBeOpened: one that is held names its holder, one that is damaged its damage; neither is opened.
func TestSessionsThatCannotBeOpened(t *testing.T) {
	m := model(t, nil, 80, 24)
	m.push(&sessions{})
	m.pass(loadedSessions{all: []Listed{{Name: "held", Held: &session.Holder{Owner: "bob", Host: "jump2", PID: 4711}}, {Name: "broken", Err: errors.New("journal.jsonl: line 7 is damaged")}}})
	pressed(m, "enter")
	if got := ansi.Strip(m.draw()); !strings.Contains(got, "bob on jump2, PID 4711") || m.opening {
		t.Errorf("held:\n%s", got)
	}
	pressed(m, "esc")
	pressed(m, "down", "enter")
	if got := ansi.Strip(m.draw()); !strings.Contains(got, "line 7 is damaged") || m.opening {
		t.Errorf("damaged:\n%s", got)
	}
}

// TestTakeOverIsMeant: a session that another program holds is taken over where its name is typed, and by nothing less.
func TestTakeOverIsMeant(t *testing.T) {
	m := model(t, nil, 80, 24)
	holder := session.Holder{Owner: "bob", Host: "jump2", PID: 4711}
	var from []session.Holder
	m.app.TakeOver = func(_ string, h session.Holder) (*Work, error) { from = append(from, h); return nil, errNotTaken }
	m.push(&takeOverView{one: Listed{Name: "hq", Held: &holder}})
	m.changed = time.Now().Add(time.Minute) // it has just come up
	pressed(m, "h", "q", "enter")
	if m.opening {
		t.Fatal("an Enter in flight took it over")
	}
	m.changed = time.Time{}
	for _, wrong := range [][]string{{"ctrl+u"}, {"q"}, {"h"}} {
		pressed(m, wrong...)
		pressed(m, "enter")
		if m.opening || !strings.Contains(ansi.Strip(m.draw()), "Nothing was changed") {
			t.Fatalf("%q was taken for the name:\n%s", m.top().(*takeOverView).typed, ansi.Strip(m.draw()))
		}
	}
	m.Update(tea.PasteMsg{Content: "hq"})
	pressed(m, "ctrl+u", "h", "q")
	_, cmd := m.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
	if !m.opening || cmd == nil {
		t.Fatalf("it is not taken:\n%s", ansi.Strip(m.draw()))
	}
	m.Update(cmd())
	if len(from) != 1 || from[0] != holder {
		t.Errorf("taken from %+v", from)
	}
}

// TestTakeOverInLines: line mode takes over what its list shows as held, by its name.
func TestTakeOverInLines(t *testing.T) {
	holder := session.Holder{Owner: "bob", Host: "jump2", PID: 4711, Since: time.Now()}
	taken := 0
	app := App{TakeOver: func(string, session.Holder) (*Work, error) { taken++; return nil, errNotTaken },
		Sessions: func() ([]Listed, error) {
			return []Listed{{Name: "free"}, {Name: "hq", Held: &holder, Stopped: true}}, nil
		}}
	var out strings.Builder
	if _, err := Line(t.Context(), app, nil, strings.NewReader("t1\nt2\nhr\nt2\nhq\nq\n"), &out, nil); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"suspended, open: bob on jump2", "not open in another program", "Nothing was changed"} {
		if !strings.Contains(out.String(), words) {
			t.Errorf("%q is not said:\n%s", words, out.String())
		}
	}
	if taken != 1 {
		t.Errorf("taken over %d times", taken)
	}
}

// TestLoginAgain: after a refusal the reason stands beside the question, and the user need not be typed again.
func TestLoginAgain(t *testing.T) {
	m := model(t, opened3().add(plan.KindFailed, "login", fqdns[1], plan.Trouble{Class: "login", What: "the login was refused", Means: "one failed try was counted"}), 80, 24)
	m.user = "administrator"
	m.push(newLogin(&m.face, fqdns[1]))
	if got := ansi.Strip(m.draw()); !strings.Contains(got, "one failed try was counted") || !strings.Contains(got, "administrator") || m.top().(*loginView).field != 1 {
		t.Errorf("it does not say why:\n%s", got)
	}
	m.push(&loginView{})
	pressed(m, "enter")
	if m.top().(*loginView).field != 0 || m.notice == "" {
		t.Error("an empty user was gone past")
	}
}

// TestAdviser: letters and pastes find advices, Enter shows one and lets it look, g goes to its row, and "no" to a
// functional question leads there.
func TestAdviser(t *testing.T) {
	m := model(t, installed(), 80, 24)
	pressed(m, "a")
	s, ok := m.top().(*adviseView)
	if !ok || len(s.found) < 20 {
		t.Fatalf("a leads to %T", m.top())
	}
	m.Update(tea.PasteMsg{Content: "CSR public key and certificate\npublic key do not match"})
	if len(s.found) != 1 || !s.exact {
		t.Fatalf("the paste finds %d", len(s.found))
	}
	pressed(m, "enter")
	a, ok := m.top().(*adviceView)
	if !ok || a.advice.ID != "upload-key" {
		t.Fatalf("enter leads to %T", m.top())
	}
	_, cmd := m.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
	if cmd == nil || !a.looking {
		t.Fatal("it does not look")
	}
	m.Update(cmd())
	if a.looking || len(a.signs) != 3 {
		t.Errorf("it has seen %v", a.signs)
	}
	pressed(m, "g")
	if row, ok := m.top().(*stepView); !ok || row.id != "reply" {
		t.Errorf("g leads to %T", m.top())
	}
	m.settled(answered{work: m.work, step: "function", advise: advice.For("VER-1")})
	if s, ok := m.top().(*adviseView); !ok || len(s.found) == 0 || len(s.found) > 5 {
		t.Errorf("no leads to %T", m.top())
	}
}
