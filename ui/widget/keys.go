package widget

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// KeyLine names the keys of left, the next action first; help and the way back stand at the right. Keys for which there is no
// room are left out, and the help is called "more" then. The words of the keys are in the language of the person.
func KeyLine(t layout.Theme, left, right []key.Binding, w int) string {
	line := help.New()
	line.Styles, line.ShortSeparator = help.Styles{}, "   "
	slices.SortStableFunc(right, func(a, b key.Binding) int { // help, then the way back
		return cmp.Compare(slices.Index(a.Keys(), "esc"), slices.Index(b.Keys(), "esc"))
	})
	l, r := "", ""
	for n := len(left); ; n-- { // the library's own limit lets the last key pass where its ellipsis has no room
		l, r = firstKey(t, line, left[:n]), line.ShortHelpView(right)+" "
		if n < 2 || layout.Width(l)+layout.Width(line.ShortSeparator)+layout.Width(r) <= w { // keys are as far apart everywhere
			break
		}
		if n == len(left) {
			right = moreKeys(t, right)
		}
	}
	return t.Fit(l+strings.Repeat(" ", max(w-layout.Width(l)-layout.Width(r), 1))+r, w)
}

// firstKey is the line of some keys; the first is the next action.
func firstKey(t layout.Theme, line help.Model, keys []key.Binding) string {
	if len(keys) == 0 {
		return ""
	}
	l := " " + t.Accent.Render(line.ShortHelpView(keys[:1]))
	if len(keys) > 1 {
		l += line.ShortSeparator + line.ShortHelpView(keys[1:])
	}
	return l
}

// moreKeys calls the help "more": it has keys for which the line has no room.
func moreKeys(t layout.Theme, right []key.Binding) []key.Binding {
	for i, b := range right {
		if slices.Contains(b.Keys(), "f1") {
			right[i].SetHelp(b.Help().Key, t.Say("more"))
		}
	}
	return right
}
