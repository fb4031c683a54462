package steps_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// stopped dials nodes that print the same uptime whenever they are asked, and finds their door shut once after a restart.
type stopped struct {
	vos.Dialer
	mu   sync.Mutex
	shut map[string]bool
}

func (s *stopped) Dial(ctx context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	s.mu.Lock()
	shut := s.shut[n.FQDN]
	s.shut[n.FQDN] = false
	s.mu.Unlock()
	if shut {
		return nil, &vos.Error{Class: vos.ErrUnreachable, Node: n.FQDN, What: msg.T("cannot be reached at 127.0.0.1:22: connection refused"), Code: vos.CodeShut}
	}
	d, err := s.Dialer.Dial(ctx, n, a)
	if err != nil {
		return nil, err
	}
	return &stoppedDriver{d, s, n.FQDN}, nil
}

type stoppedDriver struct {
	vos.Driver
	of   *stopped
	fqdn string
}

func (d *stoppedDriver) About(ctx context.Context) (vos.About, error) {
	a, err := d.Driver.About(ctx)
	a.Boot = a.Now.Add(-1900 * time.Hour)
	return a, err
}

func (d *stoppedDriver) Restart(ctx context.Context) error {
	d.of.mu.Lock()
	d.of.shut[d.fqdn] = true
	d.of.mu.Unlock()
	return d.Driver.Restart(ctx)
}

// TestUptimeThatStandsStill: where only trust was uploaded the uptime tells of a restart. A node that prints the same one
// before and after is known by its shut door, and no one waits for ever.
func TestUptimeThatStandsStill(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	l.path, l.dialer = change.PathSelfSigned, &stopped{Dialer: dialer(), shut: map[string]bool{}}
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
	for fqdn, c := range l.cluster.Counts() {
		if c.Restarts != 1 {
			t.Errorf("%s: %d restarts", fqdn, c.Restarts)
		}
	}
}

// silent dials nodes that never say how long they have been up, and loses the line at each order to restart, before or after it took effect.
type silent struct {
	vos.Dialer
	obeys bool
	mu    sync.Mutex
	lost  map[string]bool
}

func (s *silent) Dial(ctx context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	d, err := s.Dialer.Dial(ctx, n, a)
	if err != nil {
		return nil, err
	}
	return &silentDriver{d, s, n.FQDN}, nil
}

type silentDriver struct {
	vos.Driver
	of   *silent
	fqdn string
}

func (d *silentDriver) About(ctx context.Context) (vos.About, error) {
	a, err := d.Driver.About(ctx)
	a.Boot = time.Time{}
	return a, err
}

func (d *silentDriver) Restart(ctx context.Context) error {
	d.of.mu.Lock()
	lost := !d.of.lost[d.fqdn]
	d.of.lost[d.fqdn] = true
	d.of.mu.Unlock()
	if !lost {
		return d.Driver.Restart(ctx)
	}
	if d.of.obeys {
		if err := d.Driver.Restart(ctx); err != nil {
			return err
		}
	}
	return &vos.Error{Class: vos.ErrUncertain, Node: d.fqdn, What: msg.T("the connection was lost")}
}

// TestRestartThatNothingTells: where only trust was uploaded, and neither a shutdown nor the uptime is seen, no one says that the
// command had no effect: a person is asked, with what to look at, and the node restarts once.
func TestRestartThatNothingTells(t *testing.T) {
	t.Parallel()
	for _, obeys := range some(true, false) {
		t.Run(map[bool]string{true: "it restarted", false: "it did not"}[obeys], func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			l.path, l.dialer = change.PathSelfSigned, &silent{Dialer: dialer(), obeys: obeys, lost: map[string]bool{}}
			l.says = map[string]string{plan.AskRestarted: map[bool]string{true: plan.Yes, false: plan.No}[obeys]}
			p := l.start()
			defer p.end()
			p.until("restart")
			node := p.runner.Plan().Next().Row.Tasks[0].Task.Node
			_ = p.confirm()
			for range 3 { // the first look may meet the node while it is down
				if v := p.task("restart", node); v.Asked != nil {
					break
				}
				_ = p.runner.Run(p.ctx, "restart")
			}
			v := p.task("restart", node)
			if v.State != plan.Unsure || v.Asked == nil || v.Asked.Question.ID != plan.AskRestarted || len(v.Asked.Question.Lines) == 0 {
				t.Fatalf("%s, asked %+v, %+v", v.State, v.Asked, v.Trouble)
			}
			if err := p.play(); err != nil {
				t.Fatal(err)
			}
			l.finished()
			for fqdn, c := range l.cluster.Counts() {
				if c.Restarts != 1 {
					t.Errorf("%s: %d restarts", fqdn, c.Restarts)
				}
			}
		})
	}
}
