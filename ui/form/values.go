package form

import (
	"cmp"
	"errors"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// MaxNodes is how many nodes the form takes. More stand in a solution file (docs/solutions.md).
const MaxNodes = 40

// kindOf is a product and a place in its cluster.
type kindOf struct {
	label   msg.Text
	product vos.Product
	role    vos.Role
}

// kinds are what a node can be, as the form and line mode ask for it: the products of the table and their places.
func kinds() []kindOf {
	var all []kindOf
	for _, p := range vos.Products() {
		f := p.Facts()
		for _, role := range f.Roles {
			all = append(all, kindOf{kindLabel(f, role), p, role})
		}
	}
	return all
}

func kindLabel(f vos.ProductFacts, r vos.Role) msg.Text {
	switch {
	case len(f.Roles) == 1:
		return msg.Verbatim(f.Label)
	case r == vos.Standalone:
		return msg.T("%s, single", f.Label)
	case f.Primary && r == vos.Publisher:
		return msg.T("%s primary", f.Label)
	case f.Primary:
		return msg.T("%s secondary", f.Label)
	case r == vos.Publisher:
		return msg.T("%s publisher", f.Label)
	}
	return msg.T("%s subscriber", f.Label)
}

// noNode ends the nodes of a form; moreThanNodes ends them too, and there is more to say (formmore.go).
const (
	noNode        = -1
	moreThanNodes = -2
)

// node is what is typed about one node.
type node struct {
	fqdn, address string
	kind          int  // index of kinds, or noNode, or moreThanNodes
	stays         bool // it keeps its certificate in this change
	public        bool // a public CA signs its certificate (PRE-7)
}

// Values are what is typed about a change.
type Values struct {
	name  string
	path  string // id; empty: signed by a CA
	nodes [MaxNodes]node
	extra []extra       // in the order in which they were said; none for most changes
	base  change.Change // what it began with: it has what the form does not ask for
}

// UsualName is what a change without a name is called.
const UsualName = "renewal"

// NewValues is a change without nodes.
func NewValues(name, path string) Values {
	v := Values{name: name, path: path}
	for i := range v.nodes {
		v.nodes[i].kind = noNode
	}
	return v
}

// newValues is the usual solution: a UCCX pair and a chat node.
func newValues() Values {
	v := NewValues("", change.PathSigned)
	v.nodes[0].kind, v.nodes[1].kind, v.nodes[2].kind = 0, 1, 3
	return v
}

// checkFQDN holds what was typed against the rule for names (PRE-2); a node that is not there needs none.
func checkFQDN(t layout.Theme, kind int, text string) error {
	if kind < 0 {
		return nil
	}
	if err := vos.CheckFQDN(strings.TrimSpace(text)); err != nil {
		return errors.New(t.Error(err))
	}
	return nil
}

// checkName is checkFQDN, and refuses a name that another node or neighbour has: it is told where it is typed.
func (v *Values) checkName(t layout.Theme, n *node, text string) error {
	if err := checkFQDN(t, n.kind, text); err != nil || n.kind < 0 {
		return err
	}
	name := strings.ToLower(strings.TrimSpace(text))
	for i := range v.there() {
		if other := &v.nodes[i]; other != n && other.name() == name {
			return errors.New(t.Say("%s is already node %d", name, i+1))
		}
	}
	for i := range v.extra {
		if other := &v.extra[i]; other.kind == extraPeers && &other.node != n && other.node.kind >= 0 && other.node.name() == name {
			return errors.New(t.Say("%s is already a peer", name))
		}
	}
	return nil
}

// ParseAddress reads where a node is dialled: "host", "host:port" for another SSH port, and "port=port" pairs behind it
// for NAT and labs: "host 22=40022 8443=40843". Empty text is the FQDN.
func ParseAddress(text string) (host string, ports map[int]string, err error) {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return "", nil, nil
	}
	host, fields = fields[0], fields[1:]
	if h, p, err := net.SplitHostPort(host); err == nil {
		host, fields = h, append(fields, "22="+p)
	}
	for _, pair := range fields {
		from, to, ok := strings.Cut(pair, "=")
		a, err1 := strconv.ParseUint(from, 10, 16)
		b, err2 := strconv.ParseUint(to, 10, 16)
		if !ok || err1 != nil || err2 != nil || a == 0 || b == 0 {
			return "", nil, msg.Errorf("%q is not valid. Enter node port = port to dial, for example 8443=40843.", pair)
		}
		if ports == nil {
			ports = map[int]string{}
		}
		ports[int(a)] = net.JoinHostPort(host, to)
	}
	return host, ports, nil
}

// cutConnection takes the word that says how a node is spoken to out of an address: "10.0.0.5 manual", or "manual" alone.
func cutConnection(text string) (address string, way vos.Connection) {
	var rest []string
	for _, word := range strings.Fields(text) {
		if w, err := vos.ParseConnection(strings.ToLower(word)); err == nil {
			way = w
		} else {
			rest = append(rest, word)
		}
	}
	return strings.Join(rest, " "), way
}

// checkAddress holds what was typed against both.
func checkAddress(text string) error {
	address, _ := cutConnection(text)
	_, _, err := ParseAddress(address)
	return err
}

// change makes the solution of what was typed: nodes of one product follow their publisher.
func (v *Values) Change() (change.Change, error) {
	c := change.Change{Name: strings.TrimSpace(v.name), Path: cmp.Or(v.path, change.PathSigned), Unit: "tomcat"}
	c.Solution.Name = c.Name
	if c.Name == "" {
		return c, errors.New("Enter a name.")
	}
	for _, n := range v.there() {
		one, err := n.node()
		if err == nil {
			err = c.Solution.Join(v.kept(one))
		}
		if err != nil {
			return c, err
		}
	}
	if len(c.Solution.Clusters) == 0 {
		return c, msg.Errorf("Add at least one node.")
	}
	err := v.addExtras(&c)
	v.keep(&c)
	return c, err
}

// there are the nodes up to the first one that is none.
func (v *Values) there() []node {
	for i := range v.nodes {
		if v.nodes[i].kind < 0 {
			return v.nodes[:i]
		}
	}
	return v.nodes[:]
}

func (n node) node() (vos.Node, error) {
	kind := kinds()[n.kind]
	if err := vos.CheckFQDN(strings.TrimSpace(n.fqdn)); err != nil {
		return vos.Node{}, err
	}
	address, way := cutConnection(n.address)
	host, ports, err := ParseAddress(address)
	one := vos.Node{Connection: way, FQDN: n.name(), Address: host, Ports: ports, Product: kind.product, Role: kind.role}
	if n.public {
		one.CA = vos.PublicCA
	}
	if err == nil {
		err = one.CheckCA()
	}
	return one, err
}

// name is the full name as certificates have it.
func (n node) name() string { return strings.ToLower(strings.TrimSpace(n.fqdn)) }

// anyNamed reports whether the name of a node was typed.
func (v *Values) anyNamed() bool {
	return slices.ContainsFunc(v.there(), func(n node) bool { return n.name() != "" })
}
