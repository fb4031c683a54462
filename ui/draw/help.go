package draw

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// KeyLine names the keys that work here, the next action first; help and the way back stand at the right. Keys for which
// there is no room are in the help, which is called "more" then.
func KeyLine(f *View, keys []widget.Action) string {
	var left, right []key.Binding
	for _, a := range keys {
		b := a.Binding
		b.SetHelp(shownKey(f, a, b.Help().Key), f.Say(b.Help().Desc))
		switch {
		case a.Off != "" || b.Help().Desc == "" || a.Scrolls != nil && a.Scrolls.Whole():
		case slices.Contains(a.Keys(), "esc"), slices.Contains(a.Keys(), "f1"):
			right = append(right, b)
		default:
			left = append(left, b)
		}
	}
	return widget.KeyLine(f.Theme, left, right, f.Width)
}

// helpLabels is how many cells the names of keys and rules take in the help at least, and mostHelpLabels at most.
const (
	helpLabels     = 14
	mostHelpLabels = 20
)

// keyName is what the help calls the keys of an action: all of them, or the name that they have.
func keyName(a widget.Action) string {
	if len(a.Keys()) > 1 && a.Help().Key == a.Keys()[0] {
		return strings.Join(a.Keys(), ", ")
	}
	return a.Help().Key
}

// shownKey is the name of the keys of an action as the person reads it. What is printed on a key stays, even if a word of the screens has
// the same spelling ("left", "home"); another name of them, such as "letters" or "up/down", is in the language of the person.
func shownKey(f *View, a widget.Action, name string) string {
	if slices.Contains(a.Keys(), name) {
		return name
	}
	return f.Say(name)
}

// Help explains a screen from its own actions, and names the rules on which it stands, by their ids.
func Help(f *View, keys []widget.Action, ids []string, w int) []string {
	lines := []string{f.Bold.Render(f.Say("Keys")), ""}
	names, labels := make([]string, len(keys)), helpLabels
	for i, a := range keys {
		names[i] = shownKey(f, a, keyName(a))
		labels = max(labels, min(layout.Width(names[i])+2, mostHelpLabels))
	}
	for i, a := range keys {
		text := f.Say(a.Explain)
		if a.Off != "" {
			text = f.Say("not available: %s", a.Off)
		}
		lines = append(lines, f.Labelled(names[i], text, labels, w)...)
	}
	if len(ids) > 0 {
		lines = append(lines, "", f.Bold.Render(f.Say("Rules behind this step")), "")
		for _, id := range ids {
			lines = append(lines, f.Labelled(id, f.Say(rules.Text(id)), labels, w)...)
		}
	}
	return append(lines, f.Signs()...)
}
