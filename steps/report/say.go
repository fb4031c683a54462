package report

import (
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Said returns the report in the language of a Localizer. What programs read in it (JSON) stays English.
func (r Report) Said(by msg.Localizer) Report {
	r.by = by
	return r
}

// text is a sentence in the language of the report.
func (r Report) text(t msg.Text) string {
	if r.by == nil {
		return t.String()
	}
	return r.by.T(t)
}

// say is a sentence of the report itself. What nodes and people said is escaped before it is an argument.
func (r Report) say(format string, args ...any) string { return r.text(msg.T(format, args...)) }

// word is a word of the journal as a person reads it.
func (r Report) word(word string) string { return r.text(msg.Word(word)) }

// inWords is a duration in words.
func (r Report) inWords(d time.Duration) string { return r.text(msg.Duration(d)) }

// head begins a part of the report.
func (r Report) head(b *strings.Builder, title string) {
	b.WriteString("\n## " + r.say(title) + "\n\n")
}

// item is a line of a list. Its arguments are escaped.
func (r Report) item(b *strings.Builder, format string, args ...any) {
	b.WriteString("- " + r.say(format, args...) + "\n")
}

// columns begins a table.
func (r Report) columns(b *strings.Builder, titles ...msg.Text) {
	for _, t := range titles {
		b.WriteString("| " + r.text(t) + " ")
	}
	b.WriteString("|\n" + strings.Repeat("| --- ", len(titles)) + "|\n")
}

// row is a line of a table; its cells are escaped.
func row(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}
