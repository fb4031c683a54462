// Package lang is the language function: every sentence for a person passes through it. The English sentence is the key.
package lang

import (
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Localizer says sentences in one language. The zero Localizer speaks English.
type Localizer struct {
	words map[string]string // English -> this language; nil: English
}

// Say returns the sentence in this language, with its arguments filled in as fmt does.
func (t Localizer) Say(sentence string, args ...any) string {
	if len(args) == 0 && t.words == nil {
		return sentence
	}
	if len(args) == 0 {
		return t.word(sentence)
	}
	return fmt.Sprintf(t.word(sentence), t.filled(args)...)
}

// T returns a sentence in this language, and the sentences among its arguments as well.
func (t Localizer) T(text msg.Text) string {
	if t.words == nil {
		return text.String()
	}
	format := t.word(text.Format)
	if text.Many != "" && text.Count != 1 {
		format = t.word(text.Many)
	}
	if !strings.Contains(format, "%") {
		return format
	}
	return fmt.Sprintf(format, t.filled(text.Args)...)
}

func (t Localizer) word(sentence string) string {
	if w, ok := t.words[sentence]; ok {
		return w
	}
	return sentence
}

// filled returns the arguments with their sentences in this language.
func (t Localizer) filled(args []any) []any {
	if t.words == nil {
		return args
	}
	all := make([]any, len(args))
	for i, a := range args {
		all[i] = a
		if text, ok := a.(msg.Text); ok {
			all[i] = t.T(text)
		}
	}
	return all
}
