package ui

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestNoticeEverywhere: what the last key had to say is seen, whole, on every screen.
func TestNoticeEverywhere(t *testing.T) {
	text := strings.Repeat("word ", 40) + "and the very end"
	for _, size := range [][2]int{{60, 18}, {80, 24}} {
		for name, m := range screens(t, size[0], size[1]) {
			m.Tell(true, "%s", text)
			got := ansi.Strip(shown(m))
			if n := strings.Count(got, "\n") + 1; n > size[1] {
				t.Errorf("%s at %v: %d lines", name, size, n)
			}
			if !strings.Contains(strings.Join(strings.Fields(got), " "), "and the very end") {
				t.Errorf("%s at %v does not show the notice:\n%s", name, size, got)
			}
		}
	}
}

// everyKey are the keys that a keyboard has, by the names of the library.
func everyKey() []string {
	all := []string{"enter", "esc", "tab", "shift+tab", "space", "up", "down", "left", "right", "home", "end", "pgup", "pgdown", "backspace", "delete", "f1"}
	for r := '!'; r <= '~'; r++ {
		all = append(all, string(r))
	}
	for r := 'a'; r <= 'z'; r++ {
		all = append(all, "ctrl+"+string(r), "alt+"+string(r))
	}
	return append(all, "é", "日")
}

// state is all that a key can change on a screen.
func state(m *Model) string {
	v := m.View()
	cursor := ""
	if v.Cursor != nil {
		cursor = fmt.Sprint(v.Cursor.X, v.Cursor.Y)
	}
	return fmt.Sprintf("%s\n%s %d %v %v %T", v.Content, cursor, len(m.stack), m.help, m.leaving, m.top())
}

// TestOnlyListedKeysWork: what works on a screen is what it lists. Each key of the keyboard is pressed on each screen: one that
// is in no action does nothing, and one that is in an action does what the action does, or says why not.
func TestOnlyListedKeysWork(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	synctest.Test(t, onlyListedKeysWork)
}

func onlyListedKeysWork(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	fresh := map[string]*Model{}
	names := slices.Sorted(maps.Keys(screens(t, 80, 24)))
	for _, k := range everyKey() {
		for _, name := range names {
			if fresh[name] == nil { // of the last set it was pressed on
				maps.Copy(fresh, screens(t, 80, 24))
			}
			m := fresh[name]
			a, listed := m.action(keyOf(k))
			if listed && a.Typing && len([]rune(k)) == 1 && k != "x" && k != "日" {
				continue // all letters are alike
			}
			if did := pressedOn(t, m, name, k); did {
				delete(fresh, name)
			}
		}
	}
}

// pressedOn presses a key on a screen and holds what it does against what is listed.
func pressedOn(t *testing.T, m *Model, name, k string) (did bool) {
	t.Helper()
	m.Update(nil) // what the clock changes
	m.changed = time.Time{}
	before := state(m)
	a, listed := m.action(keyOf(k))
	_, cmd := m.Update(keyOf(k))
	after := state(m)
	switch did = cmd != nil || before != after; {
	case !listed && did:
		t.Errorf("%s: %q is listed nowhere, and does something:\n%s\n%s", name, k, before, after)
	case listed && a.Off != "" && (!strings.Contains(after, strings.Fields(a.Off)[0]) || cmd != nil):
		t.Errorf("%s: %q is off, and does not say why:\n%s", name, k, after)
	case listed && a.Off == "" && !did && !quietKey(a, k):
		t.Errorf("%s: %q is listed as %q, and does nothing", name, k, a.Help().Desc)
	}
	return did
}

// quietKey reports whether a key of an action may find nothing to do: a mark at its end, a text that has no more.
func quietKey(a action, k string) bool {
	moves := []string{"move", "choose", "scroll", "select"}
	return a.Typing && k != "x" || slices.Contains(moves, a.Help().Desc) || k == "ctrl+l" || a.Help().Desc == "previous" || a.Help().Desc == "complete"
}

