package vos

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert/san"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
)

// Product is one of the products of a solution, spelled as session files spell it.
type Product string

// The products of the source documents. SocialMiner was renamed CCP; both are CCP here.
const (
	UCCX       Product = "uccx"
	CCP        Product = "ccp"
	MediaSense Product = "mediasense"
	Finesse    Product = "finesse"
	CUIC       Product = "cuic"
	LiveData   Product = "livedata"
	CUCM       Product = "cucm"
)

// Role is the place of a node in its cluster.
type Role string

// Publisher is also the primary of Finesse, CUIC and Live Data; Standalone has no peer.
const (
	Publisher  Role = "publisher"
	Subscriber Role = "subscriber"
	Standalone Role = "standalone"
)

// Ports of a VOS appliance that this program dials.
const (
	PortSSH   = 22
	PortHTTPS = 443
	PortAdmin = 8443
)

// Node is one appliance. Its FQDN is its name everywhere: on screen, in the journal and in its certificate (PRE-2).
type Node struct {
	FQDN       string         `json:"fqdn"`
	Address    string         `json:"address,omitempty"` // host or IP to dial; empty: the FQDN
	Ports      map[int]string `json:"ports,omitempty"`   // port of the node -> "host:port" to dial instead, for NAT and the lab
	Product    Product        `json:"product"`
	Role       Role           `json:"role"`
	Release    Release        `json:"release,omitempty"` // empty until the node was asked
	Connection Connection     `json:"way,omitempty"`     // how it is spoken to; empty: SSH
	CA         string         `json:"ca,omitempty"`      // PublicCA, or empty: the CA of the change
}

// PublicCA is the CA of a node whose certificate must come from a public one: customers reach it from the internet (PRE-7).
const PublicCA = "public"

// CheckCA refuses a CA that is not known, and a public one for a name that no public CA signs (PRE-7).
func (n Node) CheckCA() error {
	switch {
	case n.CA != "" && n.CA != PublicCA:
		return msg.Errorf("%s: ca = %+q: only %q is known. Leave it out if the CA of the change signs", n.FQDN, n.CA, PublicCA)
	case n.CA == PublicCA && san.InternalName(n.FQDN):
		return msg.Errorf("%s: no public CA signs a private name. Leave the public CA out, or use a name that exists on the internet", n.FQDN)
	}
	return nil
}

// Dial returns the "host:port" at which the given port of the node is reached.
func (n Node) Dial(port int) string {
	if to, ok := n.Ports[port]; ok {
		return to
	}
	host := n.Address
	if host == "" {
		host = n.FQDN
	}
	return net.JoinHostPort(host, strconv.Itoa(port))
}

// Short returns the host name without its domain.
func (n Node) Short() string {
	host, _, _ := strings.Cut(n.FQDN, ".")
	return host
}

// TakesTrust reports whether CA certificates are uploaded on this node: the publisher replicates them (SIG-6).
func (n Node) TakesTrust() bool { return n.Role != Subscriber }

// Cluster is the nodes of one product, publisher first.
type Cluster struct {
	Nodes []Node `json:"nodes"`
}

// Solution is the clusters of one site, in the order in which they are restarted, and what they must trust.
type Solution struct {
	Name     string    `json:"name"`
	Clusters []Cluster `json:"clusters"`
	Peers    []Node    `json:"neighbours,omitempty"` // not changed tonight, but trusted or trusting: Unified CM, a CUIC of its own
	Targets  []Target  `json:"targets,omitempty"`    // third-party HTTPS services that scripts of UCCX call (REL-3)

	Route route.Route `json:"route,omitzero"` // how its nodes are reached; the zero one: directly
}

// Target is a third-party HTTPS service that scripts call by Get URL Document or Make REST Call (REL-3).
type Target struct {
	Host string `json:"host"`           // the name that the scripts call
	Port int    `json:"port,omitempty"` // zero: 443
	Dial string `json:"dial,omitempty"` // "host:port" to dial instead, for NAT and the lab
}

// Node is the target as something to probe; it has no product.
func (t Target) Node() Node {
	n := Node{FQDN: t.Host}
	if t.Dial != "" {
		n.Ports = map[int]string{t.At(): t.Dial}
	}
	return n
}

// At is the port on which the target is called.
func (t Target) At() int {
	if t.Port == 0 {
		return PortHTTPS
	}
	return t.Port
}

// Nodes returns all nodes, cluster by cluster, publisher first.
func (s Solution) Nodes() []Node {
	var all []Node
	for _, c := range s.Clusters {
		all = append(all, c.Nodes...)
	}
	return all
}

// Node returns the node of that FQDN, in any case of letters.
func (s Solution) Node(fqdn string) (Node, bool) {
	return s.Find(func(n Node) bool { return strings.EqualFold(n.FQDN, fqdn) })
}

// Find returns the first node that is wanted.
func (s Solution) Find(wanted func(Node) bool) (Node, bool) {
	for _, c := range s.Clusters {
		if i := slices.IndexFunc(c.Nodes, wanted); i >= 0 {
			return c.Nodes[i], true
		}
	}
	return Node{}, false
}

// Publisher returns the first node of the cluster that the given node belongs to.
func (s Solution) Publisher(fqdn string) (Node, bool) {
	for _, c := range s.Clusters {
		for _, n := range c.Nodes {
			if strings.EqualFold(n.FQDN, fqdn) {
				return c.Nodes[0], true
			}
		}
	}
	return Node{}, false
}

// Beside returns what a change of the solution does not change and its nodes may have to trust: neighbours, then the servers
// that scripts call.
func (s Solution) Beside() []Node {
	all := slices.Clone(s.Peers)
	for _, t := range s.Targets {
		all = append(all, t.Node())
	}
	return all
}
