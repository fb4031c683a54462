package steps_test

import (
	"context"
	"sync"
	"testing"
	"time"

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
	l.path, l.dialer = plan.PathSelfSigned, &stopped{Dialer: dialer(), shut: map[string]bool{}}
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
