package engine

import (
	"crypto/x509"

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
