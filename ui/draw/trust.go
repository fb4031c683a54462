package draw

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// TrustCells is a trust as a row of the table.
func (f *View) TrustCells(e trust.State) []string {
	then := holdWord(f, e.Then, e.Wrong())
	if e.Breaks() {
		then = f.Red.Render(f.Failed + " " + f.Pages().Breaks())
	}
	from := e.From.Short()
	if e.Unit != "" {
		from += " " + e.Unit
	}
	return []string{cert.Printable(from), cert.Printable(e.Into.Short()), holdWord(f, e.Now, e.Wrong()), then}
}

func holdWord(f *View, h trust.Holding, bad bool) string {
	text := f.Pages().Holds(h)
	switch {
	case h == trust.HoldYes:
		return f.Green.Render(f.Done + " " + text)
	case bad:
		return f.Red.Render(f.Failed + " " + text)
	}
	return "  " + text
}

// TrustAbout is what there is to say about one trust: what is to be done, and before it what it is for, where there is room.
func (f *View) TrustAbout(e trust.State, w, h int) []string {
	why, needs := f.Pages().Trust(e)
	labels := labelsOf(append(slices.Clone(why), needs...))
	lines, acts := factsIn(f, why, labels, w), factsIn(f, needs, labels, w)
	if len(lines)+len(acts) <= h {
		return append(lines, acts...)
	}
	return acts[:max(min(len(acts), h), 0)]
}

// TrustColumns are the columns of the table of trusts in w cells.
func (f *View) TrustColumns(w int) []widget.Column {
	now := 0
	for _, h := range []trust.Holding{trust.HoldUnknown, trust.HoldYes, trust.HoldOld, trust.HoldNo} {
		now = max(now, layout.Width(f.Pages().Holds(h))+3)
	}
	now = max(min(now, 22), 17)
	after := max(min(layout.Width(f.Pages().Breaks())+2, 26), now)
	names := min((w-2-now-after)/2, 36) // a wide window leaves room at the right, not between the columns
	from, into := f.Say("certificate of"), f.Say("tomcat-trust of")
	if max(layout.Width(from), layout.Width(into)) >= names {
		from, into = f.Say("from"), f.Say("into")
	}
	return []widget.Column{{Title: from, Width: names}, {Title: into, Width: names}, {Title: "  " + f.Say("now"), Width: now}, {Title: "  " + f.Say("after"), Width: after}}
}

// Trust draws the table of trust relations in h lines, and what about says of the selected one in the lines that it is given.
func Trust(f *View, l *widget.List, cells widget.Cells, about func(h int) []string, w, h int) string {
	lines := []string{f.Bold.Render(f.Say("Trust relations")), ""}
	if cells.N == 0 {
		return strings.Join(append(lines, layout.Wrap(f.Say("There are no trust relations: this solution is a single product, without Unified CM, a separate CUIC or "+
			"script servers."), w)...), "\n")
	}
	below := about(h - len(lines) - 5)
	lines = append(lines, widget.Table(f.Theme, l, f.TrustColumns(w), cells, w, max(h-len(lines)-len(below)-1, 4))...)
	return strings.Join(append(append(lines, ""), below...), "\n")
}
