package sim

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/vos"
)

// service is one line of the main list, with the TLS ports behind which it stands.
type service struct {
	name  string
	off   string // why it is stopped
	still bool   // it is stopped, also where no reason is told
	ports []int
}

// services returns the list of a node: the base that all have, and what its product adds. Cisco Tomcat stands behind all
// ports that no other service has. Guess [I]: which service stands behind which port.
func (n *node) services() []service {
	base := []service{
		{name: "A Cisco DB"}, {name: "A Cisco DB Replicator"}, {name: "Cisco Certificate Change Notification"},
		{name: "Cisco Certificate Expiry Monitor"}, {name: "Cisco DRF Local"}, {name: "Cisco DRF Master"},
		{name: "Platform Administrative Web Service"},
	}
	free := slices.Clone(n.ports)
	for _, s := range servicesOf(n.product) {
		base = append(base, s)
		free = slices.DeleteFunc(free, func(p int) bool { return slices.Contains(s.ports, p) })
	}
	base = slices.Insert(base, 6, service{name: "Cisco Tomcat", ports: free})
	if n.listed != nil {
		return asServices(n.listed, base)
	}
	return base
}

// servicesOf is what a product adds, as the product table has it.
func servicesOf(p vos.Product) []service {
	var all []service
	for _, l := range p.Facts().Listed {
		all = append(all, service{name: l.Name, off: l.Off, ports: l.Ports})
	}
	return all
}
