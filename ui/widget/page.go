package widget

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// Page is a text that may be longer than its window.
type Page struct {
	Down, Up string // the keys that its last line names, where they are not down and up

	filter
	view  viewport.Model
	long  bool // it was longer than its window when it was drawn last
	wants int  // the line that is wanted on top; the window it is drawn in bounds it
}

// EndFilter takes the letters back; keep false forgets the filter and scrolls back, too.
func (p *Page) EndFilter(keep bool) {
	p.filter.EndFilter(keep)
	if !keep {
		p.wants = 0
	}
}

// Type takes a key or a paste into the filter.
func (p *Page) Type(msg tea.Msg) {
	if p.words.Update(msg) {
		p.wants = 0
	}
}

// fits are the lines that hold the filter, and the line that says what it is.
func (p *Page) fits(t layout.Theme, lines []string, w int) (head, fit []string) {
	if p.words == nil {
		return nil, lines
	}
	want := p.wanted()
	for _, l := range lines {
		if holds(l, want) {
			fit = append(fit, l)
		}
	}
	return []string{p.line(t, len(fit), len(lines), w)}, fit
}

// Move follows a key of MoveKeys. It reports whether the key was one. A page that was never drawn stays where it is.
func (p *Page) Move(k string) bool {
	total, room := p.view.TotalLineCount(), p.view.Height()
	to, ok := moved(k, p.view.YOffset(), max(total-room+1, 1), max(room-1, 1))
	if ok {
		p.wants = to
		p.view.SetYOffset(to)
	}
	return ok
}

// Whole reports whether all of the page was seen when it was drawn last.
func (p *Page) Whole() bool { return !p.long && !p.Filtered() }

// Top scrolls back to the first line.
func (p *Page) Top() { p.wants = 0 }

// At is the first line that is seen.
func (p *Page) At() int { return p.view.YOffset() }

// View draws the part of the lines that fits into w and h. Where lines are left below, the last line counts them; at the
// end it says so.
func (p *Page) View(t layout.Theme, lines []string, w, h int) []string {
	if h < 1 || w < 1 {
		return nil
	}
	if head, fit := p.fits(t, lines, w); len(head) > 0 && h > 1 {
		return append(head, p.seen(t, fit, w, h-1)...)
	}
	return p.seen(t, lines, w, h)
}

// ViewLazy is View of lines of which draw draws those that are seen; all of them where a filter must read them.
func (p *Page) ViewLazy(t layout.Theme, lines []string, draw func([]string) []string, w, h int) []string {
	if p.words != nil {
		return p.View(t, draw(lines), w, h)
	}
	room := max(h, 0)
	if len(lines) > h && h >= 2 { // the last line counts what is left
		room--
	}
	from := max(min(p.wants, len(lines)-room), 0)
	to := min(from+room, len(lines))
	all := slices.Clone(lines)
	copy(all[from:to], draw(lines[from:to]))
	return p.View(t, all, w, h)
}

// left says how many lines are below those that are seen, and with which key they are.
func (p *Page) left(t layout.Theme, n int) string {
	switch named := p.Down != ""; { // the arrow keys have names of their own in other languages
	case n > 1 && named:
		return t.Say("%d more lines: %s scrolls", n, p.Down)
	case n > 1:
		return t.Say("%d more lines: down scrolls", n)
	case n == 1 && named:
		return t.Say("1 more line: %s scrolls", p.Down)
	case n == 1:
		return t.Say("1 more line: down scrolls")
	case named:
		return t.Say("the end; %s scrolls back", p.Up)
	}
	return t.Say("the end; up scrolls back")
}

// seen is the part of the lines that is seen.
func (p *Page) seen(t layout.Theme, lines []string, w, h int) []string {
	room, note := h, len(lines) > h && h >= 2
	p.long = len(lines) > h
	if note {
		room--
	}
	p.view.SetWidth(w)
	p.view.SetHeight(room)
	p.view.SetContentLines(lines)
	p.view.SetYOffset(p.wants)
	p.wants = p.view.YOffset()
	if !note {
		return strings.Split(p.view.View(), "\n")[:min(len(lines), room)]
	}
	text := p.left(t, len(lines)-p.view.YOffset()-room)
	all := strings.Split(p.view.View(), "\n")
	for i := range all {
		all[i] = strings.TrimRight(all[i], " ")
	}
	return append(all, t.Dim.Render(text))
}
