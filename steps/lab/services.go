package lab

import (
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/steps/reply"
)

// serve reports whether the peers present what was seen on the network.
func serve(s *practice.Services, p *plan.Plan) bool {
	for fqdn, fingerprint := range reply.PeerServes(p) {
		if s.Serves(fqdn) != fingerprint {
			return false
		}
	}
	return true
}
