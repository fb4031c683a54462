package draw

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// Home is the home screen: n choices, with the mark at one of them, and why the sessions cannot be read.
func Home(f *View, n, at int, choice func(i int) (title, text string), err error, w, h int) string {
	lines := []string{f.Bold.Render(f.Say("What do you want to do?")), ""}
	var trouble []string
	if err != nil {
		trouble = f.Trouble(plan.TroubleOf(err), w)
	}
	said := func(text string, whole bool) []string {
		if text == "" {
			return nil
		}
		if !whole {
			return []string{f.Fit(text, w-4)}
		}
		return layout.Wrap(text, w-4)
	}
	used := len(lines) + n + len(trouble)
	for i := range n {
		_, text := choice(i)
		used += len(said(text, true))
	}
	for i := range n {
		title, text := choice(i)
		lines = append(lines, widget.Marked(f.Theme, i == at)+title)
		for _, l := range said(text, used <= h) {
			lines = append(lines, "    "+f.Dim.Render(l))
		}
		if used+n-1 <= h { // there is room between them
			lines = append(lines, "")
		}
	}
	lines = append(lines, trouble...)
	return strings.Join(lines, "\n")
}
