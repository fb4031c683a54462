// Package lang is the language function: every sentence for a person passes through it. The English sentence is the key.
package lang

import "fmt"

// Tongue says sentences in one language. The zero Tongue speaks English.
type Tongue struct {
	words map[string]string // English -> this language; nil: English
}

// Say returns the sentence in this language, with its arguments filled in as fmt does.
func (t Tongue) Say(sentence string, args ...any) string {
	if w, ok := t.words[sentence]; ok {
		sentence = w
	}
	if len(args) == 0 {
		return sentence
	}
	return fmt.Sprintf(sentence, args...)
}
