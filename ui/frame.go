package ui

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// The smallest window in which the screens can be read.
const (
	minWidth  = 60
	minHeight = 18
)

// maxTold is how many lines a notice may take, with the empty one above it.
const maxTold = 6

// margin is the empty cells at the left of a body.
const margin = 2

// frame draws a whole window: what this is and which change; the debts; the body; the keys that work here, the next first.
// It returns the cell of the cursor, too; -1 where the body has none.
func (f *env) frame(body string, keys []action) (drawn string, x, y int) {
	x = -1
	if f.Width < minWidth || f.height < minHeight {
		return f.Fit(f.Say("Enlarge the window to at least %d x %d", minWidth, minHeight), f.Width), x, 0
	}
	rule := f.Dim.Render(" " + strings.Repeat(f.Rule, f.Width-2))
	lines := []string{f.head(), rule}
	if owed := f.owed(); owed != "" {
		lines = append(lines, owed)
	}
	told := f.told()
	room := f.height - len(lines) - len(told) - 2
	content := strings.Split(strings.TrimRight(body, "\n"), "\n")
	for i := range room {
		line := ""
		if i < len(content) {
			text, at := layout.CutCursor(content[i])
			line = f.Fit(strings.Repeat(" ", margin)+layout.Safe(text), f.Width)
			if at >= 0 {
				x, y = min(margin+at, f.Width-1), len(lines)
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(append(append(lines, told...), rule, f.keyLine(keys)), "\n"), x, y
}

// told is what the last key or the last run had to say: on every screen it stands above the keys, whole.
func (f *env) told() []string {
	if f.notice == "" {
		return nil
	}
	style := f.Accent
	if f.bad {
		style = f.Red
	}
	lines := []string{""}
	for _, l := range layout.Wrap(f.notice, f.Width-2*margin) {
		lines = append(lines, strings.Repeat(" ", margin)+style.Render(l))
	}
	return lines[:min(len(lines), maxTold)]
}

// room is how many lines and columns a body may have.
func (f *env) room() (w, h int) {
	h = f.height - 4 - len(f.told())
	if f.owed() != "" {
		h--
	}
	return f.Width - 2*margin, h
}

func (f *env) head() string {
	left := " uccx-tui   "
	name := ""
	if f.Plan != nil {
		name = cert.Printable(f.Plan.Change().Name)
	}
	lab := ""
	if f.Work != nil && f.Work.Lab != nil {
		lab = "LAB "
	}
	if left := f.WindowLeft(); left != "" {
		lab += strings.Repeat(" ", min(len(lab), 4)) + left
	}
	name = f.Fit(name, f.Width-layout.Width(left)-layout.Width(lab)-2)
	gap := max(f.Width-layout.Width(left)-layout.Width(name)-layout.Width(lab)-1, 1)
	return f.Bold.Render(left) + name + strings.Repeat(" ", gap) + f.Accent.Render(lab)
}

// owed is the line of what is pending; it stands on every screen (SIG-8).
func (f *env) owed() string {
	if f.Plan == nil {
		return ""
	}
	var parts []string
	for _, part := range pages.PendingParts(f.Say, f.Standing()) {
		text := strings.Join(part.Names, ", ")
		if part.What != "" {
			text = f.Red.Render(part.What) + "  " + text
		} else {
			text = f.Dim.Render(text)
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return ""
	}
	return f.Fit("  "+strings.Join(parts, "   "), f.Width)
}

// keyLine names the keys that work here, the next action first; help and the way back stand at the right. Keys for which
// there is no room are in the help, which is called "more" then.
func (f *env) keyLine(keys []action) string {
	var left, right []key.Binding
	for _, a := range keys {
		b := a.Binding
		b.SetHelp(b.Help().Key, f.Say(b.Help().Desc))
		switch {
		case a.off != "" || b.Help().Desc == "":
		case slices.Contains(a.Keys(), "esc"), slices.Contains(a.Keys(), "f1"):
			right = append(right, b)
		default:
			left = append(left, b)
		}
	}
	line := help.New()
	line.Styles, line.ShortSeparator = help.Styles{}, "   "
	slices.SortStableFunc(right, func(a, b key.Binding) int { // help, then the way back
		return cmp.Compare(slices.Index(a.Keys(), "esc"), slices.Index(b.Keys(), "esc"))
	})
	l, r := "", ""
	for n := len(left); ; n-- { // the library's own limit lets the last key pass where its ellipsis has no room
		l, r = f.firstKey(line, left[:n]), line.ShortHelpView(right)+" "
		if n < 2 || layout.Width(l)+layout.Width(r)+1 <= f.Width {
			break
		}
		if n == len(left) {
			right = f.moreKeys(right)
		}
	}
	return f.Fit(l+strings.Repeat(" ", max(f.Width-layout.Width(l)-layout.Width(r), 1))+r, f.Width)
}

// firstKey is the line of some keys; the first is the next action.
func (f *env) firstKey(line help.Model, keys []key.Binding) string {
	if len(keys) == 0 {
		return ""
	}
	l := " " + f.Accent.Render(line.ShortHelpView(keys[:1]))
	if len(keys) > 1 {
		l += line.ShortSeparator + line.ShortHelpView(keys[1:])
	}
	return l
}

// moreKeys calls the help "more": it has keys for which the line has no room.
func (f *env) moreKeys(right []key.Binding) []key.Binding {
	for i, b := range right {
		if slices.Contains(b.Keys(), "f1") {
			right[i].SetHelp(b.Help().Key, f.Say("more"))
		}
	}
	return right
}
