package layout

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/lang"
)

// TestTables: a table of a report keeps every word at every width: its cells wrap in their columns, and where words would have to be
// broken, its rows become lists. No line is wider than the window but one of a word alone.
func TestTables(t *testing.T) {
	page := strings.Join([]string{"| port | service | serial before | expires | state |", "| --- | --- | --- | --- | --- |",
		"| 8445 | Finesse of agents and supervisors | 64B0365290A78995E9392F41A8CAFA15 | 2027-06-17 12:01:31 CEST | verified |",
		"| 5223 | Notification (XMPP) |  |  | not in use |"}, "\n")
	theme := NewTheme(true, lang.Localizer{})
	for w := 24; w < 140; w++ {
		text := ansi.Strip(strings.Join(theme.Markdown(page, w), "\n"))
		for _, l := range strings.Split(text, "\n") {
			if Width(l) > w {
				t.Errorf("at %d a line of %d cells: %q", w, Width(l), l)
			}
		}
		for _, word := range strings.Fields("port service serial before expires state 8445 Finesse of agents and supervisors ..A8CAFA15 2027-06-17 12:01:31 CEST verified 5223 Notification (XMPP) not in use") {
			if table := strings.Contains(text, "port  "); !strings.Contains(text, word) && !(word == "port" && !table) {
				t.Errorf("at %d %q is lost:\n%s", w, word, text)
			}
		}
	}
	if text := ansi.Strip(strings.Join(theme.Markdown(page, 60), "\n")); !strings.Contains(text, "verified") || strings.Count(text, "\n") < 4 {
		t.Errorf("at 60 the cells do not wrap:\n%s", text)
	}
}
