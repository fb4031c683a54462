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

// servicesOf is what a product adds: of UCCX as its 15.0 guide names them (vos-facts 1.5), of the others a guess [I].
func servicesOf(p vos.Product) []service {
	switch p {
	case vos.UCCX:
		return uccxServices()
	case vos.CCP:
		return []service{{name: "CCP Application Server"}, {name: "CCP XMPP Server", ports: []int{7443}}}
	case vos.MediaSense:
		return []service{{name: "Cisco MediaSense API Service"}, {name: "Cisco MediaSense Call Control Service"}, {name: "Cisco MediaSense Database Service"}}
	case vos.Finesse:
		return []service{{name: "Cisco Finesse Tomcat", ports: []int{8445}}, {name: "Cisco Finesse Notification Service"}}
	case vos.CUIC:
		return []service{{name: "Cisco Unified Intelligence Center Reporting Service", ports: []int{8444}},
			{name: "Cisco Unified Intelligence Center Serviceability Service"}}
	case vos.LiveData:
		return []service{{name: "CCE Live Data Web Service", ports: []int{12005, 12008}}, {name: "CCE Live Data Storm Services"}}
	case vos.CUCM:
		return []service{{name: "Cisco CallManager"}, {name: "Cisco CTIManager"}, {name: "Cisco AXL Web Service"}, {name: "Cisco Tftp"},
			{name: "Cisco Certificate Authority Proxy Function"}, {name: "Cisco Trust Verification Service"}}
	}
	return nil
}

func uccxServices() []service {
	return []service{
		{name: "Cisco Finesse Tomcat", ports: []int{8445}},
		{name: "Cisco Identity Service", off: "Service Not Activated"},
		{name: "Cisco Unified CCX Administration"},
		{name: "Cisco Unified CCX CVD Dependent Webapp"},
		{name: "Cisco Unified CCX Cluster View Daemon"},
		{name: "Cisco Unified CCX Configuration API"},
		{name: "Cisco Unified CCX DB Perfmon Counter Service"},
		{name: "Cisco Unified CCX Database"},
		{name: "Cisco Unified CCX Engine"},
		{name: "Cisco Unified CCX Notification Service", ports: []int{7443}},
		{name: "Cisco Unified CCX Perfmon Counter Service"},
		{name: "Cisco Unified CCX SNMP Java Adapter"},
		{name: "Cisco Unified CCX Serviceability"},
		{name: "Cisco Unified CCX Socket.IO Service", ports: []int{12015}},
		{name: "Cisco Unified CCX Voice Subagent", off: "Commanded Out of Service"},
		{name: "Cisco Unified CCX WebServices"},
		{name: "Cisco Unified Intelligence Center Reporting Service", ports: []int{8444}},
		{name: "Cisco Unified Intelligence Center Serviceability Service"},
		{name: "Cisco Web Proxy Service", off: "Service Not Activated"},
	}
}