// TestListsMove: in every list and every long page that is longer than its window, some key of those that are listed moves.
func TestListsMove(t *testing.T) {
	for name, m := range screens(t, 60, 18) {
		at, moved := -1, false
		if l, ok := m.top().(lister); ok {
			list, rows := l.list(&m.env)
			if at = list.At(); rows.N < 2 {
				continue
			}
			pressed(m, "k", "k")
			before := list.At()
			for _, k := range []string{"j", "k", "down", "up", "G", "g", "end", "home"} {
				was := list.At()
				if pressed(m, k); list.At() == was {
					t.Errorf("%s: %s does not move from %d of %d", name, k, was, rows.N)
				}
			}
			moved = before >= 0
		}
		_ = at
		_ = moved
	}
}

// TestEveryScreenHelps: every screen names its help key, which is one that works there, and a way back; the help names every
// action.
func TestEveryScreenHelps(t *testing.T) {
	for name, m := range screens(t, 80, 24) {
		m.help = false
		help, out := "?", false
		if m.writing() {
			help = "f1"
		}
		found := false
		for _, a := range m.keys() {
			found = found || slices.Contains(a.Keys(), help)
			out = out || slices.Contains(a.Keys(), "esc") || slices.Contains(a.Keys(), "q")
			if a.Off == "" && a.Explain == "" {
				t.Errorf("%s: the keys %v have no words", name, a.Keys())
			}
		}
		if !found || !out {
			t.Errorf("%s: help by %s: %v, a way back: %v", name, help, found, out)
		}
		text := strings.Join(draw.Help(&m.env.View, m.screenKeys(), m.top().rules(&m.env), 400), "\n")
		for _, a := range m.keys() {
			if a.Off == "" && !strings.Contains(text, a.Explain) {
				t.Errorf("%s: the help does not explain %v", name, a.Keys())
			}
		}
		pressed(m, "f1")
		if !m.help || !strings.Contains(ansi.Strip(shown(m)), "  Keys") {
			t.Errorf("%s: F1 shows no help", name)
		}
	}
}

// TestOneMeaningALetter: a letter does the same on all screens where it is not text.
func TestOneMeaningALetter(t *testing.T) {
	meant := map[string]string{}
	for name, m := range screens(t, 80, 24) {
		m.help = false
		if m.writing() {
			continue
		}
		for _, a := range m.keys() {
			for _, k := range a.Keys() {
				if len(k) != 1 || strings.ContainsAny(k, "jkgGhlyn:~/?-0123456789") { // moving and choosing, and the hint of a lesson
					continue
				}
				if was, ok := meant[k]; ok && was != a.Explain && !sameMeaning(was, a.Explain) {
					t.Errorf("%s: %s means %q, elsewhere %q", name, k, a.Explain, was)
				}
				meant[k] = a.Explain
			}
		}
	}
}

// sameMeaning reports whether two explanations begin with the same words.
func sameMeaning(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	return x[0] == y[0]
}

// TestNoLetterWritesByAccident: no letter starts a step or writes a file without a question.
func TestNoLetterWritesByAccident(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	for r := 'A'; r <= 'z'; r++ {
		for name, m := range screens(t, 80, 24) {
			m.help = false
			if m.writing() || m.Work == nil || strings.ContainsRune("hmbyi", r) { // what a lesson of the lab offers, and what the terminal alone is given
				continue
			}
			before := m.Running
			if _, cmd := m.Update(keyOf(string(r))); m.Running != before || cmd != nil && (name != "chooser" || r != 'A') { // choosing judges, and writes nothing
				a, _ := m.action(keyOf(string(r)))
				t.Errorf("%s: %c does something at once (%s)", name, r, a.Explain)
			}
		}
	}
}

// TestEnterAloneGoesOn: whatever row a person looked at, Enter alone leads back to what is next.
func TestEnterAloneGoesOn(t *testing.T) {
	for row := range mustPlan(t, waiting()).Rows() {
		if testing.Short() && row%2 > 0 {
			continue
		}
		m := screens(t, 80, 24)["plan"]
		pressed(m, "home")
		for range row {
			pressed(m, "down")
		}
		pressed(m, "enter")
		if s, ok := m.top().(*stepView); ok && s.id != m.Plan.Next().Row.Step.ID {
			pressed(m, "enter")
		}
		if _, ok := m.top().(*chooserView); !ok {
			t.Errorf("from row %d Enter leads to %T, and not to the CA's reply, which is next", row+1, m.top())
		}
	}
}

