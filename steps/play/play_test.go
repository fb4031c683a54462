package play_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	_ "github.com/uccx-tui/uccx-tui/vos/goldentest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

const first, second = "uccx1.example.com", "uccx2.example.com"

// stage is a plan of the test's own rows, and what was done to its nodes.
type stage struct {
	t       *testing.T
	mu      sync.Mutex
	acts    map[string]int // row and node -> how often something was sent
	looks   int
	holds   map[string]bool       // row and node -> it is so
	fails   func(at string) error // of a command that is sent; nil: it works
	away    func(at string) error // of a look
	journal *stepstest.Journal
	queue   *engine.EventQueue
}

// row is a row of that role on all nodes.
func (s *stage) row(id string, role plan.Role, after ...string) plan.Step {
	at := func(j *plan.Job) string { return id + " " + j.Node.FQDN }
	return plan.Step{ID: id, Role: role, Title: "Row " + id, Effect: "none", Undo: "none", Risk: plan.Changes, After: after, On: func(change.Scope, vos.Node) bool { return true },
		Look: func(_ context.Context, j *plan.Job) (bool, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.looks++
			if s.away != nil {
				if err := s.away(at(j)); err != nil {
					return false, err
				}
			}
			return s.holds[at(j)], nil
		},
		Act: func(_ context.Context, j *plan.Job) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.acts[at(j)]++
			if s.fails != nil {
				if err := s.fails(at(j)); err != nil {
					return err
				}
			}
			s.holds[at(j)] = true
			return nil
		}}
}

// player is one that plays these rows on the pair of the examples.
func (s *stage) player(h play.Hooks, rows ...plan.Step) *play.Player {
	s.t.Helper()
	s.acts, s.holds, s.journal, s.queue = map[string]int{}, map[string]bool{}, &stepstest.Journal{}, engine.NewEventQueue()
	c := stepstest.ThreeNodes()
	c.Solution.Clusters = c.Solution.Clusters[:1]
	s.journal.Add(s.t, plan.KindOpened, "", "", c)
	p, err := plan.Fold(s.journal.Entries, func(string) ([]plan.Step, bool) { return rows, true })
	if err != nil {
		s.t.Fatal(err)
	}
	return &play.Player{Runner: engine.New(p, s.journal, world.World{}, s.queue.Put), Events: s.queue, Hooks: h}
}

func refuses(at string) func(string) error {
	return func(now string) error {
		if now != at {
			return nil
		}
		return &vos.Error{Class: vos.ErrRefused, What: msg.T("no"), Said: "Invalid certificate", Means: msg.T("The node is unchanged."), Next: msg.T("Read it.")}
	}
}

// What a node refused is not sent again because another node of the row got on; a person who says so sends it again.
func TestRefusedOnce(t *testing.T) {
	t.Parallel()
	s := &stage{t: t, fails: refuses("trust " + first)}
	p := s.player(play.Hooks{}, s.row("trust", plan.RoleTrust), s.row("more", plan.RoleTrust, "trust"))
	if err := p.Play(t.Context()); !errors.Is(err, vos.ErrRefused) {
		t.Errorf("ended with %v", err)
	}
	if s.acts["trust "+first] != 1 || s.acts["trust "+second] != 1 || s.acts["more "+second] != 0 {
		t.Errorf("sent %v", s.acts)
	}
	asked := 0
	s = &stage{t: t, fails: refuses("trust " + first)}
	p = s.player(play.Hooks{Stuck: func(plan.Row, error) (bool, error) {
		if asked++; asked < 3 {
			return true, nil
		}
		return false, play.ErrEnd
	}}, s.row("trust", plan.RoleTrust))
	if err := p.Play(t.Context()); !errors.Is(err, play.ErrEnd) || asked != 3 {
		t.Errorf("ended with %v after %d questions", err, asked)
	}
	if s.acts["trust "+first] != 3 || s.acts["trust "+second] != 1 {
		t.Errorf("sent %v", s.acts)
	}
}

// A node that refused keeps no one from trying another one that was not reached, and nothing is sent to it meanwhile.
func TestRefusedAndAway(t *testing.T) {
	t.Parallel()
	s, tries := &stage{t: t, fails: refuses("trust " + first)}, 0
	s.away = func(at string) error {
		if at != "trust "+second {
			return nil
		}
		if tries++; tries < 3 {
			return &vos.Error{Class: vos.ErrUnreachable, What: msg.T("no route")}
		}
		return nil
	}
	p := s.player(play.Hooks{}, s.row("trust", plan.RoleTrust))
	var why *vos.Error
	if err := p.Play(t.Context()); !errors.As(err, &why) || why.Class != vos.ErrRefused || why.Said != "Invalid certificate" || why.Node != first {
		t.Errorf("ended with %v", err)
	}
	if s.acts["trust "+first] != 1 || s.acts["trust "+second] != 1 {
		t.Errorf("sent %v", s.acts)
	}
}

