package draw

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
)

// The smallest window in which the screens can be read.
const (
	MinWidth  = 60
	minHeight = 18
)

// maxTold is how many lines a notice may take, with the empty one above it.
const maxTold = 6

// airyHeight is from how many lines on a window has an empty one below what is pending.
const airyHeight = 30

// Margin is the empty cells at the left of a body.
const Margin = 2

// Frame draws a whole window: what this is and which change; the debts; the body; the keys that work here, the next first.
// It returns the cell of the cursor, too; -1 where the body has none.
func (f *View) Frame(body, keyLine string) (drawn string, x, y int) {
	x = -1
	if f.Width < MinWidth || f.Height < minHeight {
		return f.Fit(f.Say("Enlarge the window to at least %d x %d", MinWidth, minHeight), f.Width), x, 0
	}
	rule := f.Dim.Render(" " + strings.Repeat(f.Rule, f.Width-2))
	lines := []string{head(f), rule}
	if owed := f.Owed(); owed != "" {
		lines = append(lines, owed)
		if f.Height >= airyHeight {
			lines = append(lines, "")
		}
	}
	told := told(f)
	room := f.Height - len(lines) - len(told) - 2
	content := strings.Split(strings.TrimRight(body, "\n"), "\n")
	for i := range room {
		line := ""
		if i < len(content) {
			text, at := layout.CutCursor(content[i])
			line = f.Fit(strings.Repeat(" ", Margin)+layout.Safe(text), f.Width)
			if at >= 0 {
				x, y = min(Margin+at, f.Width-1), len(lines)
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(append(append(lines, told...), rule, keyLine), "\n"), x, y
}

// told is what the last key or the last run had to say: on every screen it stands above the keys, whole.
func told(f *View) []string {
	if f.Notice == "" {
		return nil
	}
	style := f.Accent
	if f.Bad {
		style = f.Red
	}
	lines := []string{""}
	for _, l := range layout.Wrap(f.Notice, f.Width-2*Margin) {
		lines = append(lines, strings.Repeat(" ", Margin)+style.Render(l))
	}
	return lines[:min(len(lines), maxTold)]
}

// Room is how many lines and columns a body may have.
func (f *View) Room() (w, h int) {
	h = f.Height - 4 - len(told(f))
	if f.Owed() != "" {
		h--
		if f.Height >= airyHeight {
			h--
		}
	}
	return f.Width - 2*Margin, h
}

func head(f *View) string {
	left := " uccx-tui   "
	name := ""
	if f.Plan != nil {
		name = pages.Name(f.Plan, f.Work)
	}
	lab := ""
	if f.Work != nil && f.Work.Lab != nil {
		lab = "LAB "
	}
	if left := f.WindowLeft(); left != "" {
		if !f.Now.Before(f.Plan.Until()) {
			left = f.Yellow.Render(left)
		}
		lab += strings.Repeat(" ", min(len(lab), 4)) + left
	}
	name = f.Fit(name, f.Width-layout.Width(left)-layout.Width(lab)-2)
	gap := max(f.Width-layout.Width(left)-layout.Width(name)-layout.Width(lab)-1, 1)
	return f.Bold.Render(left) + name + strings.Repeat(" ", gap) + f.Bold.Render(lab)
}

// Owed is the line of what is pending; it stands on every screen (SIG-8).
func (f *View) Owed() string {
	if f.Plan == nil {
		return ""
	}
	all := pages.PendingParts(f.Say, f.Standing())
	if len(all) == 0 {
		return ""
	}
	line := owedLine(f, all)
	if layout.Width(line) > f.Width { // since when is also in the report
		all = slices.DeleteFunc(all, func(part pages.PendingPart) bool { return part.What == "" })
		line = owedLine(f, all)
	}
	for i := len(all) - 1; i >= 0 && layout.Width(line) > f.Width; i-- { // what is dealt with first keeps its names longest
		if all[i].Counted != "" {
			all[i].Names = []string{all[i].Counted}
			line = owedLine(f, all)
		}
	}
	return f.Fit(line, f.Width)
}

// owedLine joins what is pending, in its colours.
func owedLine(f *View, all []pages.PendingPart) string {
	var parts []string
	for _, part := range all {
		text := strings.Join(part.Names, ", ")
		if part.What != "" {
			text = f.Yellow.Render(part.What) + "  " + text
		} else {
			text = f.Dim.Render(text)
		}
		parts = append(parts, text)
	}
	return "  " + strings.Join(parts, "   ")
}

// Tell shows a line until the next key.
func (f *View) Tell(bad bool, text string, args ...any) {
	f.Notice, f.Bad = f.Say(text, args...), bad
}

// Title is the title of the window: which change this is, and which screen, or on the plan which step is next. screen is English, or printable.
func (f *View) Title(screen string) string {
	parts := []string{"uccx-tui"}
	if f.Plan != nil {
		parts = append(parts, pages.Name(f.Plan, f.Work))
		if next := f.Plan.Next(); screen == "" && !next.Finished {
			screen = next.Row.Step.Title
		}
		if screen != "" {
			parts = append(parts, layout.Line(f.Say(screen)))
		}
	}
	return f.Fit(strings.Join(parts, ": "), 120)
}
