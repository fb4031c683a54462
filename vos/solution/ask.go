package solution

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Found is what one node says of itself and of its cluster.
type Found struct {
	About   vos.About
	Product vos.Product // "": its services do not tell
	Members []vos.Member
}

// Ask reads what a node says of itself and of its cluster. Nothing is changed on it. A list that it refuses to print is empty.
func Ask(ctx context.Context, d vos.Driver) (Found, error) {
	about, err := d.About(ctx)
	if err != nil {
		return Found{}, err
	}
	services, err := d.Services(ctx)
	if err != nil && !errors.Is(err, vos.ErrRefused) {
		return Found{}, err
	}
	members, err := d.Members(ctx)
	if err != nil && !errors.Is(err, vos.ErrRefused) {
		return Found{}, err
	}
	product, _ := vos.ProductOf(services)
	return Found{About: about, Product: product, Members: members}, nil
}

// FQDN is the full name of the node that was asked, in small letters.
func (f Found) FQDN() string { return strings.ToLower(f.About.FQDN()) }

// Nodes are the nodes of the cluster, of a product; the node that was asked is dialled as it was dialled for that.
func (f Found) Nodes(p vos.Product, at vos.Node) []vos.Node {
	nodes := Discovered(f.About, p, f.Members)
	i := slices.IndexFunc(nodes, func(n vos.Node) bool { return n.FQDN == f.FQDN() })
	if i >= 0 && (len(at.Ports) > 0 || !strings.EqualFold(at.Address, f.FQDN())) {
		nodes[i].Address, nodes[i].Ports = at.Address, at.Ports
	}
	return nodes
}
