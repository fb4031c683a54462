package form

import (
	"cmp"
	"maps"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Of is the form of a change that is there already: its nodes stand in it, and the last field is asked for. An error tells that the
// form has no room for it.
func Of(t layout.Theme, c change.Change) (*Form, error) {
	s := New(t)
	s.title = t.Say("Change the plan")
	return s, s.load(c)
}

// load fills the form with a change.
func (s *Form) load(c change.Change) error {
	v, err := ValuesOf(s.theme, c)
	if err != nil {
		return err
	}
	s.values = v
	s.to(len(s.fields(s.theme)) - 1)
	return nil
}

// Join is Join of the values; the last field is asked for.
func (s *Form) Join(nodes []vos.Node, known map[string]change.Know) error {
	err := s.values.Join(s.theme, nodes, known)
	if err == nil {
		s.values.name = cmp.Or(s.values.name, UsualName)
		s.to(len(s.fields(s.theme)) - 1)
	}
	return err
}

// Join adds nodes that were found, and the host keys that a person compared. What was typed stays; a node that is there already is
// left as it is.
func (v *Values) Join(t layout.Theme, nodes []vos.Node, known map[string]change.Know) error {
	var all []node
	for _, n := range v.there() {
		if n.name() != "" {
			all = append(all, n)
		}
	}
	for _, n := range nodes {
		if !v.has(n.FQDN) {
			all = append(all, nodeOf(n))
		}
	}
	if err := v.fill(t, all); err != nil {
		return err
	}
	v.base.Known = maps.Clone(v.base.Known)
	if v.base.Known == nil {
		v.base.Known = map[string]change.Know{}
	}
	maps.Copy(v.base.Known, known)
	return nil
}

// has reports whether a node or peer of that name is in the form.
func (v *Values) has(fqdn string) bool {
	named := func(n node) bool { return n.kind >= 0 && n.name() == strings.ToLower(fqdn) }
	return slices.ContainsFunc(v.there(), named) || slices.ContainsFunc(v.extra, func(x extra) bool { return x.kind == extraPeers && named(x.node) })
}

// ValuesOf are the values of a change that is there already. An error tells that there is no room for it.
func ValuesOf(t layout.Theme, c change.Change) (Values, error) {
	v := NewValues(c.Name, c.Path)
	v.base = c
	all := c.Solution.Nodes()
	if len(all) > MaxNodes || len(c.Solution.Peers)+len(c.Solution.Targets)+2 > MaxExtra {
		return v, tooMany(t)
	}
	for i, n := range all {
		v.nodes[i] = nodeOf(n)
		v.nodes[i].stays = len(c.Replace) > 0 && !slices.ContainsFunc(c.Replace, func(fqdn string) bool { return strings.EqualFold(fqdn, n.FQDN) })
	}
	for _, n := range c.Solution.Peers {
		v.extra = append(v.extra, extra{kind: extraPeers, node: nodeOf(n)})
	}
	for _, target := range c.Solution.Targets {
		host := target.Host
		if target.Port != 0 {
			host = net.JoinHostPort(host, strconv.Itoa(target.Port))
		}
		v.extra = append(v.extra, extra{kind: extraCall, host: host, dial: target.Dial})
	}
	if len(c.Replace) > 0 {
		v.extra = append(v.extra, extra{kind: extraSome})
	}
	if c.MultiServer {
		v.extra = append(v.extra, extra{kind: extraShared})
	}
	return v, nil
}

// nodeOf is a node as it is typed.
func nodeOf(n vos.Node) node {
	one := node{fqdn: n.FQDN, kind: kindIndex(n.Product, n.Role), address: n.Address}
	for _, port := range slices.Sorted(maps.Keys(n.Ports)) {
		host, to, err := net.SplitHostPort(n.Ports[port])
		if err != nil {
			continue
		}
		if one.address == "" {
			one.address = host
		}
		one.address += " " + strconv.Itoa(port) + "=" + to
	}
	if n.Connection != "" {
		one.address = strings.TrimSpace(one.address + " " + string(n.Connection))
	}
	return one
}

// kept gives a node what the form does not ask for, from the change with which it began.
func (v *Values) kept(n vos.Node) vos.Node {
	for _, was := range append(v.base.Solution.Nodes(), v.base.Solution.Peers...) {
		if strings.EqualFold(was.FQDN, n.FQDN) {
			n.CA = was.CA
			if was.Product == n.Product {
				n.Release = was.Release
			}
		}
	}
	return n
}

// keep gives a change what the form does not ask for. A host key that was compared goes with the name and address of its node.
func (v *Values) keep(c *change.Change) {
	c.Solution.Route, c.Former, c.Known = v.base.Solution.Route, v.base.Former, nil
	if v.base.Unit != "" {
		c.Unit = v.base.Unit
	}
	for fqdn, known := range v.base.Known {
		was, before := v.base.Solution.Node(fqdn)
		if is, now := c.Solution.Node(fqdn); now && (!before || was.Dial(vos.PortSSH) == is.Dial(vos.PortSSH)) {
			if c.Known == nil {
				c.Known = map[string]change.Know{}
			}
			c.Known[fqdn] = known
		}
	}
}

// The first options of the field that asks how the nodes come into the form; saved solutions stand behind them.
const (
	startTyped = iota
	startAsked
	startSaved
)

// Offer lets the form begin with saved solutions, or by asking a node of each cluster. The field that is asked for stays, and so does
// its mark: the solutions are read while keys are pressed.
func (s *Form) Offer(saved []app.Saved) {
	first := !s.offers
	s.offers, s.saved = true, saved
	at := s.at
	if first && s.Begun() {
		at++
	}
	mark := s.marked()
	switch {
	case s.asked.line == lineStart && mark >= 0:
		s.to(at)
		s.asked.chosen = mark
		s.field = s.asked.widget(s.theme)
	case s.asked.line == lineStart || first:
		s.to(at)
	}
}

// startField asks how the nodes come into the form.
func (s *Form) startField(t layout.Theme) field {
	one := field{line: lineStart, ask: t.Say("How do you want to enter the nodes"), chosen: s.start, options: []option{
		{label: t.Say("Type or paste them"), text: t.Say("One by one, or a list: one per line, separated by commas, or the cells of a table")},
		{label: t.Say("Discover: ask one node of each cluster"), text: t.Say("Logs in to a node and reads which nodes its cluster has. Nothing is changed.")}}}
	typed := s.values.anyNamed()
	for i, saved := range s.saved {
		o := option{label: t.Say("Saved solution %s", cert.Printable(saved.Name)), text: t.T(msg.N("1 node", "%d nodes", len(saved.Change.Solution.Nodes()))) + ": " + shorts(names(saved.Change.Solution.Nodes()))}
		switch {
		case saved.Err != nil:
			o.off = layout.OneLine(t.Error(saved.Err))
		case typed && s.start != startSaved+i:
			o.off = t.Say("the form already contains nodes; ctrl+x empties it")
		}
		one.options = append(one.options, o)
	}
	one.choose = func(i int) { s.start = i }
	return one
}

// names are the names of nodes.
func names(nodes []vos.Node) []string {
	var all []string
	for _, n := range nodes {
		all = append(all, n.FQDN)
	}
	return all
}

// Discovers reports whether Enter asks a node of a cluster.
func (s *Form) Discovers() bool { return s.asked.line == lineStart && s.marked() == startAsked }

// From is the saved solution with which the form began, or "".
func (s *Form) From() string {
	if i := s.start - startSaved; i >= 0 && i < len(s.saved) {
		return s.saved[i].Name
	}
	return ""
}

// begun takes the answer of the first field: a saved solution fills the form, if it is not in it already.
func (s *Form) begun() error {
	i := s.start - startSaved
	typed := s.values.anyNamed()
	if i < 0 || i >= len(s.saved) || typed {
		s.to(s.at + 1)
		return nil
	}
	return s.load(s.saved[i].Change)
}
