package form

import (
	"errors"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// field is one thing that the form asks for: a text, one of several options, marks on several, or yes or no.
type field struct {
	line    int // of the table, which it belongs to
	ask     string
	hint    string
	text    *string
	list    bool   // a pasted list of nodes is taken here
	example string // stands in the empty field
	usual   string // what an empty text is taken for
	check   func(text string) error
	options []option
	chosen  int
	choose  func(i int)
	add     func(i int) error // says the chosen thing besides nodes; a new field comes before this one
	ends    func(i int) bool  // the plan is made when this option is taken; nil: it never is
	marks   []string          // what can be marked
	on      []int             // the marked ones
	mark    func(on []int)
	yes, no string // the answers of a question of yes or no
	is      bool
	say     func(yes bool)
}

type option struct {
	label, text string
	off         string // why it cannot be taken now, or ""
}

// widget is the field that asks for it.
func (one field) widget(t layout.Theme) ask.Field {
	switch {
	case one.text != nil:
		return ask.NewText(t, one.ask, *one.text, one.example, one.check)
	case one.marks != nil:
		return ask.NewMarks(t, one.ask, one.marks, one.on, func(on []int) error {
			if len(on) == 0 {
				return errors.New(t.Say("Select at least one node with Space."))
			}
			return nil
		})
	case one.say != nil:
		return ask.NewYesNo(t, one.ask, one.yes, one.no, one.is)
	}
	options := make([]ask.Option, len(one.options))
	for i, o := range one.options {
		options[i] = ask.Option{Label: o.label, Off: o.off}
	}
	return ask.NewChoice(t, one.ask, options, one.chosen)
}

// Lines of the table; nodes and extras have their own behind these.
const (
	lineStart = iota
	lineName
	linePath
	lineMore
	lineFirst
)

func nodeLine(i int) int  { return lineFirst + i }
func extraLine(i int) int { return lineFirst + MaxNodes + i }

// fields are what is asked for, in order; they depend on the answers so far.
func (s *Form) fields(t layout.Theme) []field {
	v := &s.values
	var all []field
	if s.offers {
		all = append(all, s.startField(t))
	}
	all = append(all, field{line: lineName, ask: t.Say("Name"), hint: t.Say("You will resume the change by this name. Enter alone: %s.", UsualName), text: &v.name, example: t.Say("such as HQ renewal"),
		usual: UsualName, check: func(string) error { return nil }}, s.pathField(t))
	for i := range v.nodes {
		n := &v.nodes[i]
		all = append(all, s.kindField(t, i))
		if n.kind < 0 {
			break
		}
		both := s.nodeFields(t, n, nodeLine(i), t.Say("Node %d", i+1))
		both[0].list = true
		all = append(all, both...)
	}
	if !v.more() {
		return all
	}
	for i := range v.extra {
		all = append(all, s.extraFields(t, i)...)
	}
	return append(all, s.moreField(t))
}

// nodeFields ask for the name of a node and where it is dialled.
func (s *Form) nodeFields(t layout.Theme, n *node, line int, who string) []field {
	return []field{{line: line, ask: t.Say("FQDN of %s", who), hint: t.Say("People and certificates use this name, never an address. A pasted list becomes several nodes."), example: t.Say("such as uccx1.example.com"), text: &n.fqdn,
		check: func(text string) error { return s.values.checkName(t, n, text) }},
		{line: line, ask: t.Say("IP address or NAT for %s (optional)", who), hint: t.Say("10.0.0.5, or host 22=40022 behind NAT. manual: by hand. Enter alone: use the name."), example: t.Say("use the name"), text: &n.address,
			check: checkAddress}}
}

func (s *Form) pathField(t layout.Theme) field {
	one := field{line: linePath, ask: t.Say("What do you want to do"), choose: func(i int) { s.values.path = steps.Paths()[i].ID }}
	for i, p := range steps.Paths() {
		one.options = append(one.options, option{label: t.Say(p.Title), text: t.Say(p.When)})
		if p.ID == s.values.path {
			one.chosen = i
		}
	}
	return one
}

// kindField asks what a node is; behind the first one the answer may be that there are no more.
func (s *Form) kindField(t layout.Theme, i int) field {
	n := &s.values.nodes[i]
	one := field{line: nodeLine(i), list: true, ask: t.Say("Product and role of node %d", i+1), chosen: n.kind, choose: func(k int) { n.kind = k }}
	if i > 0 {
		one.ends = func(k int) bool { return k == 0 && len(s.values.extra) == 0 && s.values.path != change.PathThirdParty }
		one.options = append(one.options, option{label: t.Say(nodesEnd(noNode))}, option{label: t.Say(nodesEnd(moreThanNodes)),
			text: t.Say("Peers, script servers, new certificates on some nodes only, a multi-server certificate")})
		one.chosen = map[int]int{noNode: 0, moreThanNodes: 1}[n.kind]
		if n.kind >= 0 {
			one.chosen = n.kind + 2
		}
		one.choose = func(k int) {
			n.kind = []int{noNode, moreThanNodes}[min(k, 1)]
			if k > 1 {
				n.kind = k - 2
			}
		}
	}
	for _, k := range kinds() {
		o := option{label: t.T(k.label)}
		if k.product.Traits().Peer {
			o.text = t.Say("Its certificate is replaced. A node that is only trusted is a peer.")
		}
		one.options = append(one.options, o)
	}
	return one
}

// extraFields ask for a thing besides nodes.
func (s *Form) extraFields(t layout.Theme, i int) []field {
	x, line := &s.values.extra[i], extraLine(i)
	switch x.kind {
	case extraPeers:
		one := field{line: line, ask: t.Say("Product and role of the peer"), hint: t.Say("Not changed. Only its trust relations are checked."), chosen: x.node.kind + 1, choose: func(k int) { x.node.kind = k - 1 },
			options: []option{{label: t.Say("Remove this peer")}}}
		for _, k := range kinds() {
			one.options = append(one.options, option{label: t.T(k.label)})
		}
		if x.node.kind < 0 {
			return []field{one}
		}
		return append([]field{one}, s.nodeFields(t, &x.node, line, t.Say("the peer"))...)
	case extraCall:
		return callFields(t, x, line)
	case extraSome:
		return []field{s.someField(t, line)}
	case extraPublic:
		return []field{s.publicField(t, line)}
	}
	return []field{{line: line, ask: t.Say("Multi-server certificate with the names of %s", shorts(s.values.pair())), hint: t.Say(SharedText),
		yes: t.Say("Yes"), no: t.Say("No, one certificate per node"), is: !x.not, say: func(yes bool) { x.not = !yes }}}
}

// SharedText is what a technician has to know before a certificate is shared.
const SharedText = "Needs release 11.6 (11.6(2) is safer). CCP is never included. You generate the CSR in OS Administration of the publisher. From 14SU2 you also upload the certificate there."

func callFields(t layout.Theme, x *extra, line int) []field {
	check := func(host, dial string) error {
		if strings.TrimSpace(host) == "" {
			return nil
		}
		_, err := parseTarget(host, dial)
		return err
	}
	all := []field{{line: line, ask: t.Say("Script server"), hint: t.Say("As written in the scripts: api.example.net, or api.example.net:8443. Empty: none."), example: t.Say("such as api.example.net"), text: &x.host,
		check: func(text string) error { return check(text, "") }}}
	if strings.TrimSpace(x.host) == "" {
		return all
	}
	return append(all, field{line: line, ask: t.Say("IP address or NAT of the server (optional)"), hint: t.Say("10.0.0.9 or 10.0.0.9:40443. Enter alone: use the name."), example: t.Say("use the name"), text: &x.dial,
		check: func(text string) error { return check(x.host, text) }})
}

// someField asks which nodes get a new certificate.
func (s *Form) someField(t layout.Theme, line int) field {
	return s.marksField(t, line, t.Say("Nodes that get a new certificate"), t.Say("Space selects. Other nodes keep their certificates and get the CA certificates that they need."),
		func(n node) bool { return !n.stays }, func(n *node, on bool) { n.stays = !on })
}

// publicField asks which nodes get their certificate from a public CA.
func (s *Form) publicField(t layout.Theme, line int) field {
	return s.marksField(t, line, t.Say("Nodes with a certificate from a public CA"), publicText(t), func(n node) bool { return n.public }, func(n *node, on bool) { n.public = on })
}

// marksField asks of which nodes something is true.
func (s *Form) marksField(t layout.Theme, line int, ask, hint string, is func(node) bool, set func(n *node, on bool)) field {
	one := field{line: line, ask: ask, hint: hint, marks: []string{}, mark: func(on []int) {
		for i := range s.values.there() {
			set(&s.values.nodes[i], slices.Contains(on, i))
		}
	}}
	for i, n := range s.values.there() {
		if is(n) {
			one.on = append(one.on, i)
		}
		one.marks = append(one.marks, t.Pad(t.T(kinds()[n.kind].label), 21)+" "+cert.Printable(n.name()))
	}
	return one
}

// publicText is what a public CA for single nodes is for.
func publicText(t layout.Theme) string {
	return t.Say("For nodes that customers reach from the internet, such as CCP for chat. Their certificates may arrive later " +
		"than the others.")
}

// moreField asks what else there is to say; nothing, for most.
func (s *Form) moreField(t layout.Theme) field {
	v := &s.values
	one := field{line: lineMore, ask: t.Say("More options"), ends: func(k int) bool { return k == 0 }, options: []option{{label: t.Say("None")},
		{label: t.Say("Peer"), text: t.Say("not changed, but part of a trust relation: Unified CM, a separate CUIC")},
		{label: t.Say("Script server"), text: t.Say("its chain is uploaded to the UCCX trust store")},
		{label: t.Say("New certificates on some nodes only"), text: t.Say("the other nodes keep theirs and get the CA certificates that they need")},
		{label: t.Say("Multi-server certificate for both UCCX nodes"), text: t.Say(SharedText)},
		{label: t.Say("Public CA for some nodes"), text: publicText(t)}}}
	for k := range one.options[1:] {
		if off := v.offBecause(extraKind(k)); off != "" {
			one.options[k+1].off = t.Say(off)
		}
	}
	one.add = func(k int) error {
		if off := v.offBecause(extraKind(k - 1)); off != "" {
			return errors.New(t.Say(off))
		}
		x := extra{kind: extraKind(k - 1)}
		if x.kind == extraPeers {
			x.node.kind = slices.IndexFunc(kinds(), func(k kindOf) bool { return k.product.Traits().Peer })
		}
		v.extra = append(v.extra, x)
		if x.kind == extraPublic {
			return v.byPublicCA(nil)
		}
		return nil
	}
	return one
}

// shorts are host names with commas between them, printable.
func shorts(fqdns []string) string {
	var names []string
	for _, n := range fqdns {
		names = append(names, cert.Printable(layout.Short(n)))
	}
	return strings.Join(names, ", ")
}
