package lab

import (
	"os"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Lesson is what a session may tell of the lab's scenario, and do outside of the program; nil where there is none. The trainer's
// report is in the language of a Localizer (nil: English).
func (l *Cluster) Lesson(home session.Home, name string, by msg.Localizer) (*practice.Lesson, error) {
	if l == nil {
		return nil, nil
	}
	s, ok := l.Scenario()
	if !ok {
		return nil, nil
	}
	dir := l.Dir()
	r, err := sim.ReadRecord(dir)
	if err != nil {
		return nil, err
	}
	lesson := &practice.Lesson{Title: s.Title, Story: s.Story, Goal: s.Goal, Untouched: s.Ends == sim.Untouched, HandOver: s.HandOver, Answers: s.Answers, Hints: slices.Clip(s.Hints[:min(r.Hints, len(s.Hints))]),
		Hint: func() (string, bool, error) {
			_, hint, more, err := sim.NextHint(dir, time.Now())
			return hint, more, err
		},
		Grade: func() (string, bool, error) { g, err := Graded(home, dir, name, by); return g.Text, g.Passed, err },
	}
	for _, o := range s.Choices() {
		lesson.Outside = append(lesson.Outside, practice.Outside{Title: o.Title, At: o.At, Mistake: o.Mistake != ""})
	}
	ask(lesson, l, s)
	slices.SortFunc(lesson.Outside, func(a, b practice.Outside) int { return strings.Compare(a.Title, b.Title) }) // so that the order tells nothing
	return lesson, nil
}

// seams lets the lab do what happens to the technician instead of to a node.
func (l *Cluster) seams(r *engine.Runner) {
	l.Calls(func(d sim.Action) {
		switch d.Do {
		case sim.ActWindow:
			if by, err := time.ParseDuration(d.By); err == nil {
				_ = r.SetWindow(plan.Window{Until: time.Now().Add(by)}) // a journal that cannot be written says so by itself, soon
			}
		case sim.ActDie:
			if p, err := os.FindProcess(os.Getpid()); err == nil {
				_ = p.Kill()
			}
		}
	})
}
