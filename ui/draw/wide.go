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

// In windows of these widths the plan stands at the left of the step that is open, and the ports beside a restart.
const (
	wideFrom   = 120
	widestFrom = 160
)

// Wide reports whether the plan has room at the left of what is open.
func (f *View) Wide() bool { return f.Plan != nil && f.Width >= wideFrom }

// PlanWidth is how many of the w cells of a body the plan takes.
func (f *View) PlanWidth(w int) int {
	if !f.Wide() {
		return w
	}
	return min(max(w*2/5, 60), 64)
}

// between stands between two columns of a wide window.
func between(f *View) string { return " " + f.Dim.Render(f.Side) + " " }

// RightWidth is what the plan leaves of the w cells of a body.
func RightWidth(f *View, w int) int { return w - f.PlanWidth(w) - layout.Width(between(f)) }

// Beside draws two texts side by side in h lines, the left one in lw cells.
func Beside(f *View, left, right string, lw, h int) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	lines, bar := make([]string, h), between(f)
	for i := range lines {
		a, b := "", ""
		if i < len(l) {
			a = l[i]
		}
		if i < len(r) {
			b = r[i]
		}
		lines[i] = strings.TrimRight(f.Pad(a, lw)+bar+b, " ")
	}
	return strings.Join(lines, "\n")
}

// MatrixWidth is how many of the w cells of a step the ports take beside it; 0 where they have no room there or the step is not
// about them.
func MatrixWidth(f *View, row plan.Row, w int) int {
	if f.Width < widestFrom || row.Step.Risk != plan.Interrupts && row.Step.Role != plan.RoleProve {
		return 0
	}
	nodes := len(f.Plan.Nodes())
	return min(matrixHead+matrixCell*nodes, w-matrixLeaves)
}

// The columns of the matrix of ports.
const (
	matrixHead   = 20
	matrixCell   = 12
	matrixLeaves = 46 // for the step
)

// Matrix is every port of all nodes in w cells and h lines: a line a port and a column a node, or, where these have no room, a line for
// each port of each node. What has no room in h lines is counted.
func Matrix(f *View, w, h int) []string {
	if matrixHead+matrixCell*len(f.Plan.Nodes()) > w+1 {
		return portList(f, w, h)
	}
	var nodes, names []string // of ports, in the order of their numbers
	cells := map[string]string{}
	ports := slices.Clone(f.Addresses()) // it is sorted
	slices.SortStableFunc(ports, func(a, b standing.Address) int { return cmp.Compare(a.Port, b.Port) })
	for _, a := range ports {
		name := cert.Printable(a.Label())
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		cells[name+"\x00"+a.Node.FQDN] = matrixState(f, a)
	}
	for _, n := range f.Plan.Nodes() {
		nodes = append(nodes, n.FQDN)
	}
	head := f.Pad(f.Say("port"), matrixHead)
	for _, n := range nodes {
		head += f.Pad(cert.Printable(layout.Short(n)), matrixCell-1) + " "
	}
	lines := []string{f.Bold.Render(strings.TrimRight(head, " "))}
	for _, name := range names {
		line := f.Pad(name, matrixHead-1) + " "
		for _, n := range nodes {
			line += f.Pad(cmp.Or(cells[name+"\x00"+n], f.Dim.Render("-")), matrixCell-1) + " "
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	if len(names) == 0 {
		return []string{f.Dim.Render(f.Say("nothing has been read yet"))}
	}
	return lines
}

// portList is a line for each port of each node, in the order of the nodes.
func portList(f *View, w, h int) []string {
	all := f.Addresses()
	if len(all) == 0 {
		return []string{f.Dim.Render(f.Say("nothing has been read yet"))}
	}
	lines := []string{f.Bold.Render(f.Fit(f.Pad(f.Say("port"), matrixHead)+f.Pad(f.Say("node"), matrixCell)+f.Say("state"), w))}
	for i, a := range all {
		if len(lines) == h-1 && i < len(all)-1 {
			return append(lines, f.Dim.Render(f.Fit(f.Say("and %d more: p shows all ports", len(all)-i), w)))
		}
		name := cert.Printable(a.Label())
		lines = append(lines, f.Fit(f.Pad(name, matrixHead-1)+" "+f.Pad(cert.Printable(layout.Short(a.Node.FQDN)), matrixCell-1)+" "+matrixState(f, a), w))
	}
	return lines
}

// matrixState is how a port stands, in a word: while its node restarts, whether it is up.
func matrixState(f *View, a standing.Address) string {
	for t, p := range f.Progress {
		ports, ok := standing.PortsIn(p.Text)
		if t.Node != a.Node.FQDN || !ok || f.Running != t.Step {
			continue
		}
		for _, one := range ports {
			switch {
			case one.Port != a.Port:
			case one.Why.IsZero():
				return f.Green.Render(f.Say("up"))
			default:
				return f.Dim.Render(f.Say("not yet"))
			}
		}
	}
	state := f.Say(msg.Label(string(a.State)))
	switch {
	case a.Wrong():
		return f.Red.Render(state)
	case a.State == standing.AddressProven:
		return f.Green.Render(state)
	}
	return f.Dim.Render(state)
}
