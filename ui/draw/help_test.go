package draw

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // the flag -update
)

// TestKeysKeepTheirNames: what is printed on a key is shown as it is in every language, even where a word of the screens is spelled alike
// ("left" of a certificate's days); the arrow keys have a name in each language.
func TestKeysKeepTheirNames(t *testing.T) {
	do := func() tea.Cmd { return nil }
	for _, tag := range []string{"pt-BR", "ja", "ko", "zh-Hant", "nl"} {
		say, err := lang.Open(tag)
		if err != nil {
			t.Fatal(err)
		}
		f := &View{Theme: layout.NewTheme(false, say), Width: 120}
		names := []string{"left", "home", "up", "backspace"}
		for _, name := range names {
			keys := []widget.Action{widget.On(name, "parent folder", "Opens the parent folder.", do), widget.On("k j", "move", "Moves the selection.", do).Shown("up/down")}
			line, help := ansi.Strip(KeyLine(f, keys)), ansi.Strip(strings.Join(Help(f, keys, nil, 120), "\n"))
			for _, text := range []string{line, help} {
				if !strings.Contains(text, name+" ") || say.Say("up/down") == "up/down" || !strings.Contains(text, say.Say("up/down")+" ") {
					t.Errorf("%s: %q in %q", tag, name, text)
				}
			}
		}
	}
}
