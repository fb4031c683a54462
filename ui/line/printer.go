package line

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/terminal"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// printer prints lines, one at a time. Nothing that was printed is drawn again: a screen reader reads each line once.
type printer struct {
	tongue lang.Localizer
	out    io.Writer
	asJSON bool       // one JSON object a line
	width  func() int // cells of a line, at least 20
	mu     sync.Mutex // one line at a time
}

// lineWidth is where texts are broken where the output is no terminal.
const lineWidth = 78

// widthOr is how wide the lines of a terminal are, of which file is an end and has its descriptor; or other where it is none. It is
// asked each time, as windows change.
func widthOr(other int, file any) func() int {
	if _, is := terminal.Width(file); !is {
		return func() int { return other }
	}
	return func() int {
		if w, _ := terminal.Width(file); w >= 20 {
			return w
		}
		return lineWidth
	}
}

func (p *printer) say(text string, args ...any) string { return p.tongue.Say(text, args...) }

// local is a sentence with its times as people read them; for a program they stay as they were written down.
func (p *printer) local(text msg.Text) string {
	if p.asJSON {
		return p.tongue.T(text)
	}
	return p.tongue.Local(text)
}

// print prints one line, or lines that are laid out already.
func (p *printer) print(text string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.asJSON {
		p.json(JSONLine{Text: p.say(text, args...)})
		return
	}
	fmt.Fprintln(p.out, layout.PrintableLines(p.say(text, args...))) // nothing else prints here
}

// tell prints a text that is in the language of the reader already, broken at the width; what follows its first line is indented
// by two cells more, or begins below its text where it begins with blanks or an arrow.
func (p *printer) tell(indent, text string) { p.hang(indent, 2, text) }

// hang is tell, with the cells by which what follows the first line is indented.
func (p *printer) hang(indent string, in int, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	for _, one := range strings.Split(layout.PrintableLines(text), "\n") {
		for _, s := range layout.Hanging(one, in, p.width()-len(indent)) {
			p.print("%s", indent+s)
		}
	}
}

// text prints a text of several lines that is in the language of the reader already.
func (p *printer) text(text string) {
	for _, s := range layout.Lines(layout.PrintableLines(unended(text)), p.width()) {
		p.print("%s", s)
	}
}

// document prints a page of Markdown that is in the language of the reader already: headings, tables in columns or as lists, no escapes.
func (p *printer) document(markdown string) {
	for _, s := range (layout.Theme{}).Markdown(markdown, p.width()) {
		p.print("%s", ansi.Strip(s))
	}
}

// facts prints lines of a page.
func (p *printer) facts(indent string, all []pages.Line) {
	for _, x := range all {
		text := x.Text
		if x.Label != "" {
			text = x.Label + ": " + x.Text
		}
		p.tell(indent, text)
	}
}

// page prints a page, part by part.
func (p *printer) page(about pages.Page) {
	for _, part := range about.Parts {
		p.tell("  ", part.Title)
		p.facts("    ", part.Lines)
	}
}

// json prints one line. The lock is held.
func (p *printer) json(r JSONLine) {
	data, err := json.Marshal(r)
	if err == nil {
		_, _ = fmt.Fprintf(p.out, "%s\n", data)
	}
}

// unended is a text without the signs that end it.
func unended(text string) string { return strings.TrimRight(text, "\r\n") }
