package print

import (
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// PlanHead names a change, its nodes where they are dialled, and what it does not change and its nodes must trust: peers and the
// servers that scripts call.
func PlanHead(c plan.Change, nodes []vos.Node) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, task %s\n\n", cert.Printable(c.Name), c.Unit, c.Path)
	for _, n := range nodes {
		fmt.Fprintf(&b, "  %-34s %-10s %-10s %s\n", n.FQDN, n.Product, n.Role, n.Dial(vos.PortSSH))
	}
	for _, n := range c.Solution.Neighbours {
		fmt.Fprintf(&b, "  %-34s %-10s peer       trust only\n", cert.Printable(n.FQDN), n.Product)
	}
	for _, t := range c.Solution.Targets {
		fmt.Fprintf(&b, "  %-34s %-10s script     port %d, trust only\n", cert.Printable(t.Host), "-", t.At())
	}
	return b.String() + "\n"
}
