package draw

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
)

// TestFindingsHang: in a question, what does not fit on the first line of a finding, of its cause and of what puts it right begins below
// its text, in every window.
func TestFindingsHang(t *testing.T) {
	long := strings.Repeat("eleven cell", 12)
	f := &View{Theme: layout.NewTheme(false, lang.Localizer{})}
	for w := 50; w < 120; w++ {
		_, found, _ := f.Question(pages.Question{Found: []string{"warning: " + long, "   " + long, "-> " + long}}, nil, nil, w)
		for _, l := range found {
			text := strings.TrimLeft(ansi.Strip(l), " ")
			want := 4 + 3
			if strings.HasPrefix(text, "warning: ") || strings.HasPrefix(text, "-> ") {
				want = 4
			}
			if in := len(ansi.Strip(l)) - len(text); in != want {
				t.Fatalf("at %d, %q is indented by %d cells, not %d:\n%s", w, l, in, want, strings.Join(found, "\n"))
			}
		}
	}
}
