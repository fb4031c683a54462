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
	return []string{trustFrom(e), cert.Printable(e.Into.Short()), holdWord(f, e.Now, e.Wrong()), then}
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
	if len(acts) > h && h > 0 {
		acts = append(acts[:h-1], f.Fit(acts[h-1]+" "+f.Dots, w)) // the rest is one key away
	}
	return acts[:max(min(len(acts), h), 0)]
}

// trustFrom is whose certificate a trust is about.
func trustFrom(e trust.State) string {
	from := e.From.Short()
	if e.Unit != "" {
		from += " " + e.Unit
	}
	return cert.Printable(from)
}

// TrustColumns are the columns of the table of trusts in w cells: names as wide as they are, where they have the room.
func (f *View) TrustColumns(edges []trust.State, w int) []widget.Column {
	now := 0
	for _, h := range []trust.Holding{trust.HoldUnknown, trust.HoldYes, trust.HoldOld, trust.HoldNo} {
		now = max(now, layout.Width(f.Pages().Holds(h))+3)
	}
	now = max(min(now, 22), 17)
	after := max(min(layout.Width(f.Pages().Breaks())+2, 26), now)
	names := min((w-2-now-after)/2, 36)
	from, into := f.Say("certificate of"), f.Say("tomcat-trust of")
	if max(layout.Width(from), layout.Width(into)) >= names {
		from, into = f.Say("from"), f.Say("into")
	}
	fromWide, intoWide := layout.Width(from), layout.Width(into)
	for _, e := range edges {
		fromWide, intoWide = max(fromWide, layout.Width(trustFrom(e))), max(intoWide, layout.Width(cert.Printable(e.Into.Short())))
	}
	return []widget.Column{{Title: from, Width: min(fromWide+columnGap, names)}, {Title: into, Width: min(intoWide+columnGap, names)}, {Title: "  " + f.Say("now"), Width: now}, {Title: "  " + f.Say("after"), Width: after}}
}

// Trust draws the table of trust relations in h lines, and what about says of the selected one in the lines that it is given.
func Trust(f *View, l *widget.List, edges []trust.State, cells widget.Cells, about func(h int) []string, w, h int) string {
	lines := []string{f.Bold.Render(f.Say("Trust relations")), ""}
	if cells.N == 0 {
		return strings.Join(append(lines, layout.Wrap(f.Say("There are no trust relations: this solution is a single product, without Unified CM, a separate CUIC or "+
			"script servers."), w)...), "\n")
	}
	if h < lowBody { // what is said of the selected one needs the lines more
		lines = lines[:1]
	}
	below := about(h - len(lines) - 5)
	lines = append(lines, widget.Table(f.Theme, l, f.TrustColumns(edges, w), cells, w, max(h-len(lines)-len(below)-1, 4))...)
	return strings.Join(append(append(lines, ""), below...), "\n")
}
