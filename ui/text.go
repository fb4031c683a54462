package ui

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// width is how many cells a text takes.
func width(s string) int { return ansi.StringWidth(s) }

// fit cuts a text that is too wide, and says so with dots.
func (t theme) fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	s = bounded(s)
	return ansi.Truncate(s, w, t.dots)
}

// middle cuts the middle out of a text that is too wide: the ends of file names tell more.
func (t theme) middle(s string, w int) string {
	n := width(s)
	if n <= w {
		return s
	}
	left := (w - width(t.dots)) / 2
	right := w - width(t.dots) - left
	if left < 1 || right < 1 {
		return t.fit(s, w)
	}
	return ansi.Truncate(s, left, "") + t.dots + ansi.TruncateLeft(s, n-right, "")
}

// pad fills a text up with blanks, or cuts it.
func (t theme) pad(s string, w int) string {
	s = t.fit(s, w)
	return s + strings.Repeat(" ", max(w-width(s), 0))
}

// unbroken stands for a hyphen while lines are broken: one cell, of private use, in no text.
const unbroken = "\ue000"

// maxWrapped bounds a text that is laid out, in bytes: no window shows more, and it would take longer than a key may.
const maxWrapped = 64 << 10

func bounded(s string) string {
	if len(s) <= maxWrapped {
		return s
	}
	return strings.ToValidUTF8(s[:maxWrapped], "") + " ..."
}

// wrap breaks a text into lines no wider than w.
func wrap(s string, w int) []string {
	if w < 1 {
		return nil
	}
	whole := strings.ReplaceAll(bounded(s), "-", unbroken) // names, times and paths are not broken at their hyphens
	return strings.Split(strings.ReplaceAll(ansi.Wrap(whole, w, ""), unbroken, "-"), "\n")
}

// labelled writes "label  text", the text wrapped beside the label.
func (t theme) labelled(label, text string, labelWidth, w int) []string {
	var lines []string
	for i, l := range wrap(text, w-labelWidth) {
		head := ""
		if i == 0 {
			head = label
		}
		lines = append(lines, t.dim.Render(t.pad(head, labelWidth))+l)
	}
	return lines
}

// printableLines is cert.Printable for a text of several lines.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = cert.Printable(l)
	}
	return strings.Join(lines, "\n")
}

// adminLink begins or ends a terminal hyperlink (OSC 8) to the OS Administration of a node, and to nothing else.
var adminLink = regexp.MustCompile(`^\x1b\]8;;(https://[A-Za-z0-9.-]+:8443/cmplatform)?(\x07|\x1b\\)`)

// ours is the last door of the screens: of all escape sequences only colours, and links to OS Administration, pass it; whatever else a screen forgot to
// make printable is written as an escape.
func ours(line string) string {
	var b strings.Builder
	for line != "" {
		end := strings.IndexByte(line, 0x1b)
		if end < 0 {
			end = len(line)
		}
		b.WriteString(cert.Printable(line[:end]))
		line = line[end:]
		if n := max(colour(line), len(adminLink.FindString(line))); n > 0 {
			b.WriteString(line[:n])
			line = line[n:]
		} else if line != "" {
			b.WriteString(cert.Printable(line[:1]))
			line = line[1:]
		}
	}
	return b.String()
}

// colour returns the length of the colour sequence with which a text begins, or 0.
func colour(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';' && c != ':':
			return 0
		}
	}
	return 0
}

// window returns the part of the lines that fits into h with the cursor in sight.
func window(lines []string, cursor, h int) []string {
	if len(lines) <= h {
		return lines
	}
	from := max(0, min(cursor-h/2, len(lines)-h))
	return lines[from : from+h]
}

// partly is a list around its mark; where not all of it is in sight, its last line says where the mark stands.
func (f *face) partly(lines []string, cursor, h, at, of int) []string {
	if len(lines) <= h || h < 3 {
		return window(lines, cursor, h)
	}
	return append(slices.Clip(window(lines, cursor, h-1)), f.dim.Render("  "+f.say("%d of %d; the arrows show the others", at+1, of)))
}

// headed is a list below its title; where not all of it is in sight, the title says where the mark stands.
func (f *face) headed(title string, lines []string, cursor, w, h int) []string {
	h = max(h-2, 1)
	if len(lines) > h {
		return append([]string{f.placed(title, cursor, len(lines), w), ""}, window(lines, cursor, h)...)
	}
	return append([]string{f.bold.Render(title), ""}, lines...)
}

// placed is a title that says at which of so many the mark stands.
func (f *face) placed(title string, cursor, of, w int) string {
	at := f.say("%d of %d", cursor+1, of)
	return f.bold.Render(f.pad(title, w-width(at)-1)) + " " + f.dim.Render(at)
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
	more := f.say("the end; %s scrolls back", up)
	if n := len(lines) - end; n > 0 {
		more = f.say("%d more lines: %s scrolls", n, down)
	}
	return append(lines[*from:end:end], f.dim.Render(more))
}

// since says how long something takes, short: "4 s", "3 min", "2 days"; nothing where a clock was set back meanwhile.
func since(d time.Duration) string {
	d = max(d, 0)
	switch {
	case d < time.Minute:
		return itoa(int(d.Seconds())) + " s"
	case d < time.Hour:
		return itoa(int(d.Minutes())) + " min"
	case d < 48*time.Hour:
		return itoa(int(d.Hours())) + " h"
	}
	return itoa(int(d.Hours()/24)) + " days"
}

func itoa(n int) string { return strconv.Itoa(n) }
