package solution

import "github.com/uccx-tui/uccx-tui/vos"

// Address is one TLS address of a solution.
type Address struct {
	Node vos.Node // with the release that was given; a script server has no product
	Role string   // place of the node in its cluster; "peer" or "script server" for what is not changed
	Port vos.Port
}

// Addresses are all addresses that clients open at a release: those of the nodes, of peers, and of the servers that scripts call.
func (f File) Addresses(r vos.Release) []Address {
	var all []Address
	add := func(n vos.Node, role string) {
		n.Release = r
		facts, _ := vos.Lookup(n.Product, r)
		for _, port := range facts.Ports {
			all = append(all, Address{n, role, port})
		}
	}
	for _, n := range f.Solution.Nodes() {
		add(n, string(n.Role))
	}
	for _, n := range f.Solution.Peers {
		add(n, "peer")
	}
	for _, t := range f.Solution.Targets {
		all = append(all, Address{t.Node(), "script server", vos.Port{Number: t.At(), Name: "script server"}})
	}
	return all
}
