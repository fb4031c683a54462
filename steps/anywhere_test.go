package steps_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// saboteur strikes at every command of every row on every node, once at each moment: before it, after it, and in the
// middle of its answer.
type saboteur struct {
	mu      sync.Mutex
	program *program
	kills   bool // the program dies with the line
	struck  map[string]int
	strikes int
}

var moments = []struct {
	at sim.Moment
	do sim.Verdict
}{{sim.Before, sim.Cut}, {sim.After, sim.Cut}, {sim.After, sim.CutHalf}}

func (s *saboteur) hook(e sim.Event) sim.Verdict {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.program == nil || s.program.killed() {
		return sim.Cut
	}
	place := fmt.Sprintf("%s|%s|%s", s.program.runner.Plan().Next().Row.Step.ID, e.Node, e.Line)
	n := s.struck[place]
	if n >= len(moments) || moments[n].at != e.Moment {
		return sim.Go
	}
	s.struck[place]++
	s.strikes++
	if s.kills {
		s.program.kill()
	}
	return moments[n].do
}

// TestStopAnywhereCut: the line is cut at every command; the same program goes on.
func TestStopAnywhereCut(t *testing.T) { stopAnywhere(t, false) }

// TestStopAnywhereKilled: the program is killed at every command; the next one resumes from the disk.
func TestStopAnywhereKilled(t *testing.T) { stopAnywhere(t, true) }

func stopAnywhere(t *testing.T, kills bool) { stopAnywhereOn(t, newLab(t), kills) }

func stopAnywhereOn(t *testing.T, l *lab, kills bool) {
	s := &saboteur{kills: kills, struck: map[string]int{}}
	l.cluster.Hook(s.hook)
	for lives := 1; ; lives++ {
		p := l.start()
		s.mu.Lock()
		s.program = p
		s.mu.Unlock()
		err := p.play()
		finished := p.runner.Plan().Next().Finished
		s.mu.Lock()
		s.program = nil
		s.mu.Unlock()
		p.end()
		if finished {
			t.Logf("%d strikes at %d places, %d lives", s.strikes, len(s.struck), lives)
			break
		}
		if lives > 2000 {
			t.Fatalf("no end after %d lives: %v", lives, err)
		}
	}
	l.cluster.Hook(nil)
	l.finished()
	l.onceEach()
	l.proven()
	if s.strikes < 3*60 {
		t.Errorf("only %d strikes: the saboteur sleeps", s.strikes)
	}
}
