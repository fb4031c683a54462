// Package msg holds sentences for people as data: a format and its arguments, put into words only where they are shown, so that
// they can be translated. It imports nothing of this program and every package may import it.
package msg

import (
	"fmt"
	"slices"
	"strings"
)

// Text is a sentence: a format of package fmt in English, and its arguments. Numbers, ports, serials, fingerprints and the terms
// of nodes are arguments; an argument may be a Text. The zero value is the empty sentence. JSON and TOML hold it as its English
// words; what it was made of goes beside them (Origins).
type Text struct {
	Format string // in English; where Many is set: for exactly one
	Many   string // in English, for any other number than one
	Count  int    // the number that Many is about
	Args   []any  // unescaped, as the words of nodes are: print the whole through cert.Printable
}

// verbatim is the format of words that are not ours.
const verbatim = "%s"

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

// Verbatim is words that no language changes: of a node, of a person, or of a library.
func Verbatim(words string) Text { return Text{Format: verbatim, Args: []any{words}} }

// English is the sentence of words that were English when they were written down. They are its format, so that a sentence without
// arguments finds its translation.
func English(words string) Text { return Text{Format: strings.ReplaceAll(words, "%", "%%")} }

// Kept is a sentence without arguments that journals keep as its English words, with the place behind it where one was named:
// "connection refused at 192.0.2.1:443".
func Kept(words string) Text {
	if what, at, ok := strings.Cut(words, " at "); ok && !strings.Contains(at, " ") {
		return T("%s at %s", English(what), at)
	}
	return English(words)
}

// Joined is sentences one behind the other with sep between them.
func Joined(texts []Text, sep string) Text {
	args := make([]any, len(texts))
	for i, t := range texts {
		args[i] = t
	}
	return Text{Format: strings.Join(slices.Repeat([]string{verbatim}, len(texts)), strings.ReplaceAll(sep, "%", "%%")), Args: args}
}

// Strings is the sentences in English.
func Strings(texts []Text) []string {
	if texts == nil {
		return nil
	}
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = t.String()
	}
	return all
}

// Verbatims is words that no language changes, each a sentence.
func Verbatims(words []string) []Text {
	if words == nil {
		return nil
	}
	all := make([]Text, len(words))
	for i, w := range words {
		all[i] = Verbatim(w)
	}
	return all
}

// Mapped is the sentence with f applied to each argument that is words, also in the sentences among them.
func (t Text) Mapped(f func(string) string) Text {
	args := make([]any, len(t.Args))
	for i, a := range t.Args {
		switch a := a.(type) {
		case Text:
			args[i] = a.Mapped(f)
		case string:
			args[i] = f(a)
		case error:
			args[i] = f(a.Error())
		case fmt.Stringer:
			args[i] = f(a.String())
		default:
			args[i] = a
		}
	}
	t.Args = args
	return t
}

// IsZero reports whether the sentence has no words.
func (t Text) IsZero() bool { return t.Format == "" || t.Format == verbatim && t.String() == "" }

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

// MarshalText is the sentence in English: the form in JSON and TOML.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads English words.
func (t *Text) UnmarshalText(words []byte) error {
	*t = English(string(words))
	return nil
}
