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

// keeper is mindless, but says of each trust certificate whether it is deleted, by the text of the question.
type keeper struct {
	mindless
	deletes func(about string) bool
}

func (k *keeper) Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (string, []string, error) {
	if strings.HasPrefix(q.Question.ID, plan.AskDelete) && !k.deletes(q.Question.Text.String()) {
		return plan.No, nil, nil
	}
	return k.mindless.Answer(ctx, q, p)
}

// TestKeptCertificates: the clean-up is passed where all that does nothing was deleted and the right cause was reported, and not where
// some of it was kept: nothing is pending then, and nothing is cleaned up.
func TestKeptCertificates(t *testing.T) {
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	s := all[slices.IndexFunc(all, func(s sim.Scenario) bool { return s.Name == "cleanup" })]
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	a := &App{Signals: supervisor.Watch(supervisor.Child{}), Known: input.NewKnown(), Version: "test"}
	for name, deletes := range map[string]func(string) bool{
		"all":       func(string) bool { return true },
		"expired":   func(about string) bool { return strings.Contains(about, "Old Corporate Root") },
		"duplicate": func(about string) bool { return !strings.Contains(about, "Old Corporate Root") },
	} {
		w, err := a.BeginLab(lab.Options{Pairs: 1, Scenario: &s})
		if err != nil {
			t.Fatal(err)
		}
		app := a.UI()
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer w.Close()
			k := &keeper{mindless{services: w.Lab}, deletes}
			ctx, leave := context.WithCancel(context.Background())
			defer leave()
			if _, err := line.Play(ctx, app, w, io.Discard, line.Auto{Hooks: k.hooks(leave), By: k, Replies: patience}); err != nil {
				t.Error(err)
			}
			if err := w.Lab.Lesson.Conclude(); err != nil {
				t.Error(err)
			}
			if text, passed, err := w.Lab.Lesson.Grade(); err != nil || passed != (name == "all") {
				t.Errorf("passed: %v, %v\n%s", passed, err, text)
			}
		})
	}
}
