package ui

import (
	"os"
	"strings"

	"charm.land/lipgloss/v2"
)

// theme is the few colours and glyphs that the face uses. Colour means one thing: accent for what is next, red for
// failed or interrupting, green for proven, dim for later; without colour every screen says the same in words.
type theme struct {
	accent, red, green, dim, bold lipgloss.Style
	glyphs
}

// glyphs are the signs, one cell wide in every terminal; the ASCII set is for terminals that are not UTF-8.
type glyphs struct {
	done, next, failed, unsure, rule, dots, arrow, bar, bare string
}

func newTheme(ascii bool) theme {
	color := func(c string) lipgloss.Style { return lipgloss.NewStyle().Foreground(lipgloss.Color(c)) }
	t := theme{accent: color("6").Bold(true), red: color("1"), green: color("2"), dim: lipgloss.NewStyle().Faint(true), bold: lipgloss.NewStyle().Bold(true),
		glyphs: glyphs{done: "✓", next: "▸", failed: "✗", unsure: "?", rule: "─", dots: "…", arrow: "→", bar: "█", bare: "░"}}
	if ascii {
		t.glyphs = glyphs{done: "+", next: ">", failed: "x", unsure: "?", rule: "-", dots: "...", arrow: "->", bar: "#", bare: "."}
	}
	return t
}

// asciiOnly reports whether the terminal's character set is not known to be UTF-8.
func asciiOnly() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := os.Getenv(name); v != "" {
			v = strings.ToUpper(v)
			return !strings.Contains(v, "UTF-8") && !strings.Contains(v, "UTF8")
		}
	}
	return true
}