// What cannot be reached is tried a few times, and then the play ends.
func TestTries(t *testing.T) {
	t.Parallel()
	s := &stage{t: t, away: func(string) error { return &vos.Error{Class: vos.ErrUnreachable, What: msg.T("no route")} }}
	p := s.player(play.Hooks{}, s.row("trust", plan.RoleTrust))
	if err := p.Play(t.Context()); !errors.Is(err, vos.ErrUnreachable) {
		t.Errorf("ended with %v", err)
	}
	if s.looks != 2*play.MaxTries || len(s.acts) != 0 {
		t.Errorf("looked %d times, sent %v", s.looks, s.acts)
	}
}

// No one is asked before all that happened was told: neither whether to try again, nor a question.
func TestToldBeforeAsked(t *testing.T) {
	t.Parallel()
	s, told, asked := &stage{t: t, fails: refuses("trust " + second)}, 1, 0 // the first entry was there before
	all := func() {
		asked++
		if told != len(s.journal.Entries) {
			t.Errorf("asked after %d of %d entries", told, len(s.journal.Entries))
		}
	}
	question := s.row("trust", plan.RoleTrust)
	question.Ask = []plan.Question{{ID: "sure", Kind: plan.Choice, Options: []plan.Option{{Value: plan.Yes}}}}
	var p *play.Player
	p = s.player(play.Hooks{
		Event: func(e engine.Event) {
			if e.Entry != nil {
				told++
			}
		},
		Before: func(plan.Next) error { all(); return nil },
		Answer: func(_ context.Context, q plan.Asked) error { all(); return p.Runner.Answer(q, plan.Yes) },
		Stuck:  func(plan.Row, error) (bool, error) { all(); return false, play.ErrEnd },
	}, question)
	if err := p.Play(t.Context()); !errors.Is(err, play.ErrEnd) || asked != 6 {
		t.Errorf("ended with %v after %d questions", err, asked)
	}
}

// Before the first node gets its new certificate a person must consent, once a play: to what is uploaded, and to what nodes regenerate.
func TestConsent(t *testing.T) {
	t.Parallel()
	s := &stage{t: t}
	rows := func() []plan.Step {
		return []plan.Step{s.row("one", plan.RoleInstall), s.row("two", plan.RoleInstall, "one")}
	}
	p := s.player(play.Hooks{}, rows()...)
	var no *play.Unconfirmed
	if err := p.Play(t.Context()); !errors.As(err, &no) || no.Row.Step.ID != "one" || len(s.acts) != 0 {
		t.Errorf("ended with %v, sent %v", err, s.acts)
	}
	consents := 0
	p = s.player(play.Hooks{Consent: func(next plan.Next) error { consents++; return nil }}, rows()...)
	if err := p.Play(t.Context()); err != nil || consents != 1 || len(s.acts) != 4 {
		t.Errorf("ended with %v after %d consents, sent %v", err, consents, s.acts)
	}
	var asked []string
	p = s.player(play.Hooks{Consent: func(next plan.Next) error { asked = append(asked, next.Row.Step.ID); return nil }},
		s.row("regenerate", plan.RoleRegenerate), s.row("second", plan.RoleRegenerate, "regenerate"), s.row("install", plan.RoleInstall, "second"))
	if err := p.Play(t.Context()); err != nil || !slices.Equal(asked, []string{"regenerate", "install"}) {
		t.Errorf("ended with %v, asked before %v", err, asked)
	}
}

