package steps

import (
	"regexp"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Renewal is the change that renews what a former session did: the same solution as it is dialled and was read last, the
// same choices, and the host keys that were accepted there. The CSRs, and with them the keys, are new. A path that was
// right once only (expired, domain) is renewed on the signed one.
func Renewal(p *plan.Plan) plan.Change {
	former := p.Change()
	c := former
	c.Former, c.Known, c.Program, c.Plan = former.Name, map[string]plan.Know{}, "", plan.Version
	c.Name = regexp.MustCompile(`-\d+$`).ReplaceAllString(former.Name, "")
	if c.Path == plan.PathExpired || c.Path == plan.PathDomain {
		c.Path = plan.PathSigned
	}
	c.Solution.Clusters = nil
	for _, old := range former.Solution.Clusters {
		var one vos.Cluster
		for _, n := range old.Nodes {
			n, _ = p.Node(n.FQDN)
			one.Nodes = append(one.Nodes, n)
			if key, legacy := p.Pin(n.FQDN); key != nil || legacy {
				c.Known[n.FQDN] = plan.Know{HostKey: key, Legacy: legacy}
			}
		}
		c.Solution.Clusters = append(c.Solution.Clusters, one)
	}
	return c
}
