package widget

import (
	"strings"

	"charm.land/bubbles/v2/progress"
	"charm.land/bubbles/v2/table"

	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// Column is a column of a table: its head, and its width in cells; 0 leaves it out.
type Column struct {
	Title string
	Width int
}

// Cells are the rows of a table: n of them, each made when it is drawn. They must be printable.
type Cells struct {
	N   int
	Row func(i int) []string
}

// Rows are the rows as a list has them: the filter looks at all cells.
func (c Cells) Rows() Rows {
	return Rows{N: c.N, Line: func(i int) string { return strings.Join(c.Row(i), " ") }}
}

// Table draws rows in columns below their heads, in at most h lines, with the row of the list's mark in sight.
func Table(t layout.Theme, l *List, columns []Column, cells Cells, w, h int) []string {
	head, seen, note := l.seen(t, cells.Rows(), w, h-1)
	heads, wide := make([]table.Column, len(columns)), 0
	for i, c := range columns {
		heads[i] = table.Column{Title: cut(t, c.Title, columns, i), Width: max(c.Width, 0)}
		wide += max(c.Width, 0)
	}
	rows := make([]table.Row, len(seen))
	for i, at := range seen {
		rows[i] = cells.Row(at)
		for n := range min(len(rows[i]), len(columns)) { // the table of the library would cut with a sign of its own, and leave no gap
			rows[i][n] = cut(t, rows[i][n], columns, n)
		}
	}
	drawn := table.New(table.WithColumns(heads), table.WithRows(rows), table.WithStyles(plainTable()), table.WithWidth(wide), table.WithHeight(len(rows)+1))
	lines := strings.Split(drawn.View(), "\n")
	all := append(head, t.Bold.Render(t.Fit("  "+strings.TrimRight(lines[0], " "), w)))
	for i, at := range seen {
		all = append(all, Marked(t, at == l.at)+t.Fit(strings.TrimRight(lines[1+i], " "), w-2))
	}
	return append(all, note...)
}

// cut fits a cell into its column, with a gap behind it where another follows.
func cut(t layout.Theme, cell string, columns []Column, n int) string {
	if w := columns[n].Width; n < len(columns)-1 && w > 1 {
		return t.Fit(cell, w-1)
	}
	return t.Fit(cell, columns[n].Width)
}

// plainTable gives cells no padding and the selected row no style: a key costs the mark alone.
func plainTable() table.Styles {
	return table.Styles{Header: plain(), Cell: plain(), Selected: plain()}
}

// Bar draws how far something is, from 0 to 1, in w cells. It never moves by itself.
func Bar(t layout.Theme, part float64, w int) string {
	bar := progress.New(progress.WithWidth(w), progress.WithoutPercentage(), progress.WithFillCharacters([]rune(t.Bar)[0], []rune(t.Bare)[0]))
	bar.FullColor, bar.EmptyColor = nil, nil
	return bar.ViewAs(max(0, min(part, 1)))
}
