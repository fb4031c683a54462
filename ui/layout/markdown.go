package layout

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/markdown"
)

// paper lays out the Markdown of a report for a window of w cells: headings, tables in columns, and everything else
// wrapped. Nothing is cut but the front of long serial numbers in tables.
// Markdown lays out the Markdown of a report for a window of w cells: headings, tables in columns, and everything else
// wrapped. Nothing is cut but the front of long serial numbers in tables.
func (t Theme) Markdown(text string, w int) []string {
	var lines []string
	var table [][]string
	flush := func() {
		lines = append(lines, t.columns(table, w)...)
		table = nil
	}
	for _, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if cells, ok := tableRow(l); ok {
			if !strings.HasPrefix(cells[0], "---") {
				table = append(table, cells)
			}
			continue
		}
		flush()
		if strings.HasPrefix(l, "#") {
			lines = append(lines, t.Bold.Render(t.Fit(unescaped(strings.TrimLeft(l, "# ")), w)))
			continue
		}
		lines = append(lines, hanging(unescaped(l), w)...)
	}
	flush()
	return lines
}

// tableRow takes a line of a Markdown table apart.
func tableRow(l string) ([]string, bool) {
	l = strings.TrimSpace(l)
	if len(l) < 2 || l[0] != '|' || l[len(l)-1] != '|' {
		return nil, false
	}
	cells := strings.Split(strings.ReplaceAll(l[1:len(l)-1], `\|`, "\x00"), "|")
	for i, c := range cells {
		cells[i] = shortSerial(unescaped(strings.ReplaceAll(strings.TrimSpace(c), "\x00", `\|`)))
	}
	return cells, true
}

// columns aligns a table; its head is dim, and the last column takes the room that is left.
func (t Theme) columns(table [][]string, w int) []string {
	var wide []int
	for _, row := range table {
		for i, c := range row {
			if i == len(wide) {
				wide = append(wide, 0)
			}
			wide[i] = max(wide[i], Width(c))
		}
	}
	lines := make([]string, 0, len(table))
	for n, row := range table {
		line := ""
		for i, c := range row {
			if i < len(row)-1 {
				c = t.Pad(c, min(wide[i], w/3)) + "  "
			}
			line += c
		}
		if line = t.Fit(line, w); n == 0 {
			line = t.Dim.Render(line)
		}
		lines = append(lines, line)
	}
	return lines
}

// shortSerial shortens a long number in hex to its end.
func shortSerial(s string) string {
	if len(s) < 16 || strings.Trim(s, "0123456789abcdefABCDEF") != "" {
		return s
	}
	return Tail(s)
}

// hanging wraps a line; what belongs to a list item stands under its text.
func hanging(l string, w int) []string {
	in := len(l) - len(strings.TrimLeft(l, " -"))
	if in == 0 || in > 8 {
		return Wrap(l, w)
	}
	lines := Wrap(l[in:], w-in)
	for i := range lines {
		if i == 0 {
			lines[i] = l[:in] + lines[i]
		} else {
			lines[i] = strings.Repeat(" ", in) + lines[i]
		}
	}
	return lines
}

// unescaped takes off what keeps a text from being Markdown.
func unescaped(s string) string { return markdown.PlainText(s) }
