package draw

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// KeyLine names the keys that work here, the next action first; help and the way back stand at the right. Keys for which
// there is no room are in the help, which is called "more" then.
func KeyLine(f *View, keys []widget.Action) string {
	var left, right []key.Binding
	for _, a := range keys {
		b := a.Binding
		b.SetHelp(b.Help().Key, f.Say(b.Help().Desc))
		switch {
		case a.Off != "" || b.Help().Desc == "":
		case slices.Contains(a.Keys(), "esc"), slices.Contains(a.Keys(), "f1"):
			right = append(right, b)
		default:
			left = append(left, b)
		}
	}
	return widget.KeyLine(f.Theme, left, right, f.Width)
}

// helpLabels is how many cells the names of keys and rules take in the help: "pgdown, pgup" and a gap.
const helpLabels = 14

// Help explains a screen from its own actions, and names the rules on which it stands, by their ids.
func Help(f *View, keys []widget.Action, ids []string, w int) []string {
	lines := []string{f.Bold.Render(f.Say("Keys")), ""}
	for _, a := range keys {
		text := f.Say(a.Explain)
		if a.Off != "" {
			text = f.Say("not available: %s", a.Off)
		}
		name := a.Help().Key
		if len(a.Keys()) > 0 && a.Help().Key == a.Keys()[0] && len(a.Keys()) > 1 {
			name = strings.Join(a.Keys(), ", ")
		}
		lines = append(lines, f.Labelled(name, text, helpLabels, w)...)
	}
	if len(ids) > 0 {
		lines = append(lines, "", f.Bold.Render(f.Say("Rules behind this step")), "")
		for _, id := range ids {
			lines = append(lines, f.Labelled(id, f.Say(rules.Text(id)), helpLabels, w)...)
		}
	}
	return append(lines, f.Signs()...)
}
