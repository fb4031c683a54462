package form

import (
	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// table is what was answered so far, a line for the change and one for each node and each thing besides, and the line of
// the field.
func (s *Form) table(t layout.Theme, one field, w int) (lines []string, cursor int) {
	v := &s.values
	add := func(line int, label, text string) {
		if line == one.line {
			cursor = len(lines)
		}
		lines = append(lines, formLine(t, line == one.line, label, text, w))
	}
	if s.offers && (one.line == lineStart || s.From() != "") {
		from := t.Dim.Render(t.Say("typed"))
		if name := s.From(); name != "" {
			from = t.Say("saved solution %s", cert.Printable(name))
		}
		add(lineStart, t.Say("Nodes"), from)
	}
	add(lineName, t.Say("Name"), cert.Printable(v.name))
	add(linePath, t.Say("Task"), t.Say(titles.OfPath(v.path)))
	for i := range v.nodes {
		n := &v.nodes[i]
		if n.kind < 0 {
			if nodeLine(i) == one.line {
				add(nodeLine(i), t.Say("Node %d", i+1), t.Dim.Render(t.Say(nodesEnd(n.kind))))
			}
			break
		}
		add(nodeLine(i), t.Say("Node %d", i+1), s.nodeText(t, n, w))
	}
	for i := range v.extra {
		label, text := s.extraText(t, &v.extra[i], w)
		add(extraLine(i), label, text)
	}
	if one.line == lineMore {
		add(lineMore, t.Say("Options"), t.Dim.Render(one.options[0].label))
	}
	return lines, cursor
}

// nodeText is a node of the table: what it is, its name, where it is dialled. Products and names stand in columns that are as wide
// as the longest of them; the address of a node has what room is left, and a name without one all of it.
func (s *Form) nodeText(t layout.Theme, n *node, w int) string {
	kinds, products, names := kinds(), 0, 0
	each := func(n *node) {
		if n.kind >= 0 {
			products, names = max(products, layout.Width(t.T(kinds[n.kind].label))), max(names, layout.Width(cert.Printable(n.fqdn)))
		}
	}
	for i := range s.values.nodes {
		each(&s.values.nodes[i])
	}
	for i := range s.values.extra {
		if x := &s.values.extra[i]; x.kind == extraPeers {
			each(&x.node)
		}
	}
	rest := max(w-labelRoom-products-4, 12)
	name := cert.Printable(n.fqdn)
	if n.address != "" {
		name = t.Pad(name, min(names, max(rest*3/5, 12))) + "  " + t.Dim.Render(cert.Printable(n.address))
	}
	return t.Pad(t.T(kinds[n.kind].label), products) + "  " + t.Fit(name, rest)
}

// extraText is a thing besides nodes as the table shows it.
func (s *Form) extraText(t layout.Theme, x *extra, w int) (label, text string) {
	switch x.kind {
	case extraPeers:
		if x.node.kind < 0 {
			return t.Say("Peer"), t.Dim.Render(t.Say("removed"))
		}
		return t.Say("Peer"), s.nodeText(t, &x.node, w)
	case extraCall:
		return t.Say("Scripts"), cert.Printable(x.host) + " " + t.Dim.Render(cert.Printable(x.dial))
	case extraSome:
		names := s.values.some()
		if names == nil {
			return t.Say("Replace"), t.Dim.Render(t.Say("all nodes"))
		}
		return t.Say("Replace"), t.Say("only %s", shorts(names))
	case extraPublic:
		if names := s.values.public(); names != nil {
			return t.Say("Public CA"), shorts(names)
		}
		return t.Say("Public CA"), t.Dim.Render(t.Say("no node"))
	}
	if x.not {
		return t.Say("Shared"), t.Dim.Render(t.Say("no, one per node"))
	}
	if s.values.pair() == nil {
		return t.Say("Shared"), t.Red.Render(t.Say("not possible: needs both UCCX nodes"))
	}
	return t.Say("Shared"), t.Say("one certificate for %s", shorts(s.values.pair()))
}

// labelRoom is the column of labels.
const labelRoom = 10

func formLine(t layout.Theme, here bool, label, text string, w int) string {
	mark := "  "
	if here {
		mark = t.Accent.Render(t.Next) + " "
	}
	return t.Fit(mark+t.Dim.Render(t.Pad(label, labelRoom-1))+" "+text, w)
}

// nodesEnd is what stands where the nodes end.
func nodesEnd(kind int) string {
	if kind == moreThanNodes {
		return "More options"
	}
	return "Done"
}
