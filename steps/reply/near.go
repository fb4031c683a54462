package reply

import (
	"fmt"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// FindingLines are the findings of a verdict on chains, a line each, with the node that each is about.
func FindingLines(v cert.Verdict) []string {
	var lines []string
	for _, f := range v.Findings {
		lines = append(lines, f.Node+": "+f.What.String())
	}
	return lines
}

// PeerLines name each neighbour with what would be uploaded for it, and its fingerprint.
func PeerLines(p *plan.Plan, v cert.Verdict) []string {
	var lines []string
	for _, n := range Peers(p) {
		chain, ok := v.Chains[n.FQDN]
		if !ok {
			continue
		}
		who := n.FQDN + " (script server)"
		if n.Product != "" {
			who = n.FQDN + " (" + n.Product.Title(n.Release) + ")"
		}
		var own cert.Verdict
		Gather(&own, chain)
		if len(chain.CAs) > 0 {
			lines = append(lines, fmt.Sprintf("%s is CA-signed:", who))
			who = ""
		}
		for _, c := range append(own.Roots, own.Intermediates...) {
			name := who
			if name == "" {
				name = "  " + cert.Name(c)
			}
			lines = append(lines, name+", until "+c.NotAfter.UTC().Format(time.DateOnly)+", SHA-256", cert.Fingerprint(c))
		}
	}
	return lines
}
