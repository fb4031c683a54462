package sim

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// Topology is what stands in a lab. The lab keeps it on disk, so that it is the same when it is served again.
type Topology struct {
	Clusters []ClusterSpec `toml:"clusters"`
	Targets  []TargetSpec  `toml:"targets,omitempty"`
}

// ClusterSpec is one cluster of a lab. Names of hosts are without the lab's domain, the publisher first; one alone stands alone.
type ClusterSpec struct {
	Product   vos.Product         `toml:"product"`
	Hosts     []string            `toml:"hosts"`
	Profile   Profile             `toml:"profile,omitempty"`      // empty: the lab's
	Version   string              `toml:"version,omitempty"`      // as nodes print it; empty: the profile's
	Domain    string              `toml:"domain,omitempty"`       // empty: the lab's
	Neighbour bool                `toml:"neighbour,omitempty"`    // not part of the change: vos.Solution.Neighbours
	Open      []int               `toml:"open,omitempty"`         // ports that few nodes serve, and these do
	Nodes     map[string]NodeSpec `toml:"nodes,omitempty,inline"` // host -> what is different there
}

// NodeSpec are what is different on one node.
type NodeSpec struct {
	Profile Profile `toml:"profile,omitempty"`
	Version string  `toml:"version,omitempty"`
	Quirks  []Quirk `toml:"quirks,omitempty"`
	Domain  string  `toml:"domain,omitempty"` // empty: that of its cluster
}

// TargetSpec is a third-party HTTPS service that scripts call: a TLS port alone, with a CA of its own (REL-3).
type TargetSpec struct {
	Host  string `toml:"host"`            // full name
	Sends Sends  `toml:"sends,omitempty"` // what it sends of its chain
}

// Sends is how much of its chain a server sends.
type Sends string

// SendsChain: leaf and intermediate, as servers should. SendsLeaf: the leaf alone. SendsAll: the root too.
const (
	SendsChain Sends = ""
	SendsLeaf  Sends = "leaf"
	SendsAll   Sends = "all"
)

// Pairs is the topology of a lab that nothing more is said of: UCCX pairs and one CCP.
func Pairs(n int) Topology {
	var t Topology
	for i := range max(n, 1) {
		t.Clusters = append(t.Clusters, ClusterSpec{Product: vos.UCCX, Hosts: []string{fmt.Sprintf("uccx%d", 2*i+1), fmt.Sprintf("uccx%d", 2*i+2)}})
	}
	t.Clusters = append(t.Clusters, ClusterSpec{Product: vos.CCP, Hosts: []string{"ccp"}})
	return t
}

var (
	hostWord   = lazyregexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)
	targetWord = lazyregexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)
)

// check finds what no lab could be made of.
func (t Topology) check() error {
	seen := map[string]bool{}
	twice := func(host string) error {
		if seen[host] {
			return fmt.Errorf("host %s is listed twice", host)
		}
		seen[host] = true
		return nil
	}
	var all error
	for _, s := range t.Clusters {
		if _, known := vos.Lookup(s.Product, ""); !known {
			all = errors.Join(all, fmt.Errorf("product %q is not known", s.Product))
		}
		if len(s.Hosts) == 0 {
			all = errors.Join(all, fmt.Errorf("a cluster of %s has no host", s.Product))
		}
		for _, h := range s.Hosts {
			if !hostWord.MatchString(h) {
				all = errors.Join(all, fmt.Errorf("%q is no host name", h))
			}
			all = errors.Join(all, twice(strings.TrimSuffix(h+"."+cmp.Or(s.Nodes[h].Domain, s.Domain), ".")))
		}
		if s.Domain != "" && !targetWord.MatchString(s.Domain) {
			all = errors.Join(all, fmt.Errorf("%q is no domain", s.Domain))
		}
		for h := range maps.Keys(s.Nodes) {
			if !slices.Contains(s.Hosts, h) {
				all = errors.Join(all, fmt.Errorf("%s is no host of its cluster", h))
			}
			_, err := s.Nodes[h].Profile.spec()
			all = errors.Join(all, err, new(node).odd(s.Nodes[h].Quirks))
		}
		if _, err := s.Profile.spec(); err != nil {
			all = errors.Join(all, err)
		}
	}
	for _, x := range t.Targets {
		if !targetWord.MatchString(x.Host) {
			all = errors.Join(all, fmt.Errorf("%q is no full host name", x.Host))
		}
		all = errors.Join(all, twice(x.Host))
	}
	if len(t.Clusters) == 0 {
		all = errors.Join(all, errors.New("no cluster"))
	}
	return all
}

