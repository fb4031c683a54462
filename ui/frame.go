package ui

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
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
func (f *face) frame(body string, keys []binding) string {
	if f.width < minWidth || f.height < minHeight {
		return f.Fit(f.Say("Enlarge the window to at least %d x %d", minWidth, minHeight), f.width)
	}
	rule := f.Dim.Render(" " + strings.Repeat(f.Rule, f.width-2))
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
			line = f.Fit(strings.Repeat(" ", margin)+layout.Safe(content[i]), f.width)
		}
		lines = append(lines, line)
	}
	return strings.Join(append(append(lines, told...), rule, f.keyLine(keys)), "\n")
}

// told is what the last key or the last run had to say: on every screen it stands above the keys, whole.
func (f *face) told() []string {
	if f.notice == "" {
		return nil
	}
	style := f.Accent
	if f.bad {
		style = f.Red
	}
	lines := []string{""}
	for _, l := range layout.Wrap(f.notice, f.width-2*margin) {
		lines = append(lines, strings.Repeat(" ", margin)+style.Render(l))
	}
	return lines[:min(len(lines), maxTold)]
}

// room is how many lines and columns a body may have.
func (f *face) room() (w, h int) {
	h = f.height - 4 - len(f.told())
	if f.owed() != "" {
		h--
	}
	return f.width - 2*margin, h
}

func (f *face) head() string {
	left := " uccx-tui   "
	name := ""
	if f.plan != nil {
		name = cert.Printable(f.plan.Change().Name)
	}
	lab := ""
	if f.work != nil && f.work.Lab != nil {
		lab = "LAB "
	}
	if left := f.windowLeft(); left != "" {
		lab += strings.Repeat(" ", min(len(lab), 4)) + left
	}
	name = f.Fit(name, f.width-layout.Width(left)-layout.Width(lab)-2)
	gap := max(f.width-layout.Width(left)-layout.Width(name)-layout.Width(lab)-1, 1)
	return f.Bold.Render(left) + name + strings.Repeat(" ", gap) + f.Accent.Render(lab)
}

// standing is how the change stands, judged once for each entry of the journal.
func (f *face) standing() standing.Standing {
	n, _, _ := f.plan.Entries()
	if f.judged.plan != f.plan || f.judged.entries != n {
		f.judged = judged{f.plan, n, standing.Of(f.plan)}
	}
	return f.judged.standing
}

// owed is the line of what is pending; it stands on every screen (SIG-8).
func (f *face) owed() string {
	if f.plan == nil {
		return ""
	}
	var parts []string
	for _, part := range pendingParts(f.app.Say.Say, f.standing()) {
		text := strings.Join(part.names, ", ")
		if part.what != "" {
			text = f.Red.Render(part.what) + "  " + text
		} else {
			text = f.Dim.Render(text)
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return ""
	}
	return f.Fit("  "+strings.Join(parts, "   "), f.width)
}

// keyLine names the keys that work here. "esc back" stands at the right. Keys for which there is no room stand in the help,
// which is called "more" then.
func (f *face) keyLine(keys []binding) string {
	var left, right []string
	for i, k := range keys {
		text := k.key + " " + f.Say(k.label)
		switch {
		case k.off != "":
			continue
		case k.key == "esc":
			right = append(right, text)
		case i == 0:
			left = append(left, f.Accent.Render(text))
		default:
			left = append(left, text)
		}
	}
	r := strings.Join(right, "  ") + " "
	l := " " + strings.Join(left, "   ")
	for layout.Width(l)+layout.Width(r)+1 > f.width && len(left) > 1 {
		last := left[len(left)-1]
		if key, ok := strings.CutSuffix(last, " "+f.Say("help")); ok {
			last = key + " " + f.Say("more")
		}
		left = append(left[:len(left)-2], last)
		l = " " + strings.Join(left, "   ")
	}
	return f.Fit(l+strings.Repeat(" ", max(f.width-layout.Width(l)-layout.Width(r), 1))+r, f.width)
}

// partly is a list around its mark; where not all of it is in sight, its last line says where the mark stands.
func (f *face) partly(lines []string, cursor, h, at, of int) []string {
	if len(lines) <= h || h < 3 {
		return window(lines, cursor, h)
	}
	return append(slices.Clip(window(lines, cursor, h-1)), f.Dim.Render("  "+f.Say("%d of %d; the arrows show the others", at+1, of)))
}

// headed is a list below its title; where not all of it is in sight, the title says where the mark stands.
func (f *face) headed(title string, lines []string, cursor, w, h int) []string {
	h = max(h-2, 1)
	if len(lines) > h {
		return append([]string{f.placed(title, cursor, len(lines), w), ""}, window(lines, cursor, h)...)
	}
	return append([]string{f.Bold.Render(title), ""}, lines...)
}

// placed is a title that says at which of so many the mark stands.
func (f *face) placed(title string, cursor, of, w int) string {
	at := f.Say("%d of %d", cursor+1, of)
	return f.Bold.Render(f.Pad(title, w-layout.Width(at)-1)) + " " + f.Dim.Render(at)
}

// part returns the lines from where they were scrolled to, and says how many more there are below.
func (f *face) part(lines []string, from *int, h int) []string {
	return f.partBy("down", "up", lines, from, h)
}

// partBy is part where other keys scroll.
func (f *face) partBy(down, up string, lines []string, from *int, h int) []string {
	if len(lines) <= h || h < 2 {
		*from = 0
		return lines[:min(len(lines), max(h, 0))]
	}
	*from = max(0, min(*from, len(lines)-h+1))
	end := *from + h - 1
	more := f.Say("end; %s scrolls up", up)
	if n := len(lines) - end; n > 0 {
		more = f.Say("%d more lines: %s scrolls", n, down)
	}
	return append(lines[*from:end:end], f.Dim.Render(more))
}

// window returns the part of the lines that fits into h with the cursor in sight.
func window(lines []string, cursor, h int) []string {
	if len(lines) <= h {
		return lines
	}
	from := max(0, min(cursor-h/2, len(lines)-h))
	return lines[from : from+h]
}

// binding is a key that works on a screen: a row of the help, too.
type binding struct {
	key   string
	label string // English, one or two words
	help  string // English, a sentence
	off   string // why it does nothing now, or ""
}
