package msg

import (
	"fmt"
	"strings"
)

// failure is an error whose words are a sentence.
type failure struct {
	error // as fmt.Errorf makes it
	text  Text
}

// Text is the sentence.
func (f *failure) Text() Text { return f.text }

// Unwrap returns the error that knows what it wraps.
func (f *failure) Unwrap() error { return f.error }

// Errorf is fmt.Errorf for errors that a person reads: the same words and the same wrapped errors, and the sentence beside them.
// Translators see each %w as %s.
func Errorf(format string, args ...any) error {
	return &failure{fmt.Errorf(format, args...), Text{Format: strings.ReplaceAll(format, "%w", "%s"), Args: args}}
}

// Of is what an error says as a sentence; of errors.Join, their sentences in lines; of an error that is none, its words, which may be
// a sentence without arguments.
func Of(err error) Text {
	switch t := err.(type) {
	case interface{ Text() Text }:
		return t.Text()
	case interface{ Unwrap() []error }:
		all := t.Unwrap()
		texts := make([]Text, len(all))
		words := make([]string, len(all))
		for i, e := range all {
			texts[i], words[i] = Of(e), e.Error()
		}
		if err.Error() == strings.Join(words, "\n") { // errors.Join: fmt.Errorf with two errors has words of its own
			return Joined(texts, "\n")
		}
	case interface{ Unwrap() error }: // what the operating system says of a file: "open X: permission denied"
		if inner := t.Unwrap(); inner != nil {
			if before, ok := strings.CutSuffix(err.Error(), inner.Error()); ok && before != "" {
				return Text{Format: "%s%s", Args: []any{before, inner}}
			}
		}
	}
	return English(err.Error())
}
