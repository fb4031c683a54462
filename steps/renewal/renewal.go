// Package renewal makes the change that renews what a former session did.
package renewal

import (
	"regexp"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/first"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Of is the change that renews what a former session did: the same solution as it is dialled and was read last, the
// same choices, and the host keys that were accepted there, that of the jump host among them. The CSRs, and with them the keys, are new. A path that was
// right once only (expired, domain, first) is renewed on the signed one; self-signed certificates are regenerated.
func Of(p *plan.Plan) change.Change {
	former := p.Change()
	c := former
	c.Former, c.Known, c.Program, c.Plan = former.Name, map[string]change.Know{}, "", plan.Version
	c.Name = regexp.MustCompile(`-\d+$`).ReplaceAllString(former.Name, "")
	if c.Path == change.PathExpired || c.Path == change.PathDomain || c.Path == change.PathFirst {
		c.Path = change.PathSigned
	}
	if first.BySelf(p.Scope()) {
		c.Path = change.PathRegenerate
	}
	if pin, _, _ := plan.Route(p); pin != nil {
		c.Known[""] = change.Know{HostKey: pin}
	}
	c.Solution.Clusters = nil
	for _, old := range former.Solution.Clusters {
		var one vos.Cluster
		for _, n := range old.Nodes {
			n, _ = p.Node(n.FQDN)
			one.Nodes = append(one.Nodes, n)
			if key, legacy := p.Pin(n.FQDN); key != nil || legacy {
				c.Known[n.FQDN] = change.Know{HostKey: key, Legacy: legacy}
			}
		}
		c.Solution.Clusters = append(c.Solution.Clusters, one)
	}
	return c
}

// Settled says why a plan can no longer be changed, English source; "" where it can: nothing was changed on a node yet, and nothing was
// begun that changes one.
func Settled(p *plan.Plan) string {
	if p.Change().Lab != nil {
		return "the nodes of the lab are given"
	}
	for _, row := range p.Rows() {
		for _, t := range row.Tasks {
			if t.Changed || row.Step.Risk != plan.Looks && t.State != plan.Idle {
				return "a node was already changed: start a new change"
			}
		}
	}
	return ""
}
