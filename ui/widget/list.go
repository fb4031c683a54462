package widget

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// MoveKeys move in every list and every long page.
func MoveKeys() key.Binding {
	return key.NewBinding(key.WithKeys("up", "k", "down", "j", "pgup", "pgdown", "home", "g", "end", "G"), key.WithHelp("up/down", "move"))
}

// TextMoveKeys move in a list below a line that takes letters.
func TextMoveKeys() key.Binding {
	return key.NewBinding(key.WithKeys("up", "down", "pgup", "pgdown"), key.WithHelp("up/down", "select"))
}

// moved returns where a key of MoveKeys leads among n things; ok is false for other keys.
func moved(k string, at, n, page int) (to int, ok bool) {
	switch k {
	case "up", "k":
		at--
	case "down", "j":
		at++
	case "pgup":
		at -= page
	case "pgdown":
		at += page
	case "home", "g":
		at = 0
	case "end", "G":
		at = n - 1
	default:
		return at, false
	}
	return max(0, min(at, n-1)), true
}

// List is a mark among things, and a filter of them. It knows the things by their texts alone, and holds no copy.
type List struct {
	filter
	at   int // of all things
	page int // lines that were drawn last
}

// At is the thing at the mark.
func (l *List) At() int { return l.at }

// Select puts the mark at a thing.
func (l *List) Select(i int) { l.at = max(i, 0) }

// Clamp keeps the mark among n things, and returns it; -1 where there are none.
func (l *List) Clamp(n int) int {
	l.at = max(0, min(l.at, n-1))
	if n == 0 {
		return -1
	}
	return l.at
}

// Rows are the things of a list. Of a thousand things a window shows few: a line is made when it is drawn.
type Rows struct {
	N    int
	Line func(i int) string // drawn; printable
	Text func(i int) string // what the filter looks at; nil: the line
	// Above is a line above a thing, or "". The caller leaves room for it. nil: there is none.
	Above func(i int) string
}

// Lines are rows whose lines are made already.
func Lines(lines []string) Rows {
	return Rows{N: len(lines), Line: func(i int) string { return lines[i] }}
}

// Filter takes a key or a paste into the filter, and moves the mark to the first thing that fits.
func (l *List) Filter(msg tea.Msg, rows Rows) {
	if l.words.Update(msg) {
		if fits := l.fits(rows); len(fits) > 0 && !slices.Contains(fits, l.at) {
			l.at = fits[0]
		}
	}
}

// fits are the things that fit the filter.
func (l *List) fits(rows Rows) []int {
	want, text := l.wanted(), rows.Text
	if text == nil {
		text = rows.Line
	}
	all := make([]int, 0, rows.N)
	for i := range rows.N {
		if want == "" || holds(text(i), want) {
			all = append(all, i)
		}
	}
	return all
}

// Move follows a key of MoveKeys among the things that fit the filter. It reports whether the key was one.
func (l *List) Move(k string, rows Rows) bool {
	fits := l.fits(rows)
	at := max(slices.Index(fits, l.at), 0)
	to, ok := moved(k, at, len(fits), max(l.page-1, 1))
	if ok && len(fits) > 0 {
		l.at = fits[to]
	}
	return ok
}

// View draws a line for each thing that fits, the mark before the one that it stands at, in at most h lines with the mark
// in sight. Where not all are seen, the last line says where the mark is.
func (l *List) View(t layout.Theme, rows Rows, w, h int) []string {
	head, seen, note := l.seen(t, rows, w, h)
	all := head
	for _, i := range seen {
		if rows.Above != nil && !l.Filtered() {
			if line := rows.Above(i); line != "" {
				all = append(all, line)
			}
		}
		all = append(all, Marked(t, i == l.at)+t.Fit(rows.Line(i), w-2))
	}
	return append(all, note...)
}

// seen are the things of a window: the line of the filter above them, and what stands below.
func (l *List) seen(t layout.Theme, rows Rows, w, h int) (head []string, seen []int, note []string) {
	fits := l.fits(rows)
	at := max(slices.Index(fits, l.at), 0)
	if l.typing || l.Filtered() {
		head = []string{l.line(t, len(fits), rows.N, w)}
	}
	room := max(h-len(head), 1)
	if len(fits) > room && room >= 3 {
		room--
		note = []string{t.Dim.Render("  " + t.Say("%d of %d; the arrows show the others", at+1, len(fits)))}
	}
	l.page = room
	first := 0
	if len(fits) > room {
		first = max(0, min(at-room/2, len(fits)-room))
	}
	return head, fits[first:min(first+room, len(fits))], note
}

// Marked is what stands before a line of a list: the mark alone moves, so that a key costs some bytes, not two lines.
func Marked(t layout.Theme, here bool) string {
	if here {
		return t.Accent.Render(t.Next) + " "
	}
	return "  "
}
