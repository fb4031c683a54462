package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/lang/po"
	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// mainScreens are those of every change: their goldens are kept in every language.
func mainScreens() []string {
	return []string{"home", "form", "plan", "step", "failed", "handover", "restart", "prove", "trust", "report", "help"}
}

// TestGoldenLanguages: the main screens in every language, in the usual window and in the smallest; the English ones have files of their
// own. In a file of its own for each language, so that a translator reads all of them.
func TestGoldenLanguages(t *testing.T) {
	for _, tag := range po.Tags()[1:] {
		for _, size := range [][2]int{{60, 18}, {80, 24}} {
			speak(t, tag)
			var b strings.Builder
			all := screens(t, size[0], size[1])
			for _, name := range mainScreens() {
				m := all[name]
				m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				m.Now = monday.Add(time.Hour)
				fmt.Fprintf(&b, "== %s\n%s\n", name, trimmed(ansi.Strip(shown(m))))
			}
			golden(t, fmt.Sprintf("languages-%s-%dx%d.golden", tag, size[0], size[1]), b.String())
		}
	}
}

// TestLanguagesFit: in every language, and in one that is 40 % longer, no screen is wider or taller than its window, the line of keys
// begins with what is next, and where letters are wide each sign is of ASCII or takes two cells: none has a width that terminals differ in.
func TestLanguagesFit(t *testing.T) {
	for _, tag := range append(po.Tags()[1:], pseudoFile(t)) {
		speak(t, tag)
		wide := speaking().Wide()
		for _, size := range every(2, [][2]int{{60, 18}, {80, 24}}) {
			for name, m := range screens(t, size[0], size[1]) {
				m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				lines := strings.Split(ansi.Strip(shown(m)), "\n")
				if len(lines) > size[1] {
					t.Errorf("%s: %s at %v has %d lines", tag, name, size, len(lines))
				}
				for _, l := range lines {
					if layout.Width(l) > size[0] {
						t.Errorf("%s: %s at %v has a line of %d cells: %q", tag, name, size, layout.Width(l), l)
					}
					for _, r := range l {
						if wide && r > 126 && ansi.StringWidth(string(r)) != 2 {
							t.Errorf("%s: %s at %v: the width of %q is not the same everywhere: %q", tag, name, size, r, l)
						}
					}
				}
			}
		}
	}
}
