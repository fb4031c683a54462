package ui

import (
	"errors"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// field is one thing that the form asks for: a text, one of several options, or marks on several.
type field struct {
	line    int // of the table, which it belongs to
	ask     string
	hint    string
	text    *string
	check   func(text string) error
	options []option
	chosen  int
	choose  func(i int)
	toggle  func(i int)       // sets or takes a mark; nil: one is chosen
	marked  func() bool       // there is a mark
	add     func(i int) error // says the chosen thing besides nodes; a new field comes before this one
	ends    bool              // the plan is made when this is taken
}

type option struct {
	label, text string
	off         string // why it cannot be taken now, or ""
}

// last reports whether the plan is made when the field is taken as it is.
func (one field) last() bool { return one.ends && (one.add == nil || one.chosen == 0) }

// Lines of the table; nodes and extras have their own behind these.
const (
	lineName = iota
	linePath
	lineMore
	lineFirst
)

func nodeLine(i int) int  { return lineFirst + i }
func extraLine(i int) int { return lineFirst + maxForm + i }

// fields are what is asked for, in order; they depend on the answers so far.
func (s *formView) fields(f *face) []field {
	v := &s.values
	all := []field{{line: lineName, ask: f.Say("Name"), hint: f.Say("You will resume the change by this name."), text: &v.name, check: func(text string) error {
		if strings.TrimSpace(text) == "" {
			return errors.New(f.Say("Enter a name."))
		}
		return nil
	}}, s.pathField(f)}
	for i := range v.nodes {
		n := &v.nodes[i]
		all = append(all, s.kindField(f, i))
		if n.kind < 0 {
			break
		}
		all = append(all, nodeFields(f, n, nodeLine(i), f.Say("Node %d", i+1))...)
	}
	if !v.more() {
		all[len(all)-1].ends = true
		return all
	}
	for i := range v.extra {
		all = append(all, s.extraFields(f, i)...)
	}
	return append(all, s.moreField(f))
}

// nodeFields ask for the name of a node and where it is dialled.
func nodeFields(f *face, n *formNode, line int, who string) []field {
	return []field{{line: line, ask: f.Say("FQDN of %s", who), hint: f.Say("For example uccx1.example.com. Not an IP address or a short name."), text: &n.fqdn,
		check: func(text string) error { return checkFQDN(f, n.kind, text) }},
		{line: line, ask: f.Say("IP address or NAT for %s (optional)", who), hint: f.Say("For example 10.0.0.5, or HOST 22=40022 behind NAT, or manual. Enter: use the name."), text: &n.address,
			check: checkAddress}}
}

func (s *formView) pathField(f *face) field {
	one := field{line: linePath, ask: f.Say("What do you want to do"), choose: func(i int) { s.values.path = steps.Paths()[i].ID }}
	for i, p := range steps.Paths() {
		one.options = append(one.options, option{label: f.Say(p.Title), text: f.Say(p.When)})
		if p.ID == s.values.path {
			one.chosen = i
		}
	}
	return one
}

// kindField asks what a node is; behind the first one the answer may be that there are no more.
func (s *formView) kindField(f *face, i int) field {
	n := &s.values.nodes[i]
	one := field{line: nodeLine(i), ask: f.Say("Product and role of node %d", i+1), chosen: n.kind, choose: func(k int) { n.kind = k }}
	if i > 0 {
		one.options = append(one.options, option{label: f.Say(nodesEnd(noNode))}, option{label: f.Say(nodesEnd(moreThanNodes)),
			text: f.Say("Peers, script servers, new certificates on some nodes only, a multi-server certificate")})
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
	for _, k := range kinds {
		o := option{label: f.Say(k.label)}
		if k.product == vos.CUCM {
			o.text = f.Say("Its certificate is replaced. A node that is only trusted is a peer.")
		}
		one.options = append(one.options, o)
	}
	return one
}

// extraFields ask for a thing besides nodes.
func (s *formView) extraFields(f *face, i int) []field {
	x, line := &s.values.extra[i], extraLine(i)
	switch x.kind {
	case extraNear:
		one := field{line: line, ask: f.Say("Product and role of the peer"), hint: f.Say("Not changed. Only its trust relations are checked."), chosen: x.node.kind + 1, choose: func(k int) { x.node.kind = k - 1 },
			options: []option{{label: f.Say("Remove this peer")}}}
		for _, k := range kinds {
			one.options = append(one.options, option{label: f.Say(k.label)})
		}
		if x.node.kind < 0 {
			return []field{one}
		}
		return append([]field{one}, nodeFields(f, &x.node, line, f.Say("the peer"))...)
	case extraCall:
		return callFields(f, x, line)
	case extraSome:
		return []field{s.someField(f, line)}
	}
	one := field{line: line, ask: f.Say("Multi-server certificate for both UCCX nodes"), choose: func(k int) { x.not = k == 1 }, options: []option{
		{label: f.Say("Yes, with the names of %s", shorts(s.values.pair())), text: f.Say(sharedText)}, {label: f.Say("No, one certificate per node")}}}
	if x.not {
		one.chosen = 1
	}
	return []field{one}
}

// sharedText is what a technician has to know before a certificate is shared.
const sharedText = "Needs release 11.6 (11.6(2) is safer). CCP is never included. You generate the CSR in OS " +
	"Administration of the publisher. From 14SU2 you also upload the certificate there."

func callFields(f *face, x *formExtra, line int) []field {
	check := func(host, dial string) error {
		if strings.TrimSpace(host) == "" {
			return nil
		}
		_, err := parseTarget(host, dial)
		return err
	}
	all := []field{{line: line, ask: f.Say("Script server"), hint: f.Say("For example api.example.net or api.example.net:8443, as in the script. Leave empty for none."), text: &x.host,
		check: func(text string) error { return check(text, "") }}}
	if strings.TrimSpace(x.host) == "" {
		return all
	}
	return append(all, field{line: line, ask: f.Say("IP address of the server (optional)"), hint: f.Say("For example 10.0.0.9 or 10.0.0.9:40443. Enter: use the name."), text: &x.dial,
		check: func(text string) error { return check(x.host, text) }})
}

// someField asks which nodes get a new certificate.
func (s *formView) someField(f *face, line int) field {
	all := s.values.there()
	one := field{line: line, ask: f.Say("Nodes that get a new certificate"), hint: f.Say("Space selects. Other nodes keep their certificates and get the CA certificates that they need."),
		toggle: func(i int) { s.values.nodes[i].stays = !s.values.nodes[i].stays },
		marked: func() bool { return slices.ContainsFunc(s.values.there(), func(n formNode) bool { return !n.stays }) }}
	for _, n := range all {
		mark := "[x] "
		if n.stays {
			mark = "[ ] "
		}
		one.options = append(one.options, option{label: mark + f.Pad(f.Say(kinds[n.kind].label), 21) + " " + cert.Printable(n.name())})
	}
	return one
}

// moreField asks what else there is to say; nothing, for most.
func (s *formView) moreField(f *face) field {
	v := &s.values
	one := field{line: lineMore, ask: f.Say("More options"), chosen: s.more, choose: func(k int) { s.more = k }, ends: true, options: []option{{label: f.Say("None")},
		{label: f.Say("Peer"), text: f.Say("not changed, but part of a trust relation: Unified CM, a separate CUIC")},
		{label: f.Say("Script server"), text: f.Say("its chain is uploaded to the UCCX trust store")},
		{label: f.Say("New certificates on some nodes only"), text: f.Say("the other nodes keep theirs and get the CA certificates that they need")},
		{label: f.Say("Multi-server certificate for both UCCX nodes"), text: f.Say(sharedText)}}}
	for k := range one.options[1:] {
		if off := v.offBecause(extraKind(k)); off != "" {
			one.options[k+1].off = f.Say(off)
		}
	}
	one.add = func(k int) error {
		if off := v.offBecause(extraKind(k - 1)); off != "" {
			return errors.New(off)
		}
		x := formExtra{kind: extraKind(k - 1)}
		if x.kind == extraNear {
			x.node.kind = slices.IndexFunc(kinds, func(k kindOf) bool { return k.product == vos.CUCM })
		}
		v.extra = append(v.extra, x)
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
