package steps_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// doorman refuses logins to one node, as a node does whose accounts are not there yet; without a try at the node itself.
type doorman struct {
	vos.Dialer
	node    string
	refuses atomic.Int32 // how many more
	tried   atomic.Int32
}

func (d *doorman) Dial(ctx context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	if n.FQDN == d.node && d.refuses.Load() > 0 {
		d.refuses.Add(-1)
		d.tried.Add(1)
		return nil, &vos.Error{Class: vos.ErrLogin, Node: n.FQDN, What: msg.T("The node refused the login")}
	}
	return d.Dialer.Dial(ctx, n, a)
}

// TestLoginMeetsARestart: a login that a node refuses on its way through its restart, and took before it, does not end the
// watch, is counted, and is not repeated at once; a second refusal is one.
func TestLoginMeetsARestart(t *testing.T) {
	t.Parallel()
	for _, refusals := range some[int32](2, 1) {
		ends := refusals == 1
		t.Run(map[bool]string{true: "once", false: "twice"}[ends], func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			door := &doorman{Dialer: dialer()}
			l.dialer = door
			login := l.cluster.Login() // one account: the same secret in memory
			l.logins = func(vos.Node) (vos.Login, bool) { return login, true }
			p := l.start()
			defer p.end()
			p.until("restart")
			door.node = p.runner.Plan().Next().Row.Tasks[0].Task.Node
			l.cluster.Hook(func(e sim.Event) sim.Verdict {
				if e.Node == door.node && e.Moment == sim.After && strings.HasPrefix(e.Line, "utils system restart") {
					door.refuses.Store(refusals)
				}
				return sim.Go
			})
			err := p.confirm()
			l.cluster.Hook(nil)
			v := p.task("restart", door.node)
			if ends && (err != nil || v.State != plan.Done || p.runner.Plan().Refusals(door.node) != 0) {
				t.Errorf("%s, %d refusals: %v", v.State, p.runner.Plan().Refusals(door.node), err)
			}
			if !ends && (!errors.Is(err, vos.ErrLogin) || v.State != plan.Unsure || p.runner.Plan().Refusals(door.node) != 2) {
				t.Errorf("%s, %d refusals: %v", v.State, p.runner.Plan().Refusals(door.node), err)
			}
			if door.tried.Load() != refusals {
				t.Errorf("%d tries", door.tried.Load())
			}
			if err := p.play(); err != nil {
				t.Fatal(err)
			}
			l.finished()
			l.onceEach()
		})
	}
}