// A play that ended before anything was sent has given no node its new certificate: the next one asks again. One that may have given it
// does not.
func TestConsentAfterNothingWasSent(t *testing.T) {
	t.Parallel()
	for class, again := range map[error]bool{vos.ErrUnreachable: true, vos.ErrUncertain: false} {
		for _, role := range []plan.Role{plan.RoleInstall, plan.RoleRegenerate} {
			s := &stage{t: t}
			s.fails = func(string) error { return &vos.Error{Class: class, What: msg.T("no route")} }
			s.away = func(at string) error { // without again: from the command on
				if again || s.acts[at] > 0 {
					return &vos.Error{Class: class, What: msg.T("no route")}
				}
				return nil
			}
			p := s.player(play.Hooks{Consent: func(plan.Next) error { return nil }}, s.row("one", role))
			if err := p.Play(t.Context()); !errors.Is(err, class) {
				t.Fatalf("ended with %v", err)
			}
			next := p.Runner.Plan().Next()
			if play.FirstCertificate(p.Runner.Plan(), next) != again || play.NeedsPerson(p.Runner.Plan(), next) != again {
				t.Errorf("%s after %v: is consent asked for again? want %v", role, class, again)
			}
		}
	}
}

// A question that has no one to answer it ends the play, and names itself.
func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	s := &stage{t: t}
	row := s.row("trust", plan.RoleTrust)
	row.Ask = []plan.Question{{ID: "sure", Text: msg.T("Are you sure?"), Kind: plan.Choice, Options: []plan.Option{{Value: plan.Yes}}}}
	var asked *play.NeedsAnswer
	if err := s.player(play.Hooks{}, row).Play(t.Context()); !errors.As(err, &asked) || asked.Asked.Question.ID != "sure" {
		t.Errorf("ended with %v", err)
	}
}

// Leave lets the row that changes nodes end, and then ends the play.
func TestLeave(t *testing.T) {
	t.Parallel()
	s := &stage{t: t}
	var p *play.Player
	leaving := false
	s.fails = func(string) error { leaving = p.Leave() || leaving; return nil }
	p = s.player(play.Hooks{}, s.row("trust", plan.RoleTrust), s.row("more", plan.RoleTrust, "trust"))
	if p.Leave() {
		t.Error("there is something to wait for before anything is done")
	}
	if err := p.Play(t.Context()); !errors.Is(err, play.ErrEnd) || !leaving {
		t.Errorf("ended with %v", err)
	}
	if row, _ := p.Runner.Plan().Row("trust"); row.Done() != 2 || s.acts["more "+first] != 0 {
		t.Errorf("%d done, sent %v", row.Done(), s.acts)
	}
}

// The consent to a restart is the name of its node: each row that stops services asks for it.
func TestRestartsAsk(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, path := range steps.Paths() {
		rows, _ := steps.Procedure(path.ID)
		for _, row := range rows {
			if row.Risk != plan.Interrupts {
				continue
			}
			seen++
			asks := false
			for _, q := range row.Ask {
				asks = asks || q.Kind == plan.NodeName
			}
			if !asks {
				t.Errorf("%s: %s stops services and asks for no name", path.ID, row.ID)
			}
		}
	}
	if seen < 6 {
		t.Errorf("only %d rows that stop services", seen)
	}
}

// What needs a person ends a run that needs none.
func TestNeedsPerson(t *testing.T) {
	t.Parallel()
	s := &stage{t: t}
	restart := s.row("restart", plan.RoleRestart)
	restart.Risk = plan.Interrupts
	asks := s.row("asks", plan.RoleTrust)
	asks.Ask = []plan.Question{{ID: "sure", Kind: plan.Choice, Options: []plan.Option{{Value: plan.Yes}}}}
	for _, c := range []struct {
		row  plan.Step
		want bool
	}{{s.row("trust", plan.RoleTrust), false}, {s.row("install", plan.RoleInstall), true}, {restart, true}, {asks, true}} {
		p := s.player(play.Hooks{}, c.row).Runner.Plan()
		if got := play.NeedsPerson(p, p.Next()); got != c.want {
			t.Errorf("%s: %v", c.row.ID, got)
		}
	}
}

// A restart that became necessary after its row began, so that no name was asked for, is not made: the name is asked for then.
func TestNoRestartWithoutItsName(t *testing.T) {
	t.Parallel()
	s := &stage{t: t}
	row := s.row("restart", plan.RoleRestart)
	row.Risk, row.Needed = plan.Interrupts, func(*plan.Plan, vos.Node) bool { return false }
	row.Ask = []plan.Question{{ID: plan.AskRestart, Kind: plan.NodeName, Text: msg.T("Type the node's name to restart it now.")}}
	var asked *play.NeedsAnswer
	if err := s.player(play.Hooks{}, row).Play(t.Context()); !errors.As(err, &asked) || asked.Asked.Question.ID != plan.AskRestart || len(s.acts) != 0 {
		t.Errorf("ended with %v, sent %v", err, s.acts)
	}
}
