package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// played gives a model keys and lets their commands answer.
func played(m *Model, keys ...string) {
	for _, k := range keys {
		m.changed = time.Time{}
		_, cmd := m.Update(keyOf(k))
		answer(m, cmd)
	}
}

func answer(m *Model, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if msg := cmd(); msg != nil {
		m.Update(msg)
	}
}

// TestSavedSolution: the form offers the solution files; one that is chosen is begun with its name, so that its accounts and host
// keys count.
func TestSavedSolution(t *testing.T) {
	m := model(t, nil, 80, 24)
	var began change.Change
	var with string
	m.app.Saved = func() ([]app.Saved, error) {
		return []app.Saved{{Name: "hq", Change: mustPlan(t, opened3()).Change()}}, nil
	}
	m.app.Begin = func(c change.Change, from string) (*app.Work, error) { began, with = c, from; return nil, errNotTaken }
	played(m, "enter", "end", "enter")
	if got := ansi.Strip(shown(m)); !strings.Contains(got, fqdns[2]) || !strings.Contains(got, "enter create plan") {
		t.Fatalf("it is not in the form:\n%s", got)
	}
	played(m, "enter")
	if with != "hq" || len(began.Solution.Nodes()) != 3 {
		t.Errorf("began with %q: %+v", with, began)
	}
}

// TestPasteAndTypeAhead: a pasted list becomes nodes; a form that comes in one write reaches its fields, and the Enter that makes the
// plan is one that a person presses.
func TestPasteAndTypeAhead(t *testing.T) {
	m := model(t, nil, 80, 24)
	began := 0
	m.app.Begin = func(change.Change, string) (*app.Work, error) { began++; return nil, errNotTaken }
	played(m, "enter", "enter", "enter")
	m.Update(tea.PasteMsg{Content: strings.Join(fqdns, "\r\n")})
	if got := ansi.Strip(shown(m)); !strings.Contains(got, "Nodes added: 3") || !strings.Contains(got, "CCP / SocialMiner  "+fqdns[2]) {
		t.Fatalf("pasted:\n%s", got)
	}
	synctest.Test(t, func(t *testing.T) {
		m := model(t, nil, 80, 24)
		m.app.Begin = func(change.Change, string) (*app.Work, error) { began++; return nil, errNotTaken }
		played(m, "enter")
		time.Sleep(time.Second)
		for _, text := range []string{"HQ", "", "", fqdns[0], "", "", fqdns[1], "", "", fqdns[2], ""} {
			for _, r := range text { // without a pause
				pressed(m, string(r))
			}
			pressed(m, "enter")
		}
		if pressed(m, "enter", "enter"); began != 0 || m.opening {
			t.Fatalf("an Enter in a burst made the plan: %d, %v\n%s", began, m.opening, ansi.Strip(shown(m)))
		}
		got := ansi.Strip(shown(m))
		for _, n := range fqdns {
			if !strings.Contains(got, n) {
				t.Errorf("%s did not reach its field:\n%s", n, got)
			}
		}
		time.Sleep(time.Second)
		if played(m, "enter"); began != 1 {
			t.Errorf("began %d times", began)
		}
	})
}

// TestDiscoverByKeys: a node is asked only after its host key was compared; what it says comes into the form, and a refusal is told.
func TestDiscoverByKeys(t *testing.T) {
	m := model(t, nil, 80, 24)
	m.app.Saved = func() ([]app.Saved, error) { return nil, nil }
	var asked []app.Query
	key := vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:abc\x1b[2J"}
	m.app.Discover = func(_ context.Context, q app.Query) (app.Found, error) {
		asked = append(asked, q)
		switch {
		case q.Host == "nowhere":
			return app.Found{}, errors.New("connection refused")
		case q.Key == "":
			return app.Found{}, &app.UnknownKey{Host: q.Host, Key: key, Says: msg.T("known_hosts does not have it")}
		case !q.Legacy:
			return app.Found{}, &vos.LegacyError{Node: q.Host, Offered: "ssh-dss"}
		}
		return app.Found{Nodes: mustPlan(t, opened3()).Change().Solution.Clusters[0].Nodes, Known: map[string]change.Know{fqdns[0]: {HostKey: &key}}}, nil
	}
	played(m, "enter", "down", "enter")
	play := func(host string) {
		typed(m, host)
		pressed(m, "enter")
		typed(m, "ada")
		pressed(m, "enter")
		typed(m, "Hunter2")
		played(m, "enter")
	}
	play("nowhere")
	if got := ansi.Strip(shown(m)); !strings.Contains(got, "connection refused") || strings.Contains(got, "Hunter2") {
		t.Fatalf("refused:\n%s", got)
	}
	played(m, "up", "up", "ctrl+u")
	typed(m, fqdns[0])
	played(m, "enter", "enter", "enter")
	if got := ansi.Strip(shown(m)); !strings.Contains(got, "presents the SSH host key (ssh-rsa) SHA256:abc") || !strings.Contains(got, "known_hosts does not have it") || !strings.Contains(got, "▸ No") {
		t.Fatalf("the key is not asked about:\n%s", got)
	}
	if played(m, "enter"); len(asked) != 2 {
		t.Fatal("Enter alone accepts a host key")
	}
	played(m, "enter", "y", "enter", "y", "enter")
	if got := ansi.Strip(shown(m)); !strings.Contains(got, "UCCX: uccx1, uccx2") || !strings.Contains(got, "enter continue") {
		t.Fatalf("found:\n%s\nasked %+v", got, asked)
	}
	played(m, "enter")
	if got := ansi.Strip(shown(m)); !strings.Contains(got, fqdns[1]) || !strings.Contains(got, "create plan") {
		t.Errorf("it is not in the form:\n%s", got)
	}
	if last := asked[len(asked)-1]; last.Key != key.Fingerprint || !last.Legacy || !last.Login.Password.Empty() {
		t.Errorf("asked as %+v: the password is kept", last)
	}
}

// TestReviseByKeys: a plan is changed in the form as long as nothing was changed on a node; then the key says why not, and a revision
// that fails leaves the session open.
func TestReviseByKeys(t *testing.T) {
	m := model(t, opened3().all("login"), 80, 24)
	work := m.Work
	var got change.Change
	m.app.Revise = func(w *app.Work, c change.Change) (*app.Work, error) {
		got = c
		return work, errors.New("the disk is full")
	}
	played(m, "E")
	if text := ansi.Strip(shown(m)); !strings.Contains(text, fqdns[0]) || !strings.Contains(text, "change plan") {
		t.Fatalf("E leads to\n%s", text)
	}
	played(m, "shift+tab", "shift+tab", "ctrl+u")
	typed(m, "chat.example.com")
	played(m, "enter", "enter", "enter")
	if n := got.Solution.Nodes(); len(n) != 3 || n[2].FQDN != "chat.example.com" {
		t.Errorf("changed into %+v", n)
	}
	if text := ansi.Strip(shown(m)); m.Work != work || !strings.Contains(text, "the disk is full") {
		t.Errorf("after a failure:\n%s", text)
	}
	m = model(t, waiting(), 80, 24)
	if played(m, "E"); !strings.Contains(ansi.Strip(shown(m)), "a node was already changed") {
		t.Errorf("after the CSRs:\n%s", ansi.Strip(shown(m)))
	}
	m = model(t, opened3(), 80, 24)
	m.Running, m.Begun = "login", m.Now
	if played(m, "E"); len(m.stack) != 2 {
		t.Error("the plan is changed under a step that runs")
	}
}