// TestSessionsThatCannotBeOpened: one that is held names its holder, one that is damaged its damage; neither is opened.
func TestSessionsThatCannotBeOpened(t *testing.T) {
	m := model(t, nil, 80, 24)
	m.push(&sessions{})
	m.top().message(m, loadedSessions{all: []app.Listed{{Name: "held", Held: &session.Holder{Owner: "bob", Host: "jump2", PID: 4711}}, {Name: "broken", Err: errors.New("journal.jsonl: line 7 is damaged")}}})
	pressed(m, "enter")
	if got := ansi.Strip(shown(m)); !strings.Contains(got, "bob on jump2, PID 4711") || m.opening {
		t.Errorf("held:\n%s", got)
	}
	pressed(m, "esc")
	pressed(m, "down", "enter")
	if got := ansi.Strip(shown(m)); !strings.Contains(got, "line 7 is damaged") || m.opening {
		t.Errorf("damaged:\n%s", got)
	}
}

// TestTakeOverIsMeant: a session that another program holds is taken over where its name is typed, and by nothing less.
func TestTakeOverIsMeant(t *testing.T) {
	m := model(t, nil, 80, 24)
	holder := session.Holder{Owner: "bob", Host: "jump2", PID: 4711}
	var from []session.Holder
	m.app.TakeOver = func(_ string, h session.Holder) (*app.Work, error) { from = append(from, h); return nil, errNotTaken }
	m.push(newTakeOver(m, app.Listed{Name: "hq", Held: &holder}))
	m.changed = time.Now().Add(time.Minute) // it has just come up
	pressed(m, "h", "q", "enter")
	if m.opening {
		t.Fatal("an Enter in flight took it over")
	}
	m.changed = time.Time{}
	for _, wrong := range [][]string{{"ctrl+u"}, {"q"}, {"h"}} {
		pressed(m, wrong...)
		pressed(m, "enter")
		if m.opening || !strings.Contains(ansi.Strip(shown(m)), "Nothing was changed") {
			t.Fatalf("%q was taken for the name:\n%s", takesKeys(m), ansi.Strip(shown(m)))
		}
	}
	m.Update(tea.PasteMsg{Content: "hq"})
	pressed(m, "ctrl+u", "h", "q")
	_, cmd := m.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
	if !m.opening || cmd == nil {
		t.Fatalf("it is not taken:\n%s", ansi.Strip(shown(m)))
	}
	m.Update(cmd())
	if len(from) != 1 || from[0] != holder {
		t.Errorf("taken from %+v", from)
	}
}

// TestLoginAgain: after a refusal the reason stands beside the question, and the user need not be typed again.
func TestLoginAgain(t *testing.T) {
	m := model(t, opened3().add(plan.KindFailed, "login", fqdns[1], plan.Trouble{Class: "login", What: msg.T("the login was refused"), Means: msg.T("one failed try was counted")}), 80, 24)
	m.user = "administrator"
	m.push(newLogin(&m.env, fqdns[1]))
	if got := ansi.Strip(shown(m)); !strings.Contains(got, "one failed try was counted") || !strings.Contains(got, "administrator") || !strings.Contains(takesKeys(m), "Password") {
		t.Errorf("it does not say why:\n%s", got)
	}
	m.user = ""
	m.push(newLogin(&m.env, ""))
	pressed(m, "enter", "enter")
	if !strings.Contains(takesKeys(m), "User") || m.Notice == "" {
		t.Error("an empty user was taken")
	}
}

