package msg

import (
	"fmt"
	"io/fs"
	"slices"
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

// ofFile is what the operating system says of a file, without the name of its call ("stat", "open"), and without the path where the
// sentence around it has it already.
type ofFile struct {
	*fs.PathError
	named bool // the path stands in the sentence
}

// Error is the path and the cause, or the cause alone.
func (e ofFile) Error() string { return e.Text().String() }

// Unwrap returns the error of the operating system.
func (e ofFile) Unwrap() error { return e.PathError }

// Text is the same as a sentence.
func (e ofFile) Text() Text {
	if e.named {
		return Of(e.Err)
	}
	return Text{Format: "%s%s", Args: []any{e.Path + ": ", e.Err}}
}

// withoutCalls are the arguments of an error, with what is said of files as people read it.
func withoutCalls(args []any) []any {
	for i, a := range args {
		if pe, ok := a.(*fs.PathError); ok && pe != nil && pe.Err != nil {
			args = slices.Clone(args)
			args[i] = ofFile{pe, slices.ContainsFunc(args, func(other any) bool { return other == any(pe.Path) })}
		}
	}
	return args
}

// Errorf is fmt.Errorf for errors that a person reads: the same wrapped errors, and the sentence beside the words. What the operating
// system says of a file stands without the name of its call. Translators see each %w as %s.
func Errorf(format string, args ...any) error {
	args = withoutCalls(args)
	return &failure{fmt.Errorf(format, args...), Text{Format: strings.ReplaceAll(format, "%w", "%s"), Args: args}}
}

// Of is what an error says as a sentence; of errors.Join, their sentences in lines; of an error that is none, its words, which may be
// a sentence without arguments.
func Of(err error) Text {
	switch t := err.(type) {
	case interface{ Text() Text }:
		return t.Text()
	case *fs.PathError:
		if t != nil && t.Err != nil {
			return ofFile{t, false}.Text()
		}
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
