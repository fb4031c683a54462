package reply

import (
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// FindingLines are the findings of a verdict on chains, a line each, with the node that each is about.
func FindingLines(v cert.Verdict) []msg.Text {
	var lines []msg.Text
	for _, f := range v.Findings {
		lines = append(lines, msg.T("%s: %s", f.Node, f.What))
	}
	return lines
}

// PeerLines name each neighbour with what would be uploaded for it, and its fingerprint.
func PeerLines(p *plan.Plan, v cert.Verdict) []msg.Text {
	var lines []msg.Text
	for _, n := range Peers(p) {
		chain, ok := v.Chains[n.FQDN]
		if !ok {
			continue
		}
		who := msg.T("%s (script server)", n.FQDN)
		if n.Product != "" {
			who = msg.T("%s (%s)", n.FQDN, n.Product.Title(n.Release))
		}
		var own cert.Verdict
		Gather(&own, chain)
		if len(chain.CAs) > 0 {
			lines = append(lines, msg.T("%s is CA-signed:", who))
			who = msg.Text{}
		}
		for _, c := range append(own.Roots, own.Intermediates...) {
			name := who
			if name.IsZero() {
				name = msg.T("  %s", cert.Name(c))
			}
			lines = append(lines, msg.T("%s, until %s, SHA-256", name, msg.Time(c.NotAfter.UTC(), msg.Day)), msg.Verbatim(cert.Fingerprint(c)))
		}
	}
	return lines
}