// TestLoginTypedAhead: a user and a password that come in one write reach their fields; two Enters on an empty password take
// nothing, and no password is drawn.
func TestLoginTypedAhead(t *testing.T) {
	m := model(t, opened3(), 80, 24)
	var got []vos.Login
	m.Work.SetLogin = func(_ string, l vos.Login) { got = append(got, l) }
	m.push(newLogin(&m.env, ""))
	for _, k := range []string{"a", "b", "c", "enter", "enter", "enter", "d", "e", "f"} {
		pressed(m, k)
	}
	if text := ansi.Strip(shown(m)); !strings.HasSuffix(takesKeys(m), " ***") || !strings.Contains(text, " abc\n") || strings.Contains(text, "def") || len(got) != 0 {
		t.Fatalf("%q takes keys:\n%s", takesKeys(m), text)
	}
	a, _ := m.action(keyOf("enter"))
	a.Do(keyOf("enter"))
	if len(got) != 1 || got[0].User != "abc" || got[0].Password.Reveal() != "def" {
		t.Errorf("logged in as %+v", got)
	}
}

// TestFormKeepsItsDraft: Esc in the form loses nothing; it comes back as it was left until the change is made.
func TestFormKeepsItsDraft(t *testing.T) {
	m := model(t, nil, 80, 24)
	pressed(m, "enter")
	typed(m, "HQ")
	pressed(m, "enter", "enter", "enter")
	typed(m, fqdns[0])
	pressed(m, "esc")
	if got := ansi.Strip(shown(m)); !strings.Contains(got, "draft HQ") {
		t.Errorf("the home screen does not offer it:\n%s", got)
	}
	pressed(m, "enter")
	if got := ansi.Strip(shown(m)); !strings.Contains(got, "▸ "+fqdns[0]) || !strings.Contains(got, "HQ") {
		t.Errorf("it came back as\n%s", got)
	}
	pressed(m, "ctrl+x")
	m.changed = time.Time{}
	if pressed(m, "enter"); m.draft.Name() != "HQ" {
		t.Error("Enter alone throws the draft away")
	}
	pressed(m, "ctrl+x")
	m.changed = time.Time{}
	if pressed(m, "y", "enter"); m.draft.Name() != "" {
		t.Error("the draft cannot be thrown away")
	}
}

// TestRedrawsAndSuspends: Ctrl+L draws the window again and Ctrl+Z gives the terminal back on every screen, except while a node
// is being changed.
func TestRedrawsAndSuspends(t *testing.T) {
	for name, m := range screens(t, 80, 24) {
		_, redraw := m.Update(keyOf("ctrl+l"))
		_, suspend := m.Update(keyOf("ctrl+z"))
		if redraw == nil || fmt.Sprintf("%T", redraw()) != fmt.Sprintf("%T", tea.ClearScreen()) {
			t.Errorf("%s: ctrl+l does not draw again", name)
		}
		if m.changing() {
			continue
		}
		if suspend == nil || fmt.Sprintf("%T", suspend()) != fmt.Sprintf("%T", tea.Suspend()) {
			t.Errorf("%s: ctrl+z does not suspend", name)
		}
	}
	m := screens(t, 80, 24)["plan"]
	m.Running = "root"
	if _, suspend := m.Update(keyOf("ctrl+z")); suspend != nil || m.Notice == "" {
		t.Error("it is suspended in the middle of a change")
	}
}

// TestPasswordOnAnotherScreen: a user and a password that are typed for a prompt that is not there are shown on no screen, and
// the login takes no password for a user.
func TestPasswordOnAnotherScreen(t *testing.T) {
	for name, m := range screens(t, 80, 24) {
		if m.Work == nil || m.writing() {
			continue
		}
		for _, text := range []string{"administrator", "Hunter2"} {
			typed(m, text)
			pressed(m, "enter")
		}
		if got := ansi.Strip(shown(m)); strings.Contains(got, "unter2") {
			t.Errorf("%s: the password is shown on %T:\n%s", name, m.top(), got)
		}
	}
	m := model(t, opened3(), 80, 24)
	m.push(newLogin(&m.env, ""))
	for _, text := range []string{"Hunter2!", "a b", "ünter", "x/y"} {
		typed(m, text)
		pressed(m, "enter")
		if !strings.Contains(takesKeys(m), "User") || !strings.Contains(ansi.Strip(shown(m)), "not a valid OS Administration user") {
			t.Errorf("%q is taken for a user:\n%s", text, shown(m))
		}
		pressed(m, "ctrl+u")
	}
}

