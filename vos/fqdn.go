package vos

import (
	"errors"
	"net"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

var fqdnForm = lazyregexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$`)

// CheckFQDN says what is wrong with the full name of a node: people and certificates use it, never an address or a short
// name (PRE-2). The errors are English sources of the language function.
func CheckFQDN(text string) error {
	switch {
	case net.ParseIP(text) != nil:
		return errors.New("Enter the FQDN, not an IP address.")
	case !strings.Contains(text, "."):
		return errors.New("Enter the full name, for example uccx1.example.com.")
	case !fqdnForm.MatchString(text) || len(text) > 253:
		return errors.New("This is not a valid host name.")
	}
	return nil
}

// JoinPeer adds a node that is not changed. One that stands there already is an error.
func (s *Solution) JoinPeer(n Node) error {
	same := func(o Node) bool { return strings.EqualFold(o.FQDN, n.FQDN) }
	if _, twice := s.Find(same); twice || slices.ContainsFunc(s.Peers, same) {
		return msg.Errorf("%s is listed twice", n.FQDN)
	}
	s.Peers = append(s.Peers, n)
	return nil
}

// Join adds a node: a subscriber to the cluster of the last publisher of its product, any other as a cluster of its own.
func (s *Solution) Join(n Node) error {
	if _, twice := s.Node(n.FQDN); twice {
		return msg.Errorf("%s is listed twice", n.FQDN)
	}
	if n.Role != Subscriber {
		s.Clusters = append(s.Clusters, Cluster{Nodes: []Node{n}})
		return nil
	}
	for i := len(s.Clusters) - 1; i >= 0; i-- {
		if first := s.Clusters[i].Nodes[0]; first.Product == n.Product && first.Role == Publisher {
			s.Clusters[i].Nodes = append(s.Clusters[i].Nodes, n)
			return nil
		}
	}
	return msg.Errorf("List the publisher of %s before it.", n.FQDN)
}
