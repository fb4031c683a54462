package draw

import (
	"cmp"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// The columns of the ports beside a step.
const (
	portsLabel = 20 // of a port
	portsCell  = 12 // of a node
	portsLeast = 45 // with room for why a port is not up
	portsLeave = 46 // for the step
)

// portsStandBeside reports whether the ports stand beside a row, and so not in it.
func portsStandBeside(f *View, row plan.Row) bool {
	return f.Width >= widestFrom && (row.Step.Risk == plan.Interrupts || row.Step.Role == plan.RoleProve)
}

// PortsWidth is how many of the w cells of a step the ports take beside it; 0 where they have no room there or the step is not
// about them.
func PortsWidth(f *View, row plan.Row, w int) int {
	if !portsStandBeside(f, row) {
		return 0
	}
	return min(max(portsLabel+portsCell*len(f.Plan.Nodes()), portsLeast), w-portsLeave)
}

// portBeside is a port of a node: how it stands, in a word or two, or why it is not up where its node is waited for.
type portBeside struct {
	node, label, state, why string // printable; the state is drawn
	port                    int
	waits                   bool // its node is waited for
}

// portsBeside are the ports of every node, in the order of the nodes and of their numbers: those that were read, and those of a node
// that is waited for.
func portsBeside(f *View) []portBeside {
	var all []portBeside
	read := f.Addresses()
	for _, n := range f.Plan.Nodes() {
		begin, wait := len(all), waitOf(f, n.FQDN)
		for _, one := range wait {
			p := portBeside{node: n.FQDN, port: one.Port, label: cert.Printable(one.Name), why: cert.Printable(f.T(one.Why)), waits: true}
			if one.Why.IsZero() {
				p.state = f.Green.Render(f.Done + " " + f.Say("up"))
			}
			all = append(all, p)
		}
		for _, a := range read {
			seen := slices.ContainsFunc(wait, func(one standing.PortUp) bool { return one.Port == a.Port })
			if a.Node.FQDN == n.FQDN && !seen {
				all = append(all, portBeside{node: n.FQDN, port: a.Port, label: cert.Printable(a.Label()), state: portState(f, a), waits: wait != nil})
			}
		}
		slices.SortStableFunc(all[begin:], func(a, b portBeside) int { return cmp.Compare(a.port, b.port) })
	}
	return all
}

// waitOf are the ports that a node is waited for; nil where it is not.
func waitOf(f *View, node string) standing.Ports {
	for t, p := range f.Progress {
		if ports, ok := standing.PortsIn(p.Text); ok && t.Node == node && t.Step == f.Running {
			return ports
		}
	}
	return nil
}

// portState is how a port stands, in a word.
func portState(f *View, a standing.Address) string {
	state := f.Say(msg.Label(string(a.State)))
	switch {
	case a.Wrong():
		return f.Red.Render(state)
	case a.State == standing.AddressProven:
		return f.Green.Render(state)
	}
	return f.Dim.Render(state)
}

// PortsBeside is every port of all nodes in w cells and h lines: a line a port and a column a node, or, where these have no room or a
// node is waited for, a list below each node, that node first. What has no room in h lines is counted.
func PortsBeside(f *View, w, h int) []string {
	all := portsBeside(f)
	if len(all) == 0 {
		return []string{f.Dim.Render(f.Say("nothing has been read yet"))}
	}
	if lines := portTable(f, all, w); lines != nil && len(lines) <= h {
		return lines
	}
	return portList(f, all, w, h)
}

// portTable has a line a port and a column a node; nil where the columns have no room, or a port is to be told of in a sentence.
func portTable(f *View, all []portBeside, w int) []string {
	nodes := f.Plan.Nodes()
	if portsLabel+portsCell*len(nodes) > w+1 || slices.ContainsFunc(all, func(p portBeside) bool { return p.waits }) {
		return nil
	}
	var labels []string
	cells := map[[2]string]string{}
	ordered := slices.Clone(all)
	slices.SortStableFunc(ordered, func(a, b portBeside) int { return cmp.Compare(a.port, b.port) })
	for _, p := range ordered {
		if !slices.Contains(labels, p.label) {
			labels = append(labels, p.label)
		}
		cells[[2]string{p.label, p.node}] = p.state
	}
	head := f.Pad(f.Say("port"), portsLabel)
	for _, n := range nodes {
		head += f.Pad(cert.Printable(layout.Short(n.FQDN)), portsCell-1) + " "
	}
	lines := []string{f.Bold.Render(strings.TrimRight(head, " "))}
	for _, label := range labels {
		line := f.Pad(label, portsLabel-1) + " "
		for _, n := range nodes {
			line += f.Pad(cmp.Or(cells[[2]string{label, n.FQDN}], f.Dim.Render("-")), portsCell-1) + " "
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// portList has the ports below the name of each node.
func portList(f *View, all []portBeside, w, h int) []string {
	waits := func(p portBeside) bool { return p.waits }
	ordered := slices.Concat(slices.DeleteFunc(slices.Clone(all), func(p portBeside) bool { return !p.waits }), slices.DeleteFunc(slices.Clone(all), waits))
	column := 0
	for _, p := range ordered {
		column = min(max(column, layout.Width(p.label)+2), portsLabel+2)
	}
	var lines []string
	for i, p := range ordered {
		var next []string
		if i == 0 || ordered[i-1].node != p.node {
			next = []string{f.Bold.Render(f.Fit(cert.Printable(layout.Short(p.node)), w))}
		}
		label := "  " + f.Pad(p.label, column)
		if p.why == "" {
			next = append(next, f.Fit(label+p.state, w))
		} else {
			for _, l := range layout.Wrap(p.why, max(w-2-column, 8)) {
				next, label = append(next, label+f.Dim.Render(l)), strings.Repeat(" ", 2+column)
			}
		}
		if left := len(ordered) - i; len(lines)+len(next) > h || left > 1 && len(lines)+len(next) == h {
			return append(lines[:min(len(lines), h-1)], f.Dim.Render(f.Fit(f.Say("and %d more: p shows all ports", left), w)))
		}
		lines = append(lines, next...)
	}
	return lines
}
