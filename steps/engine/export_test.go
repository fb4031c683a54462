package engine

import (
	"crypto/x509"
	"runtime"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Internals for the tests of this package: what a driver asks before it sends a password.

func (r *Runner) Known(job *plan.Job, n vos.Node, pin *vos.HostKey, k vos.HostKey) error {
	return entrance{r, job, n}.known(pin, k)
}

func (r *Runner) KnownCert(job *plan.Job, n vos.Node, shown *x509.Certificate) error {
	return entrance{r, job, n}.knownCert(shown)
}

// WaitForQueued returns when so many entries wait to be written.
func WaitForQueued(r *Runner, n int) {
	for {
		r.queue.mu.Lock()
		waiting := len(r.queue.waiting)
		r.queue.mu.Unlock()
		if waiting == n {
			return
		}
		runtime.Gosched()
	}
}
