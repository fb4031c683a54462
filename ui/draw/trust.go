package draw

import (
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// TrustCells is a trust as a row of the table.
func (f *View) TrustCells(e trust.State) []string {
	then := f.holdWord(e.Then, e.Wrong())
	if e.Breaks() {
		then = f.Red.Render(f.Failed + " " + f.Pages().Breaks())
	}
	from := e.From.Short()
	if e.Unit != "" {
		from += " " + e.Unit
	}
	return []string{cert.Printable(from), cert.Printable(e.Into.Short()), f.holdWord(e.Now, e.Wrong()), then}
}

func (f *View) holdWord(h trust.Holding, bad bool) string {
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
