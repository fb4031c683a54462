package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// keyLine names the keys that work here, the next action first; help and the way back stand at the right. Keys for which
// there is no room are in the help, which is called "more" then.
func (f *env) keyLine(keys []action) string {
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
