// Package lang is the language function: every sentence for a person passes through it. The English sentence is the key.
package lang

import (
	"fmt"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Catalog is what one language says in place of the English sentences. What it lacks it gives back.
type Catalog interface {
	Get(english string) string
	GetN(one, many string, n int) string
}

// Localizer says sentences in one language. The zero Localizer speaks English.
type Localizer struct {
	words Catalog // nil: English
	tag   string  // BCP 47; empty: English
}

// New returns the Localizer of a language.
func New(words Catalog) Localizer { return Localizer{words: words} }

// Tag is the language as BCP 47 writes it; empty for English.
func (t Localizer) Tag() string { return t.tag }

// Wide reports whether letters of this language take two cells. Terminals of these languages often draw the signs whose width is
// ambiguous (→, …, ─) in two cells as well, so that only ASCII signs stand where they should.
func (t Localizer) Wide() bool {
	base, _, _ := strings.Cut(t.tag, "-")
	return base == "ja" || base == "ko" || base == "zh"
}

// Error is what an error says in this language.
func (t Localizer) Error(err error) string { return t.T(msg.Of(err)) }

// Say returns the sentence in this language, with its arguments filled in as fmt does. Without arguments a sign of percent is one.
func (t Localizer) Say(sentence string, args ...any) string {
	if len(args) == 0 && t.words == nil {
		return sentence
	}
	if len(args) == 0 {
		return t.T(msg.English(sentence))
	}
	return t.T(msg.T(sentence, args...))
}

// Local is T with the times of the sentence in the zone of this machine, as people read them.
func (t Localizer) Local(text msg.Text) string { return msg.TimesIn(t.T(text), time.Local) }

// T returns a sentence in this language, and the sentences, errors and labels among its arguments as well.
func (t Localizer) T(text msg.Text) string {
	if t.words == nil || text.Format == "" {
		return text.String()
	}
	format := t.format(text)
	if !strings.Contains(format, "%") {
		return format
	}
	all := make([]any, len(text.Args))
	for i, a := range text.Args {
		all[i] = a
		switch a := a.(type) {
		case msg.Text:
			all[i] = t.T(a)
		case interface{ Text() msg.Text }:
			all[i] = t.T(a.Text())
		case error:
			all[i] = t.T(msg.Of(a))
		}
	}
	return fmt.Sprintf(format, all...)
}

func (t Localizer) format(text msg.Text) string {
	if text.Many != "" {
		return t.words.GetN(text.Format, text.Many, text.Count)
	}
	return t.words.Get(text.Format)
}
