package ui

import "github.com/uccx-tui/uccx-tui/steps/plan"

// table is what was answered so far, a line for the change and one for each node and each thing besides, and the line of
// the field.
func (s *formView) table(f *face, one field, w int) (lines []string, cursor int) {
	v := &s.values
	add := func(line int, label, text string) {
		if line == one.line {
			cursor = len(lines)
		}
		lines = append(lines, f.formLine(line == one.line, label, text, w))
	}
	add(lineName, f.Say("name"), s.seen(one, &v.name))
	add(linePath, f.Say("task"), f.Say(plan.PathTitle(v.path)))
	for i := range v.nodes {
		n := &v.nodes[i]
		if n.kind < 0 {
			if nodeLine(i) == one.line {
				add(nodeLine(i), f.Say("Node %d", i+1), f.Dim.Render(f.Say(nodesEnd(n.kind))))
			}
			break
		}
		add(nodeLine(i), f.Say("Node %d", i+1), s.nodeText(f, one, n, w))
	}
	for i := range v.extra {
		label, text := s.extraText(f, one, &v.extra[i], w)
		add(extraLine(i), label, text)
	}
	if one.line == lineMore {
		add(lineMore, f.Say("options"), f.Dim.Render(one.options[one.chosen].label))
	}
	return lines, cursor
}

// nodeText is a node of the table: what it is, its name, where it is dialled.
func (s *formView) nodeText(f *face, one field, n *formNode, w int) string {
	rest := max(w-labelRoom-2-22-2, 20)
	name := f.Pad(s.seen(one, &n.fqdn), max(rest*3/5, 12))
	return f.Pad(f.Say(kinds[n.kind].label), 21) + " " + name + " " + f.Dim.Render(s.seen(one, &n.address))
}

// extraText is a thing besides nodes as the table shows it.
func (s *formView) extraText(f *face, one field, x *formExtra, w int) (label, text string) {
	switch x.kind {
	case extraNear:
		if x.node.kind < 0 {
			return f.Say("peer"), f.Dim.Render(f.Say("removed"))
		}
		return f.Say("peer"), s.nodeText(f, one, &x.node, w)
	case extraCall:
		return f.Say("scripts"), s.seen(one, &x.host) + " " + f.Dim.Render(s.seen(one, &x.dial))
	case extraSome:
		names := s.values.some()
		if names == nil {
			return f.Say("replace"), f.Dim.Render(f.Say("all nodes"))
		}
		return f.Say("replace"), f.Say("only %s", shorts(names))
	}
	if x.not {
		return f.Say("shared"), f.Dim.Render(f.Say("no, one per node"))
	}
	if s.values.pair() == nil {
		return f.Say("shared"), f.Red.Render(f.Say("not possible: needs both UCCX nodes"))
	}
	return f.Say("shared"), f.Say("one certificate for %s", shorts(s.values.pair()))
}

// labelRoom is the column of labels.
const labelRoom = 10

func (f *face) formLine(here bool, label, text string, w int) string {
	mark := "  "
	if here {
		mark = f.Accent.Render(f.Next) + " "
	}
	return f.Fit(mark+f.Dim.Render(f.Pad(label, labelRoom))+text, w)
}

// nodesEnd is what stands where the nodes end.
func nodesEnd(kind int) string {
	if kind == moreThanNodes {
		return "More options"
	}
	return "Done"
}
