// Package layout is how texts stand on the screens: colours and signs, widths in cells, line breaks, Markdown, and the last
// door in front of the terminal, which no foreign escape sequence passes.
package layout

import (
	"os"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/uccx-tui/uccx-tui/ui/lang"
)

// Theme is the few colours and signs of the screens, and the language they speak. Colour means one thing: accent for what
// is next, red for failed or interrupting, yellow for warnings and what is pending, green for verified, dim for later; without
// colour every screen says the same in words.
type Theme struct {
	Accent, Red, Yellow, Green, Dim, Bold lipgloss.Style
	Glyphs
	lang.Localizer

	Plain bool // the terminal knows no hyperlinks
}

// Glyphs are the signs, one cell wide in every terminal. Next marks what is selected, and Due a state: what comes next; the ASCII set is for terminals that are not UTF-8.
type Glyphs struct {
	Done, Next, Due, Pending, Failed, Unsure, Rule, Dots, Arrow, Bar, Bare, Side string
}

// NewTheme returns the signs for a terminal, and its language: ASCII also for languages whose terminals draw others in two cells.
func NewTheme(ascii bool, say lang.Localizer) Theme {
	color := func(c string) lipgloss.Style { return lipgloss.NewStyle().Foreground(lipgloss.Color(c)) }
	t := Theme{Accent: color("6").Bold(true), Red: color("1"), Yellow: color("3"), Green: color("2"), Dim: lipgloss.NewStyle().Faint(true), Bold: lipgloss.NewStyle().Bold(true),
		Glyphs: Glyphs{Done: "✓", Next: "▸", Due: "→", Pending: "!", Failed: "✗", Unsure: "?", Rule: "─", Dots: "…", Arrow: "→", Bar: "█", Bare: "░", Side: "│"}, Localizer: say, Plain: plainTerminal(os.Getenv("TERM"))}
	if ascii || say.Wide() {
		t.Glyphs = Glyphs{Done: "+", Next: ">", Due: "*", Pending: "!", Failed: "x", Unsure: "?", Rule: "-", Dots: "...", Arrow: "->", Bar: "#", Bare: ".", Side: "|"}
	}
	return t
}

// ASCIIOnly reports whether the terminal's character set is not known to be UTF-8.
func ASCIIOnly() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := os.Getenv(name); v != "" {
			v = strings.ToUpper(v)
			return !strings.Contains(v, "UTF-8") && !strings.Contains(v, "UTF8")
		}
	}
	return true
}
