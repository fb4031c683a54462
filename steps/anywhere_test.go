package steps_test

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// victim is the program that a hook may kill; nil between two lives.
type victim struct {
	mu      sync.Mutex
	program *program
}

func (v *victim) set(p *program) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.program = p
}

// life starts a program, exposes it while it plays, and ends it.
func (l *lab) life(v *victim) (finished bool, err error) {
	p := l.start()
	defer p.end()
	v.set(p)
	defer v.set(nil)
	err = p.play()
	return p.runner.Plan().Next().Finished, err
}

// saboteur strikes at every command of every row on every node, once at each moment: before it, after it, and in the
// middle of its answer.
type saboteur struct {
	victim
	cuts    bool            // the line alone is cut
	kills   bool            // the program dies with the line; neither of the two: every second time
	each    bool            // every command is struck at each moment in turn; else at one of them, the moments in turn
	known   map[string]bool // rows of which each third command is struck, since another test strikes all
	met     map[string]int  // the commands of these rows, in their order
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
	row := s.program.runner.Plan().Next().Row.Step.ID
	place := fmt.Sprintf("%s|%s|%s", row, e.Node, e.Line)
	if s.known[row] {
		if _, met := s.met[place]; !met {
			s.met[place] = len(s.met)
		}
		if s.met[place]%3 > 0 {
			return sim.Go
		}
	}
	at, kill := s.struck[place], s.kills || !s.cuts && s.strikes%2 == 0
	if !s.each {
		at = s.strikes%len(moments) + at*len(moments)
	}
	if at >= len(moments) || moments[at].at != e.Moment {
		return sim.Go
	}
	s.struck[place]++
	s.strikes++
	if kill {
		s.program.kill()
	}
	return moments[at].do
}

// everywhere strikes at every moment of every command of every course, both ways; else each command of every path is struck at most
// once, the moments and the ways in turn, and on Path A the program is killed at another moment of each too:
// go test ./steps -run StopAnywhere -everywhere.
var everywhere = flag.Bool("everywhere", false, "strike at every moment of every command of every path, and of mixed ways too; takes minutes")

// long leaves a test out of the quick form, go test -short: it plays whole changes again and again.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short")
	}
}

// some are the variants of a walk that are tried: all of them; with -short the first.
func some[T any](all ...T) []T { return firsts(1, all) }

// firsts are the first n of some cases with -short, else all.
func firsts[T any](n int, all []T) []T {
	if testing.Short() {
		return all[:n]
	}
	return all
}

// only are the cases of these names with -short, else all.
func only[T any](t *testing.T, all map[string]T, names ...string) map[string]T {
	t.Helper()
	some := maps.Clone(all)
	maps.DeleteFunc(some, func(name string, _ T) bool { return !slices.Contains(names, name) })
	if len(some) != len(names) {
		t.Fatalf("not all of %q are cases", names)
	}
	if testing.Short() {
		return some
	}
	return all
}

// TestStopAnywhereCut: the line is cut at every command; the same program goes on. Every second time the program is killed
// instead; in the long form the line alone is cut, at each moment.
func TestStopAnywhereCut(t *testing.T) {
	long(t)
	t.Parallel()
	stopAnywhere(t, courses()[0], &saboteur{cuts: *everywhere, each: *everywhere})
}

// TestStopAnywhereKilled: the program is killed at every command, at another moment than TestStopAnywhereCut strikes; the next one resumes
// from the disk. The long form kills it at each moment.
func TestStopAnywhereKilled(t *testing.T) {
	long(t)
	t.Parallel()
	stopAnywhere(t, courses()[0], &saboteur{kills: true, each: *everywhere, strikes: 1})
}

// knownRows are the rows of Path A on the nodes of a lab.
func knownRows(t *testing.T, l *lab) map[string]bool {
	t.Helper()
	p, err := steps.Preview(change.Change{Name: "test", Path: change.PathSigned, Unit: "tomcat", Solution: l.cluster.Solution(), Program: "test", Plan: plan.Version})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, row := range p.Rows() {
		known[row.Step.ID] = true
	}
	return known
}

// TestStopAnywhere: every command of the rows that Path A has not is struck on every other path, and each third of those that it has. The long
// form strikes all.
func TestStopAnywhere(t *testing.T) {
	long(t)
	for _, c := range courses()[1:] {
		if c.alike && !*everywhere {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if !*everywhere {
				l := c.start(t)
				stopAnywhereOn(t, c, l, &saboteur{known: knownRows(t, l)})
				return
			}
			stopAnywhere(t, c, &saboteur{cuts: true, each: true})
			stopAnywhere(t, c, &saboteur{kills: true, each: true})
		})
	}
}

func stopAnywhere(t *testing.T, c course, s *saboteur) { stopAnywhereOn(t, c, c.start(t), s) }

func stopAnywhereOn(t *testing.T, c course, l *lab, s *saboteur) {
	s.struck, s.met = map[string]int{}, map[string]int{}
	l.cluster.Hook(s.hook)
	for lives := 1; ; lives++ {
		finished, err := l.life(&s.victim)
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
	c.check(l)
	least := len(l.cluster.Solution().Nodes()) * 8
	if s.known != nil {
		least /= 3
	}
	if s.strikes < least {
		t.Errorf("only %d strikes: the saboteur sleeps", s.strikes)
	}
}
