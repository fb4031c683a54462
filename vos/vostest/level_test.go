package vostest_test

import (
	"crypto/x509"
	"errors"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestLevel0: an account without the right to certificates sees what it may, through the pager, is told in the node's
// words what it lacks, and changes nothing.
func TestLevel0(t *testing.T) {
	t.Parallel()
	for _, way := range vos.Connections() {
		t.Run(string(way), func(t *testing.T) {
			t.Parallel()
			c := lab(t, sim.Profile15, sim.QuirkLevel0, sim.QuirkREST)
			n, _ := c.Solution().Node(publisher)
			n.Connection = way
			crowd := newPeople(t, c)
			d, err := ways().Dial(t.Context(), n, vos.Access{Login: c.Login(), ByHand: crowd.do,
				CheckKey: func(vos.HostKey) error { return nil }, CheckCert: func(*x509.Certificate) error { return nil }})
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if services, err := d.Services(t.Context()); err != nil || len(services) < 20 {
				t.Errorf("%d services, %v", len(services), err)
			}
			refused := map[string]error{"a CSR": d.GenerateCSR(t.Context(), "tomcat")}
			if way == vos.ConnectionSSH || way == vos.ConnectionManual { // the API shows what it holds
				_, err := d.Identity(t.Context(), "tomcat")
				refused["a look at a certificate"] = err
			}
			for what, err := range refused {
				var e *vos.Error
				if vos.Class(err) != vos.ErrRefused || !errors.As(err, &e) || e.Said == "" {
					t.Errorf("%s: %v", what, err)
				}
			}
			if n := c.Counts()[publisher].CSRs; n != 0 {
				t.Errorf("%d CSRs", n)
			}
		})
	}
}
