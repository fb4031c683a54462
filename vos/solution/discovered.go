package solution

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Discovered makes the nodes of a cluster of its list (show network cluster), publisher first. self is the node that was
// asked; where the list does not name it, it stands alone. A member without a full name gets the domain of the asked node.
func Discovered(self vos.About, p vos.Product, members []vos.Member) []vos.Node {
	one := vos.Node{FQDN: strings.ToLower(self.FQDN()), Product: p, Role: vos.Standalone, Release: vos.Release(self.Version)}
	var nodes []vos.Node
	for _, m := range members {
		n := vos.Node{FQDN: strings.ToLower(m.Name(self.Domain)), Product: p, Role: m.Role}
		switch {
		case vos.CheckFQDN(n.FQDN) != nil:
			continue
		case strings.EqualFold(m.Host, self.Host):
			n.FQDN, n.Release = one.FQDN, one.Release
		}
		if n.Role == vos.Publisher {
			nodes = append([]vos.Node{n}, nodes...)
		} else {
			nodes = append(nodes, n)
		}
	}
	switch {
	case len(nodes) < 2:
		return []vos.Node{one}
	case nodes[0].Role != vos.Publisher: // no role is known: the first comes first
		nodes[0].Role = vos.Publisher
	}
	return nodes
}
