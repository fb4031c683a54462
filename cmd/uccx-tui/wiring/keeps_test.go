package wiring

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/supervisor"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// keeper is mindless, but for the answers to some questions, by their text.
type keeper struct {
	mindless
	says map[string]string // a part of the text -> the answer
}

func (k *keeper) Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (string, []string, error) {
	for part, value := range k.says {
		if strings.Contains(q.Question.Text.String(), part) {
			return value, nil, nil
		}
	}
	return k.mindless.Answer(ctx, q, p)
}

// TestNothingPendingIsNotTheGoal: a lesson whose goal is more than that nothing is pending is not passed where that is missing, also
// with the right cause reported: a clean-up that kept what does nothing, certificates that wait a day for another one.
func TestNothingPendingIsNotTheGoal(t *testing.T) {
	const expired, second, parts = "Old Corporate Root", "Lab Issuing CA", "Install those that are complete now?"
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	a := &App{Signals: supervisor.Watch(supervisor.Child{}), Known: input.NewKnown(), Version: "test"}
	for name, c := range map[string]struct {
		scenario string
		says     map[string]string
		first    string // what is done outside before anything else
		passes   bool
	}{
		"all is deleted":        {scenario: "cleanup", passes: true},
		"one expired is kept":   {scenario: "cleanup", says: map[string]string{expired: plan.No}},
		"a second file is kept": {scenario: "cleanup", says: map[string]string{second: plan.No}},
		"the rest came first":   {scenario: "reply-parts", first: "The next day: ask the CA team for the missing certificate"},
	} {
		s := all[slices.IndexFunc(all, func(s sim.Scenario) bool { return s.Name == c.scenario })]
		w, err := a.BeginLab(lab.Options{Pairs: 1, Scenario: &s})
		if err != nil {
			t.Fatal(err)
		}
		app := a.UI()
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer w.Close()
			lesson := w.Lab.Lesson
			if c.first != "" {
				if _, err := lesson.Do(c.first, ""); err != nil {
					t.Fatal(err)
				}
			}
			k := &keeper{mindless{services: w.Lab}, c.says}
			ctx, leave := context.WithCancel(context.Background())
			defer leave()
			_, playErr := line.Play(ctx, app, w, io.Discard, line.Auto{Hooks: k.hooks(leave), By: k, Replies: patience})
			if lesson.Conclude != nil {
				if err := lesson.Conclude(); err != nil {
					t.Error(err)
				}
			}
			if text, passed, err := lesson.Grade(); err != nil || passed != c.passes {
				t.Errorf("passed: %v, %v (%v)\n%s", passed, err, playErr, text)
			}
		})
	}
}
