package input_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
)

// TestSessionSince: what is new in a journal goes into the plan that is there; a journal that is another one by now makes a new plan.
func TestSessionSince(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	home, err := session.DefaultHome()
	if err != nil {
		t.Fatal(err)
	}
	begin := func(name string) *session.Session {
		s, err := home.Create(name)
		if err == nil {
			_, err = s.Append(plan.KindOpened, "", "", stepstest.ThreeNodes())
		}
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	since := func(p *plan.Plan, want int) *plan.Plan {
		t.Helper()
		_, got, err := input.SessionSince("one", p)
		if err != nil {
			t.Fatal(err)
		}
		if n, _, _ := got.Entries(); n != want {
			t.Fatalf("%d entries, want %d", n, want)
		}
		return got
	}
	s := begin("one")
	first := since(nil, 1)
	if since(first, 1) != first {
		t.Error("a journal without anything new was folded again")
	}
	if _, err := s.Append(plan.KindResumed, "", "", plan.Resumed{}); err != nil {
		t.Fatal(err)
	}
	if since(first, 2) != first {
		t.Error("a new entry had all of the journal folded again")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := home.Delete("one"); err != nil {
		t.Fatal(err)
	}
	s = begin("one")
	defer s.Close() //nolint:errcheck // the test is over
	if since(first, 1) == first {
		t.Error("another journal was taken for the same")
	}
}