// build sets up the nodes.
func (c *Cluster) build() error {
	t := c.lab.topology()
	if err := t.check(); err != nil {
		return fmt.Errorf("lab: topology: %w", err)
	}
	for _, s := range t.Clusters {
		g := &group{neighbour: s.Neighbour}
		for i, host := range s.Hosts {
			role := vos.Subscriber
			switch {
			case len(s.Hosts) == 1:
				role = vos.Standalone
			case i == 0:
				role = vos.Publisher
			}
			n := c.add(g, host, s.Product, role)
			n.fqdn = host + "." + cmp.Or(s.Nodes[host].Domain, s.Domain, c.lab.Domain)
			if err := n.behave(c.lab.Profile, s); err != nil {
				return err
			}
		}
		c.groups = append(c.groups, g)
	}
	for _, x := range t.Targets {
		g := &group{}
		n := c.add(g, x.Host, "", vos.Standalone)
		n.fqdn, n.target = x.Host, &x
		if err := n.behave("", ClusterSpec{}); err != nil {
			return err
		}
		c.groups = append(c.groups, g)
	}
	return nil
}

// topology is what a lab was made with; older labs know the number of their pairs alone.
func (l labDisk) topology() Topology {
	switch {
	case l.Topology != nil:
		return *l.Topology
	case l.Scenario != nil:
		return l.Scenario.Topology
	}
	return Pairs(l.Pairs)
}

func (c *Cluster) add(g *group, host string, p vos.Product, r vos.Role) *node {
	i := len(c.nodes)
	n := &node{c: c, g: g, servedKeys: map[string]any{}, fqdn: host + "." + c.lab.Domain, host: host, product: p, role: r,
		ip: fmt.Sprintf("198.18.%d.%d", 10+i/200, 11+i%200), wires: map[*wire]struct{}{}, starting: map[string]time.Time{}}
	g.nodes = append(g.nodes, n)
	c.nodes = append(c.nodes, n)
	return n
}

// behave gives a node the manner of its profile, and what the release table says of its product and release.
func (n *node) behave(profile Profile, s ClusterSpec) (err error) {
	own := s.Nodes[n.host]
	if n.profileSpec, err = cmp.Or(own.Profile, s.Profile, profile).spec(); err != nil {
		return err
	}
	n.version = cmp.Or(own.Version, s.Version, n.version)
	if err = n.odd(own.Quirks); err != nil {
		return err
	}
	n.rough = n.rough || n.c.rough
	n.hasAPI()
	if n.target != nil {
		n.ports, n.mapped = []int{vos.PortHTTPS}, []int{vos.PortHTTPS}
		return nil
	}
	facts, _ := vos.Lookup(n.product, vos.Release(n.version))
	n.ecdsa = facts.ECDSA.Value == vos.ECDSASecond
	n.certType = n.certType && facts.ECDSA.Value == vos.ECDSAChoice
	n.ecdsa = n.ecdsa || n.servesEC && n.certType
	for _, p := range facts.Ports {
		n.mapped = append(n.mapped, p.Number)
		if !p.Rare() || slices.Contains(s.Open, p.Number) {
			n.ports = append(n.ports, p.Number)
		}
	}
	slices.Sort(n.ports)
	slices.Sort(n.mapped)
	if len(n.mapped) >= blockSize {
		return fmt.Errorf("lab: %s has more ports than a node can have", n.product)
	}
	return nil
}

// Solution returns the nodes, with the loopback addresses at which their ports are reached.
func (c *Cluster) Solution() vos.Solution {
	s := vos.Solution{Name: "lab"}
	for _, g := range c.groups {
		var one vos.Cluster
		for _, n := range g.nodes {
			if n.target != nil {
				s.Targets = append(s.Targets, vos.Target{Host: n.fqdn, Dial: n.portMap(n.base)[vos.PortHTTPS]})
				continue
			}
			one.Nodes = append(one.Nodes, vos.Node{FQDN: n.fqdn, Address: "127.0.0.1", Ports: n.portMap(n.base),
				Product: n.product, Role: n.role, Release: vos.Release(n.version)})
		}
		switch {
		case g.neighbour:
			s.Peers = append(s.Peers, one.Nodes...)
		case len(one.Nodes) > 0:
			s.Clusters = append(s.Clusters, one)
		}
	}
	return s
}
