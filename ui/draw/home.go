package draw

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// Home is the home screen: n choices, with the mark at one of them, and why the sessions cannot be read.
func Home(f *View, n, at int, choice func(i int) (title, text string), err error, w, h int) string {
	lines := []string{"", f.Bold.Render(f.Say("What do you want to do?")), ""}
	airy := len(lines)+3*n <= h+2
	for i := range n {
		title, text := choice(i)
		lines = append(lines, widget.Marked(f.Theme, i == at)+title)
		if text != "" {
			lines = append(lines, "    "+f.Dim.Render(f.Fit(text, w-4)))
		}
		if airy {
			lines = append(lines, "")
		}
	}
	if err != nil {
		lines = append(lines, f.Trouble(plan.TroubleOf(err), w)...)
	}
	return strings.Join(lines, "\n")
}
