package report

import (
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// voice is how a report speaks to people: its language, and the zone of its times.
type voice struct {
	zone *time.Location // nil: UTC
	by   msg.Localizer  // nil: English

	reloads bool // as a page, it loads itself again
}

// Said returns the report in the language of a Localizer. What programs read in it (JSON) stays English.
func (r Report) Said(by msg.Localizer) Report {
	r.by = by
	return r
}

// Reloading returns the report as a page that loads itself again, so that who looks at it sees what is new. Other forms stay as they are.
func (r Report) Reloading() Report {
	r.reloads = true
	return r
}

// tag is the language of the report, as BCP 47 writes it.
func (r voice) tag() string {
	if by, ok := r.by.(interface{ Tag() string }); ok && by.Tag() != "" {
		return by.Tag()
	}
	return "en"
}

// text is a sentence in the language of the report.
func (r voice) text(t msg.Text) string { return msg.In(r.by, t) }

// say is a sentence of the report itself. What nodes and people said is escaped before it is an argument.
func (r voice) say(format string, args ...any) string { return r.text(msg.T(format, args...)) }

// word is a word of the journal as a person reads it.
func (r voice) word(word string) string { return r.text(msg.Word(word)) }

// inWords is a duration in words.
func (r voice) inWords(d time.Duration) string { return r.text(msg.Duration(d)) }

// head begins a part of the report.
func (r voice) head(b *strings.Builder, title string) {
	b.WriteString("\n## " + r.say(title) + "\n\n")
}

// both are two parts of a line that are in the language of the report and escaped already, with the comma of that language between them.
func (r voice) both(one, other string) string {
	return r.text(msg.Both(msg.Verbatim(one), msg.Verbatim(other)))
}

// item is a line of a list. Its arguments are escaped.
func (r voice) item(b *strings.Builder, format string, args ...any) {
	b.WriteString("- " + r.say(format, args...) + "\n")
}

// columns begins a table.
func (r voice) columns(b *strings.Builder, titles ...msg.Text) {
	for _, t := range titles {
		b.WriteString("| " + r.text(t) + " ")
	}
	b.WriteString("|\n" + strings.Repeat("| --- ", len(titles)) + "|\n")
}

// row is a line of a table; its cells are escaped.
func row(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}
