package engine

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestStarved: a look that found no descriptor left is an error of this machine; one that found it later is not.
func TestStarved(t *testing.T) {
	var s starved
	none := true
	job := &plan.Job{World: world.World{Probe: func(context.Context, vos.Node, int) (vos.Served, error) {
		if none {
			return vos.Served{}, fmt.Errorf("dial: %w", syscall.EMFILE)
		}
		return vos.Served{}, &vos.Error{Class: vos.ErrUnreachable, What: msg.T("connection refused")}
	}}}
	s.watch(job)
	n := vos.Node{FQDN: "uccx1.example.com"}
	_, _ = job.World.Probe(t.Context(), n, 443)
	err := s.check(job, nil)
	if !vos.OutOfFiles(err) || vos.Class(err) != vos.ErrUnreachable {
		t.Errorf("%v", err)
	}
	if other := errors.New("other"); s.check(job, other) != other {
		t.Error("another error is not kept")
	}
	none = false
	_, _ = job.World.Probe(t.Context(), n, 443)
	if err := s.check(job, nil); err != nil {
		t.Errorf("a port that is looked at later: %v", err)
	}
}