// TestAdviser: letters and pastes find advices, Enter shows one and lets it look, J goes to its step, and "no" to a
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
	_, cmd := m.Update(keyOf("enter"))
	if cmd == nil || !a.looking {
		t.Fatal("it does not look")
	}
	m.Update(cmd())
	if a.looking || len(a.signs) != 3 {
		t.Errorf("it has seen %v", a.signs)
	}
	pressed(m, "J")
	if row, ok := m.top().(*stepView); !ok || row.id != "reply" {
		t.Errorf("J leads to %T", m.top())
	}
	m.push(newAdvise(nil, "", advice.For("VER-1")))
	if s, ok := m.top().(*adviseView); !ok || len(s.found) == 0 || len(s.found) > 5 {
		t.Errorf("no leads to %T", m.top())
	}
}

// TestNothingMatchesIsSaidOnce: where no symptom fits what was typed, the adviser says so once, with Enter and without.
func TestNothingMatchesIsSaidOnce(t *testing.T) {
	m := model(t, installed(), 80, 24)
	m.push(newAdvise(nil, "xyzzy plugh", nil))
	for range 2 {
		if text := ansi.Strip(shown(m)); strings.Count(text, "No known symptom matches.") != 1 {
			t.Errorf("it is not said once:\n%s", text)
		}
		pressed(m, "enter")
	}
	if s, ok := m.top().(*adviseView); !ok || len(s.found) != 0 {
		t.Errorf("Enter leads to %T", m.top())
	}
}

// TestKeyLineFits: in every window the line of keys has help and the way back at its end, whole, and the next action first.
func TestKeyLineFits(t *testing.T) {
	end := regexp.MustCompile(`(\?|f1) (help|more)( +esc [a-z ]+)?$|^ esc back`)
	for name, m := range screens(t, 80, 30) {
		m.help = false
		for m.Width = 60; m.Width <= 210; m.Width++ {
			line := strings.TrimRight(ansi.Strip(draw.KeyLine(&m.env.View, m.keys())), " ")
			if !end.MatchString(line) || layout.Width(line) > m.Width {
				t.Errorf("%s at %d: %q", name, m.Width, line)
			}
		}
	}
}

// TestMovingIsTheSameEverywhere: every list and every long page has the same keys, and each of them does what it says; / shows only
// what holds the letters, and Esc shows all again. Ctrl+L and Ctrl+Z work on every screen.
func TestMovingIsTheSameEverywhere(t *testing.T) {
	lists, pages := 0, 0
	for name, m := range screens(t, 60, 18) {
		for _, k := range []string{"ctrl+l", "ctrl+z"} {
			if _, ok := m.action(keyOf(k)); !ok {
				t.Errorf("%s has no %s", name, k)
			}
		}
		l, isList := m.top().(lister)
		p, isPage := m.top().(scroller)
		if !isList && !isPage || m.help {
			continue
		}
		for _, k := range []string{"up", "down", "j", "k", "g", "G", "home", "end", "pgup", "pgdown", "/"} {
			if a, ok := m.action(keyOf(k)); !ok || a.Off != "" {
				t.Errorf("%s: %s moves nothing", name, k)
			}
		}
		if isList {
			lists++
			at, rows := l.list(&m.env)
			if pressed(m, "/", "q", "q", "q"); !at.Filtering() || !strings.Contains(ansi.Strip(shown(m)), "0 of "+strconv.Itoa(rows.N)) {
				t.Errorf("%s: nothing is filtered:\n%s", name, shown(m))
			}
			if pressed(m, "esc"); at.Filtering() || at.Filtered() {
				t.Errorf("%s: Esc leaves the filter", name)
			}
			continue
		}
		pages++
		page := p.scroll()
		shown(m)
		if pressed(m, "G"); strings.Contains(ansi.Strip(shown(m)), "the end") && page.At() == 0 {
			t.Errorf("%s: G does not go to the end", name)
		}
		if pressed(m, "g"); page.At() != 0 {
			t.Errorf("%s: g does not go to the top", name)
		}
		pressed(m, "/", "q", "q", "q")
		if text := ansi.Strip(shown(m)); !page.Filtering() || !strings.Contains(text, "/ qqq") || !strings.Contains(text, "0 of ") {
			t.Errorf("%s: nothing is filtered:\n%s", name, text)
		}
		if pressed(m, "enter"); page.Filtering() || !page.Filtered() {
			t.Errorf("%s: Enter does not keep the filter", name)
		}
		if pressed(m, "backspace"); page.Filtered() {
			t.Errorf("%s: backspace does not show all again", name)
		}
	}
	if lists < 8 || pages < 6 {
		t.Errorf("%d lists and %d pages", lists, pages)
	}
}

