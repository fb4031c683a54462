package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// filter has the words by which a list or a page chooses what it shows, while they are typed and after.
type filter struct {
	words  *Field // nil: there is no filter
	typing bool
}

// Filtering reports whether letters go into the filter.
func (f *filter) Filtering() bool { return f.typing }

// Filtered reports whether there is a filter.
func (f *filter) Filtered() bool { return f.words != nil && f.words.Text() != "" }

// BeginFilter lets letters go into the filter.
func (f *filter) BeginFilter() {
	if f.words == nil {
		f.words = NewField("")
	}
	f.typing = true
}

// EndFilter takes the letters back; keep false forgets the filter, too.
func (f *filter) EndFilter(keep bool) {
	f.typing = false
	if !keep {
		f.words = nil
	}
}

// wanted is what a line must hold, in small letters; "" where all lines fit.
func (f *filter) wanted() string {
	if f.words == nil {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(f.words.Text()))
}

// holds reports whether a drawn line holds what is wanted, in any case of letters.
func holds(line, want string) bool { return strings.Contains(strings.ToLower(ansi.Strip(line)), want) }

// line is the filter while it is typed, or what it is, and how many things fit. There must be one.
func (f *filter) line(t layout.Theme, fit, of, w int) string {
	count := t.Say("%d of %d", fit, of)
	text := layout.PrintableLines(f.words.Text())
	if f.typing {
		text = f.words.View(t, w-4-layout.Width(count))
	}
	return t.Dim.Render("/ ") + text + "  " + t.Dim.Render(count)
}
