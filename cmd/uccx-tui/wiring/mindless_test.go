package wiring

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/supervisor"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// mindless presses Enter: yes where that is offered, else the first answer; names are typed as they stand there, and what the
// lab's CA has sent is taken.
type mindless struct {
	services *practice.Services
	tries    int
}

// patience is how often what failed is tried again.
const patience = 8

func (m *mindless) Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (string, []string, error) {
	switch q.Question.Kind {
	case plan.Files:
		if m.tries++; m.tries > patience {
			return "", nil, play.ErrEnd
		}
		dir, err := m.services.Sign(ctx)
		return "", []string{dir}, err
	case plan.NodeName:
		return q.Task.Node, nil, nil
	}
	value := q.Question.Options[0].Value
	if slices.ContainsFunc(q.Question.Options, func(o plan.Option) bool { return o.Value == plan.Yes }) {
		value = plan.Yes
	}
	if m.tries++; m.tries > 20*patience {
		return "", nil, play.ErrEnd
	}
	return value, nil, m.services.Operate(p, q, value)
}

// hooks: who only waits gives up one day.
func (m *mindless) hooks(leave func()) play.Hooks {
	said := 0
	heard := func(e engine.Event) {
		if e.Progress == nil {
			said = 0
		} else if said++; said > 40*patience {
			leave()
		}
	}
	return play.Hooks{Event: heard, Consent: func(plan.Next) error { return nil }, Stuck: func(_ plan.Row, err error) (bool, error) {
		if m.tries++; m.tries > patience {
			return false, errors.Join(play.ErrEnd, err)
		}
		return true, nil
	}}
}

// TestMindlessPlay: Enter and yes alone pass no scenario in which something is wrong, also where what was done is graded in the
// middle; a scenario without a fault may be passed so.
func TestMindlessPlay(t *testing.T) {
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	a := &App{Signals: supervisor.Watch(supervisor.Child{}), Known: input.NewKnown(), Version: "test"}
	few := []string{"selfsigned", "hostname-changed", "san-mismatch", "signed-pair"}
	if testing.Short() {
		few = few[1:2]
	}
	for _, s := range all {
		switch {
		case s.Name == "laptop-dies": // it ends the process that plays it
			if !s.Fault || s.Diagnosis.Ask == "" {
				t.Errorf("%s asks nothing", s.Name)
			}
			continue
		case !*lessonsToo && !slices.Contains(few, s.Name):
			continue
		}
		w, err := a.BeginLab(lab.Options{Pairs: 1, Scenario: &s})
		if err != nil {
			t.Fatal(err)
		}
		app := a.UI()
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			defer w.Close()
			m := &mindless{services: w.Lab}
			ctx, leave := context.WithCancel(context.Background())
			defer leave()
			_, playErr := line.Play(ctx, app, w, io.Discard, line.Auto{Hooks: m.hooks(leave), By: m, Replies: patience})
			text, passed, err := w.Lab.Lesson.Grade()
			if err != nil {
				t.Fatal(err)
			}
			if passed && s.Fault || !passed && s.Name == "signed-pair" { // that one shows that Enter gets to the end
				t.Errorf("passed: %v, with a fault: %v (%v)\n%s", passed, s.Fault, playErr, text)
			}
		})
	}
}
