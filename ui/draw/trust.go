package draw

import (
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
	lines, acts := f.Facts(why, w), f.Facts(needs, w)
	if len(lines)+len(acts) <= h {
		return append(lines, acts...)
	}
	return acts[:max(min(len(acts), h), 0)]
}

// TrustColumns are the columns of the table of trusts in w cells.
func (f *View) TrustColumns(w int) []widget.Column {
	from, into := f.Say("certificate of"), f.Say("tomcat-trust of")
	if w < 70 {
		from, into = f.Say("from"), f.Say("into")
	}
	names := min((w-2-2*17)/2, 36) // a wide window leaves room at the right, not between the columns
	return []widget.Column{{Title: from, Width: names}, {Title: into, Width: names}, {Title: f.Say("now"), Width: 17}, {Title: f.Say("after"), Width: 17}}
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
