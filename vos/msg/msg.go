// Package msg holds sentences for people as data: a format and its arguments, put into words only where they are shown, so that
// they can be translated. It imports nothing of this program and every package may import it.
package msg

import (
	"fmt"
	"strings"
)

// Text is a sentence: a format of package fmt in English, and its arguments. Numbers, ports, serials, fingerprints and the terms
// of nodes are arguments. The zero value is the empty sentence.
type Text struct {
	Format string `json:"format"`         // in English; where Many is set: for exactly one
	Many   string `json:"many,omitempty"` // in English, for any other number than one
	Count  int    `json:"count,omitempty"`
	Args   []any  `json:"args,omitempty"`
}

// T is a sentence without a number that changes its words. Where the word order matters to translators, formats use %[2]s.
func T(format string, args ...any) Text { return Text{Format: format, Args: args} }

// N is a sentence whose words depend on a number: N("1 note", "%d notes", n). Without arguments the number is the only one;
// with arguments both formats get these, and name the number by its place (%[1]d).
func N(one, many string, n int, args ...any) Text {
	if len(args) == 0 {
		args = []any{n}
	}
	return Text{Format: one, Many: many, Count: n, Args: args}
}

// String is the sentence in English.
func (t Text) String() string {
	format := t.Format
	if t.Many != "" && t.Count != 1 {
		format = t.Many
	}
	if !strings.Contains(format, "%") {
		return format // fmt would complain of the number that "1 note" does not print
	}
	return fmt.Sprintf(format, t.Args...)
}
