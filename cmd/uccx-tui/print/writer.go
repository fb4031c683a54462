// Package print writes what commands print: text and JSON in which nothing gives orders to a terminal.
package print

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Text is the output of every command that prints text: whatever reaches it, no control character but line ends and
// tabs, no bidi override and no zero-width character gets through. A character whose bytes come in two writes is put
// together first.
type Text struct {
	To   io.Writer // where it goes
	rest []byte    // the beginning of a character
}

// Fd is the descriptor that is written to; of a writer without one a number that no descriptor has.
func (w *Text) Fd() uintptr { return (&Output{To: w.To}).Fd() }

// Write writes all of p, with escapes.
func (w *Text) Write(p []byte) (int, error) {
	text := append(w.rest, p...)
	w.rest = nil
	for i := max(len(text)-utf8.UTFMax, 0); i < len(text); i++ {
		if utf8.RuneStart(text[i]) && text[i] >= utf8.RuneSelf && !utf8.FullRune(text[i:]) {
			w.rest = bytes.Clone(text[i:])
			text = text[:i]
		}
	}
	if _, err := w.To.Write(printed(text)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// printed is text with escapes; line ends (also CR LF, of files for Windows and calendars) and tabs stay.
func printed(text []byte) []byte {
	var all bytes.Buffer
	for len(text) > 0 {
		n := bytes.IndexAny(text, "\n\t")
		if n < 0 {
			all.WriteString(cert.Printable(string(text)))
			break
		}
		line, end := text[:n], text[n:n+1]
		if text[n] == '\n' && bytes.HasSuffix(line, []byte("\r")) {
			line, end = line[:n-1], []byte("\r\n")
		}
		all.WriteString(cert.Printable(string(line)))
		all.Write(end)
		text = text[n+1:]
	}
	return all.Bytes()
}

// JSON is an output for JSON. Each Write is a whole text.
type JSON struct{ To io.Writer }

// Write writes it with escapes.
func (w JSON) Write(p []byte) (int, error) {
	if _, err := w.To.Write(cert.PrintableJSON(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Column is a text filled with blanks up to so many cells of a terminal.
func Column(text string, cells int) string { return layout.Column(text, cells) }

// Widest is how many cells a column of words takes, at least those given.
func Widest(least int, words ...string) int { return layout.Widest(least, words...) }

// Document writes one JSON document, indented.
func Document(w io.Writer, doc any) error {
	enc := json.NewEncoder(JSON{w})
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}
