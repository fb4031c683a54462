package steps_test

import (
	"flag"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// fault is what strikes at one command of a life.
type fault struct {
	at    int // commands of all nodes until it strikes
	after bool
	half  bool // half of the answer comes through
	kill  bool // the program dies too
	late  bool // the node goes on with its work while the line is gone, and ends a moment later
	jump  time.Duration
}

// strikes makes faults happen to one lab, and counts them.
type strikes struct {
	mu      sync.Mutex
	program *program
	next    *fault
	left    int
	clock   atomic.Int64 // how far the technician's clock is off, in nanoseconds
	struck  int
}

// hook strikes once in a life. After a kill nothing that is typed is done any more, but what was typed before is.
func (s *strikes) hook(e sim.Event) sim.Verdict {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.next
	if f == nil {
		return sim.Go
	}
	if s.left--; s.left > 0 || (e.Moment == sim.After) != f.after {
		return sim.Go
	}
	s.next = nil
	s.struck++
	s.clock.Add(int64(f.jump))
	if f.kill {
		s.program.kill()
	}
	switch {
	case f.late && f.kill: // the client's end of the line is gone; the node finds out when it answers
		time.Sleep(60 * time.Millisecond)
		return sim.Go
	case f.half:
		return sim.CutHalf
	}
	return sim.Cut
}

// model is what must hold of a change whatever happens: small enough to be seen to be right.
type model struct {
	entries []session.Entry
	done    map[plan.Task]bool
}

// sees takes the journal after a life: it may only have grown, and what was done stays done unless the journal says why
// not.
func (m *model) sees(t *rapid.T, entries []session.Entry) {
	if len(entries) < len(m.entries) {
		t.Fatalf("%d entries, there were %d", len(entries), len(m.entries))
	}
	for i, e := range m.entries {
		if entries[i].Sum != e.Sum {
			t.Fatalf("entry %d is another one", i+1)
		}
	}
	running := map[plan.Task]bool{}
	for _, e := range entries {
		task := plan.Task{Step: e.Step, Node: e.Node}
		switch e.Kind {
		case plan.KindBegan:
			if m.done[task] || running[task] {
				t.Fatalf("%v begins, although it is done or runs", task)
			}
			running[task] = true
		case plan.KindDone, plan.KindFailed, plan.KindUnsure:
			running[task] = false
			m.done[task] = e.Kind == plan.KindDone
		case plan.KindReopened:
			m.done[task], running[task] = false, false
		case plan.KindResumed:
			clear(running) // unsure from now on
		}
	}
	m.entries = entries
	m.done = map[plan.Task]bool{}
}

func drawFault(t *rapid.T) fault {
	f := fault{at: rapid.IntRange(1, 120).Draw(t, "command"), after: rapid.Bool().Draw(t, "after"), half: rapid.Bool().Draw(t, "half"), kill: rapid.Bool().Draw(t, "kill"), late: rapid.Bool().Draw(t, "late")}
	if rapid.Bool().Draw(t, "clock") {
		f.jump = time.Duration(rapid.IntRange(-48, 48).Draw(t, "hours")) * time.Hour
	}
	return f
}

// TestModel: random faults at random moments, one after the other, against a model of what must hold: the journal only
// grows, nothing begins twice, and in the end every node is as after a change in which nothing happened. The long form:
// go test ./steps -run TestModel -timeout 2h -rapid.checks=500
func TestModel(t *testing.T) {
	long(t)
	t.Parallel()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		if err := flag.Set("rapid.checks", "2"); err != nil {
			t.Fatal(err)
		}
	}
	var lives, struck atomic.Int64
	rapid.Check(t, func(rt *rapid.T) {
		faults := rapid.SliceOfN(rapid.Custom(drawFault), 1, 8).Draw(rt, "faults")
		t.Run(fmt.Sprint(len(faults)), func(t *testing.T) {
			l := newLab(t)
			s := &strikes{}
			l.now = func() time.Time { return time.Now().Add(time.Duration(s.clock.Load())) }
			l.cluster.Hook(s.hook)
			m := &model{done: map[plan.Task]bool{}}
			for i := 0; ; i++ {
				lives.Add(1)
				p := l.start()
				s.mu.Lock()
				s.program, s.next = p, nil
				if i < len(faults) {
					s.next, s.left = &faults[i], faults[i].at
				} else { // a clock that is wrong makes certificates begin too late or end too soon: a person sets it right
					s.clock.Store(0)
				}
				s.mu.Unlock()
				err := p.play()
				finished := p.runner.Plan().Next().Finished
				p.end()
				entries, readErr := l.home.Read("test")
				if readErr != nil {
					t.Fatal(readErr)
				}
				m.sees(rt, entries)
				if finished && i >= len(faults)-1 {
					break
				}
				if i > len(faults)+20 {
					t.Fatalf("no end after %d lives: %v", i, err)
				}
			}
			l.cluster.Hook(nil)
			l.finished()
			l.onceEach()
			l.proven()
			struck.Add(int64(s.struck))
		})
		if t.Failed() {
			rt.Fatalf("faults: %+v", faults)
		}
	})
	t.Logf("%d lives, %d faults struck", lives.Load(), struck.Load())
}
