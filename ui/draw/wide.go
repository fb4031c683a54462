package draw

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/layout"
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
