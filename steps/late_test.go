package steps_test

import (
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// twice kills the program at every command that changes a node, while the node goes on with its work; and the next
// program at the first command with which it looks what became of it.
type twice struct {
	victim
	struck  map[string]bool
	again   bool
	strikes int
	lost    int
}

// changes reports whether a command or a request changes a node. Those that ask something more end at the line's end.
func changes(line string) bool {
	return strings.HasPrefix(line, "set ") || strings.HasPrefix(line, "POST ") || strings.HasPrefix(line, "utils system restart") || strings.HasPrefix(line, "utils service")
}

func (s *twice) hook(e sim.Event) sim.Verdict {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.program == nil || s.program.killed():
		return sim.Cut
	case s.again:
		s.again = false
		s.strikes++
		s.program.kill()
		return sim.Cut
	case e.Moment == sim.Before && changes(e.Line) && !s.struck[e.Node+e.Line+s.row()]:
		s.struck[e.Node+e.Line+s.row()] = true
		s.strikes++
		s.lost++
		s.again = true
		s.program.kill()
		time.Sleep(20 * time.Millisecond) // the client has hung up; the node does not know it yet, and works on
		return sim.Go
	}
	return sim.Go
}

func (s *twice) row() string { return s.program.runner.Plan().Next().Row.Step.ID }

// TestNothingTwiceAfterLateWork: the node finishes its work after line and program were lost, the next program is killed
// while it looks, and the one after that finds what was done: nothing is done twice. On nodes entered by SSH, and on nodes
// entered by hand and by REST; the long form on every path.
func TestNothingTwiceAfterLateWork(t *testing.T) {
	long(t)
	t.Parallel()
	all := courses()
	t.Run("each on its way", func(t *testing.T) {
		t.Parallel()
		lateWork(t, all[0], mixed(t))
	})
	for i, c := range all {
		if i > 0 && !*everywhere {
			break
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			lateWork(t, c, c.start(t))
		})
	}
}

func lateWork(t *testing.T, c course, l *lab) {
	s := &twice{struck: map[string]bool{}}
	l.cluster.Hook(s.hook)
	for lives := 1; ; lives++ {
		finished, err := l.life(&s.victim)
		if finished {
			t.Logf("%d strikes, %d of them while a node worked on, %d lives", s.strikes, s.lost, lives)
			break
		}
		if lives > 300 {
			t.Fatalf("no end after %d lives: %v", lives, err)
		}
	}
	l.cluster.Hook(nil)
	l.finished()
	c.check(l)
	if s.lost < 4 {
		t.Errorf("only %d commands were struck", s.lost)
	}
}
