package engine

import (
	"context"
	"sync"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// starved notes the ports that could not be looked at because this machine has no file descriptor left: that says nothing of
// the node, and must not stand among what was seen of it.
type starved struct{ ports sync.Map } // place -> error

// portKey is a port of a node.
type portKey struct {
	fqdn string
	port int
}

// watch notes what becomes of the probes of a job: a later one of the same port counts.
func (s *starved) watch(job *plan.Job) {
	probe := job.World.Probe
	job.World.Probe = func(ctx context.Context, n vos.Node, port int) (vos.Served, error) {
		served, err := probe(ctx, n, port)
		if vos.OutOfFiles(err) {
			s.ports.Store(portKey{n.FQDN, port}, err)
		} else {
			s.ports.Delete(portKey{n.FQDN, port})
		}
		return served, err
	}
}

// check turns a look that found no descriptor into the error of this machine.
func (s *starved) check(job *plan.Job, err error) error {
	if err != nil {
		return err
	}
	s.ports.Range(func(_, value any) bool {
		err = &vos.Error{Class: vos.ErrUnreachable, Node: job.Node.FQDN, What: msg.T("This machine has no free file descriptor for a connection to a port"), Err: value.(error),
			Means: msg.T("This says nothing about the node."), Next: msg.T("Close other programs or raise the limit (ulimit -n), then press Enter to check again.")}
		return false
	})
	return err
}
