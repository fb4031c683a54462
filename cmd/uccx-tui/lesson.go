package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// lesson is what the face may tell of the lab's scenario, and do outside of the program; nil where there is none.
func (l *labCluster) lesson(name string) (*lab.Lesson, error) {
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
	lesson := &lab.Lesson{Title: s.Title, Story: s.Story, Goal: s.Goal, Untouched: s.Ends == sim.Untouched, HandOver: s.HandOver, Answers: s.Answers, Hints: s.Hints[:min(r.Hints, len(s.Hints))],
		Hint: func() (string, bool, error) {
			_, hint, more, err := sim.NextHint(dir, time.Now())
			return hint, more, err
		},
		Do:    l.Choose,
		Grade: func() (string, bool, error) { return grade(dir, name) },
	}
	for _, o := range s.Choices() {
		lesson.Outside = append(lesson.Outside, lab.Outside{Title: o.Title, At: o.At, Mistake: o.Mistake != ""})
	}
	slices.SortFunc(lesson.Outside, func(a, b lab.Outside) int { return strings.Compare(a.Title, b.Title) }) // so that the order tells nothing
	return lesson, nil
}

// seams lets the lab do what happens to the technician instead of to a node.
func (l *labCluster) seams(r *engine.Runner) {
	l.Calls(func(d sim.Deed) {
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

// window sets the change window of a lesson that has one.
func (o *labOptions) window(r *engine.Runner) error {
	if o.scenario == nil || o.scenario.Window == "" {
		return nil
	}
	long, err := time.ParseDuration(o.scenario.Window)
	if err != nil {
		return fmt.Errorf("scenario %s: window: %w", o.scenario.Name, err)
	}
	return r.SetWindow(plan.Window{Until: time.Now().Add(long)})
}

// graded prints the grade of a lesson that has come to its end, and how to ask for it before that.
func (d *door) graded(w *app.Work, err error) error {
	if w == nil || w.Lab == nil || w.Lab.Lesson == nil {
		return nil
	}
	var late *play.Late
	if !w.Runner.Plan().Next().Finished && !errors.As(err, &late) && !w.Lab.Lesson.Untouched {
		_, err := fmt.Fprintf(d.out, "Grade the current state with: uccx-tui lab grade %s\n", w.Name)
		return err
	}
	text, _, err := w.Lab.Lesson.Grade()
	if err == nil {
		_, err = fmt.Fprint(d.out, "\n"+text)
	}
	return err
}
