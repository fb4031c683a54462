package steps_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestHandedAuthorities: CA certificates that were loaded before a session was handed over are shown and accepted before any of
// them is uploaded, once for all nodes and rows; no stops. Those that are loaded here are not asked about.
func TestHandedAuthorities(t *testing.T) {
	t.Parallel()
	for _, c := range some("yes", "no", "loaded here") {
		t.Run(c, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			p := l.start()
			defer p.end()
			p.until("root")
			if err := p.runner.Import(""); err != nil {
				t.Fatal(err)
			}
			if c == "loaded here" {
				if err := p.runner.OtherReply(); err != nil {
					t.Fatal(err)
				}
			}
			l.says = map[string]string{plan.AskHandedCA: c}
			asked, uploads := 0, func() (n int) {
				for _, counts := range l.cluster.Counts() {
					n += len(counts.TrustUploads)
				}
				return n
			}
			for next := p.runner.Plan().Next(); !next.Finished; next = p.runner.Plan().Next() {
				if q := next.Question; q != nil && q.Question.ID == plan.AskHandedCA {
					asked++
					if lines := strings.Join(msg.Strings(q.Question.Lines), "\n"); strings.Count(lines, "SHA-256") != 2 || uploads() != 0 {
						t.Errorf("%d uploads; shown:\n%s", uploads(), lines)
					}
					if c == "no" {
						if err := p.answer(*q); err != nil || !q.Question.Stops(plan.No) {
							t.Fatal(err)
						}
						_ = p.runner.Run(p.ctx, "root")
						if next := p.runner.Plan().Next(); next.Question == nil || next.Question.Question.ID != plan.AskHandedCA || uploads() != 0 {
							t.Errorf("%d uploads, next %+v", uploads(), next.Question)
						}
						return
					}
				}
				if err := p.do(next); err != nil {
					t.Fatal(err)
				}
			}
			if want := map[string]int{"yes": 1, "loaded here": 0}[c]; asked != want {
				t.Errorf("asked %d times, want %d", asked, want)
			}
			l.finished()
			l.onceEach()
		})
	}
}

// TestForeign: what is accepted counts for these certificates alone, and no longer once the session is handed over again.
func TestForeign(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until("root")
	root := p.runner.Plan().Reply().Roots[0]
	if got := plan.Foreign(p.runner.Plan(), []string{root}); len(got) != 0 {
		t.Error("a session that began here has foreign certificates")
	}
	for range 2 {
		if err := p.runner.Import(""); err != nil {
			t.Fatal(err)
		}
		if got := plan.Foreign(p.runner.Plan(), []string{root, "other"}); len(got) != 2 {
			t.Fatalf("%d are foreign", len(got))
		}
		for next := p.runner.Plan().Next(); next.Question == nil || next.Question.Question.ID != plan.AskHandedCA; next = p.runner.Plan().Next() {
			if err := p.do(next); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.answer(*p.runner.Plan().Next().Question); err != nil {
			t.Fatal(err)
		}
		if got := plan.Foreign(p.runner.Plan(), []string{root, "other"}); len(got) != 1 || got[0] != "other" {
			t.Fatalf("%d are foreign behind the answer", len(got))
		}
	}
}

// TestHandedRestart: a restart that was confirmed before the session was handed over is confirmed again here.
func TestHandedRestart(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until("restart")
	q := p.runner.Plan().Next().Question
	if q == nil || q.Question.Kind != plan.NodeName {
		t.Fatalf("asked %+v", q)
	}
	if err := p.answer(*q); err != nil {
		t.Fatal(err)
	}
	if next := p.runner.Plan().Next(); next.Question != nil || len(next.Tasks) != 1 {
		t.Fatalf("the confirmation does not count: %+v", next)
	}
	if err := p.runner.Import(""); err != nil {
		t.Fatal(err)
	}
	for next := p.runner.Plan().Next(); next.Row.Step.ID == "restart"; next = p.runner.Plan().Next() {
		if next.Question != nil && next.Question.Question.ID == plan.AskRestart {
			break
		}
		if len(next.Tasks) > 0 {
			t.Fatalf("a restart would run: %+v", next.Tasks)
		}
		t.Fatalf("asked %+v", next.Question)
	}
	if n := l.cluster.Counts()[q.Task.Node].Restarts; n != 0 {
		t.Errorf("%d restarts", n)
	}
}

// TestHandedDecisions: findings, warnings of a reply and deletions that were accepted before the session was handed over do not count
// here: they are shown and asked about again, with the answer that was given there, before anything more is changed.
func TestHandedDecisions(t *testing.T) {
	t.Parallel()
	for _, c := range firsts(1, []struct {
		question, path, until string
		set                   sim.Action
	}{
		{plan.AskFindings, change.PathSigned, "csr", sim.Action{Do: sim.ActSkew, On: []string{"uccx1"}, By: "20m"}},
		{plan.AskWarnings, change.PathSigned, "install", sim.Action{Do: sim.ActCA, As: sim.NoClientAuth}},
		{plan.AskDelete, change.PathCleanup, plan.StepDelete, sim.Action{Do: sim.ActLeftover, On: []string{"uccx1"}, Name: "Old Root", Days: -10}},
	}) {
		t.Run(c.question, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			l.path = c.path
			p := l.start()
			defer p.end()
			l.does(c.set)
			asked := 0
			play := func(stop func(plan.Next) bool) {
				for next := p.runner.Plan().Next(); !next.Finished && !stop(next); next = p.runner.Plan().Next() {
					if q := next.Question; q != nil && strings.HasPrefix(q.Question.ID, c.question) {
						asked++
						if told := strings.Contains(strings.Join(msg.Strings(q.Question.Lines), "\n"), "before the session was handed over"); told != (asked > 1) {
							t.Errorf("asked %d times, shown %q", asked, msg.Strings(q.Question.Lines))
						}
					}
					if err := p.do(next); err != nil {
						t.Fatal(err)
					}
				}
			}
			play(func(n plan.Next) bool { return n.Row.Step.ID == c.until })
			if asked != 1 {
				t.Fatalf("asked %d times", asked)
			}
			if err := p.runner.Import(""); err != nil {
				t.Fatal(err)
			}
			play(func(plan.Next) bool { return false })
			if asked != 2 {
				t.Errorf("asked %d times", asked)
			}
			l.finished()
			if err := p.runner.Import(""); err != nil {
				t.Fatal(err)
			}
			if next := p.runner.Plan().Next(); !next.Finished {
				t.Errorf("a finished change asks again: %+v", next.Question)
			}
		})
	}
}
