package layout

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/markdown"
)

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
			for _, head := range Wrap(unescaped(strings.TrimLeft(l, "# ")), w) {
				lines = append(lines, t.Bold.Render(head))
			}
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

// columnGap stands between the columns of a table, in cells.
const columnGap = 2

// columns aligns a table; its head is dim. Where it has no room, the words of its widest columns are wrapped, and where not even the
// words have room, a row is a list of its cells.
func (t Theme) columns(table [][]string, w int) []string {
	wide, ok := columnWidths(table, w)
	if !ok {
		return t.records(table, w)
	}
	var lines []string
	for n, row := range table {
		for _, line := range besideEachOther(row, wide) {
			if n == 0 {
				line = t.Dim.Render(line)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// columnWidths are the cells of each column of a table in w cells: as many as its widest cell takes, or fewer where the columns have no
// room. ok is false where words would have to be broken.
func columnWidths(table [][]string, w int) (wide []int, ok bool) {
	var words []int // the widest of each column
	for _, row := range table {
		for i, c := range row {
			if i == len(wide) {
				wide, words = append(wide, 0), append(words, 0)
			}
			wide[i] = max(wide[i], Width(c))
			words[i] = Widest(words[i], strings.Fields(c)...)
		}
	}
	excess := (len(wide)-1)*columnGap - w
	for _, one := range wide {
		excess += one
	}
	for ; excess > 0; excess-- {
		at := -1
		for i := range wide {
			if wide[i] > words[i] && (at < 0 || wide[i] > wide[at]) {
				at = i
			}
		}
		if at < 0 {
			return nil, false
		}
		wide[at]--
	}
	return wide, true
}

// besideEachOther are the lines of a row, each cell wrapped in its column.
func besideEachOther(row []string, wide []int) []string {
	cells, most := make([][]string, len(row)), 1
	for i, c := range row {
		cells[i] = Wrap(c, wide[i])
		most = max(most, len(cells[i]))
	}
	lines := make([]string, most)
	for n := range lines {
		for i, c := range cells {
			text := ""
			if n < len(c) {
				text = c[n]
			}
			lines[n] += Column(text, wide[i]+columnGap)
		}
		lines[n] = strings.TrimRight(lines[n], " ")
	}
	return lines
}

// records is a table as a list: the first cell of each row, and below it the others, each behind the head of its column.
func (t Theme) records(table [][]string, w int) []string {
	var lines []string
	for _, row := range table[1:] {
		lines = append(lines, Wrap(row[0], w)...)
		for i, c := range row[1:] {
			if c == "" || i+1 >= len(table[0]) {
				continue
			}
			for _, l := range Hanging(table[0][i+1]+": "+c, 2, w-2) {
				lines = append(lines, "  "+l)
			}
		}
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