// TestSessionsInOrder: a session is renamed, archived and deleted from the list; deleting wants its name, and one that another
// program has open is left alone.
func TestSessionsInOrder(t *testing.T) {
	list := []app.Listed{{Name: "hq"}, {Name: "held", Held: &session.Holder{Owner: "bob"}}}
	var did []string
	m := model(t, nil, 80, 24)
	m.app.Sessions = func() ([]app.Listed, error) { return list[1:], nil }
	m.app.Rename = func(name, to string) (string, error) {
		if did = append(did, "rename "+name+" "+to); to == "hqx" {
			return "", errors.New("that name exists")
		}
		return to, nil
	}
	m.app.Archive = func(name string) (string, error) { did = append(did, "archive "+name); return "", nil }
	m.app.Delete = func(name string) error { did = append(did, "delete "+name); return errors.New("the disk is full") }
	play := func(keys ...string) {
		m.stack = append(m.stack[:1], &sessions{all: list})
		m.stack[0].message(m, loadedSessions{all: list})
		for _, k := range keys {
			m.changed, m.keysSeen = time.Time{}, 0 // no key of this test is part of a paste
			if _, cmd := m.Update(keyOf(k)); cmd != nil {
				m.Update(cmd())
			}
		}
	}
	for _, c := range []struct {
		keys      []string
		did, says string
	}{{[]string{"N", "2", "enter"}, "rename hq hq2", "Renamed."}, {[]string{"N", "x", "enter"}, "rename hq hqx", "that name exists"},
		{[]string{"N", "x", "enter", "backspace", "3", "enter"}, "rename hq hqx; rename hq hq3", "Renamed."}, {[]string{"z", "enter"}, "", "Changes on"}, {[]string{"z", "y", "enter"}, "archive hq", "Archived."}, {[]string{"D", "h", "enter"}, "", "Nothing was changed"},
		{[]string{"D", "h", "q", "enter"}, "delete hq", "the disk is full"}, {[]string{"down", "D"}, "", "another program has it open"}} {
		did = nil
		play(c.keys...)
		if got := strings.Join(did, "; "); got != c.did || !strings.Contains(ansi.Strip(shown(m)), c.says) {
			t.Errorf("%v: did %q\n%s", c.keys, got, ansi.Strip(shown(m)))
		}
		m.stack = m.stack[:1]
		if stale := strings.Contains(ansi.Strip(shown(m)), "2 on this machine"); stale != (c.did == "") {
			t.Errorf("%v: the home screen still has the old list: %v\n%s", c.keys, stale, ansi.Strip(shown(m)))
		}
	}
}

// TestScrollKeyWhereItScrolls: the line of keys names the keys that scroll only where a page is longer than its window.
func TestScrollKeyWhereItScrolls(t *testing.T) {
	named := map[bool]int{}
	for _, size := range sizes() {
		for name, m := range screens(t, size[0], size[1]) {
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			lines := strings.Split(strings.TrimSpace(ansi.Strip(shown(m))), "\n")
			keys, long := lines[len(lines)-1], strings.Contains(strings.Join(lines, "\n"), "scrolls")
			if strings.Contains(keys, " scroll ") && !long {
				t.Errorf("%s at %v: nothing scrolls:\n%s", name, size, strings.Join(lines, "\n"))
			}
			named[strings.Contains(keys, " scroll ")]++
		}
	}
	if named[true] == 0 || named[false] == 0 {
		t.Errorf("not seen: %v", named)
	}
}
