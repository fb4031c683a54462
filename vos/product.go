package vos

import "strings"

// mark is a service by which a product is told.
type mark struct {
	name    string // part of the service's name, in small letters
	product Product
}

// marks are in the order in which they count: a UCCX node runs services of Finesse and CUIC too, and CUIC may share its node
// with Live Data. UCCX is from its guide (vos-facts 1.5); of the others, Guess [I]: no source lists their services.
func marks() []mark {
	return []mark{{"unified ccx engine", UCCX}, {"cisco callmanager", CUCM}, {"mediasense", MediaSense}, {"ccp ", CCP}, {"socialminer", CCP},
		{"finesse tomcat", Finesse}, {"intelligence center", CUIC}, {"live data", LiveData}}
}

// ProductOf tells a product by the services that a node lists; ok is false where none of them tells.
func ProductOf(all []Service) (p Product, ok bool) {
	for _, m := range marks() {
		for _, s := range all {
			if strings.Contains(strings.ToLower(s.Name)+" ", m.name) && s.Reason != "Service Not Activated" {
				return m.product, true
			}
		}
	}
	return "", false
}

// Discovered makes the nodes of a cluster of its list (show network cluster), publisher first. self is the node that was
// asked; where the list does not name it, it stands alone. A member without a full name gets the domain of the asked node.
func Discovered(self About, p Product, members []Member) []Node {
	one := Node{FQDN: strings.ToLower(self.FQDN()), Product: p, Role: Standalone, Release: Release(self.Version)}
	var nodes []Node
	for _, m := range members {
		n := Node{FQDN: strings.ToLower(m.Name(self.Domain)), Product: p, Role: m.Role}
		switch {
		case CheckFQDN(n.FQDN) != nil:
			continue
		case strings.EqualFold(m.Host, self.Host):
			n.FQDN, n.Release = one.FQDN, one.Release
		}
		if n.Role == Publisher {
			nodes = append([]Node{n}, nodes...)
		} else {
			nodes = append(nodes, n)
		}
	}
	switch {
	case len(nodes) < 2:
		return []Node{one}
	case nodes[0].Role != Publisher: // nobody says that it is: the first stands in front
		nodes[0].Role = Publisher
	}
	return nodes
}

// Name is the full name of a member, with a domain where the list prints none.
func (m Member) Name(domain string) string {
	name := m.FQDN
	if !strings.Contains(name, ".") || strings.Trim(name, "0123456789.") == "" {
		name = m.Host
	}
	if !strings.Contains(name, ".") && domain != "" {
		name += "." + domain
	}
	return name
}
