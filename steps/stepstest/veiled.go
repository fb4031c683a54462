package stepstest

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Veiled is a language for tests that writes each of our words as ж, so that what passes no Localizer stands out. Arguments stay.
type Veiled struct{}

// T returns the sentence with its arguments.
func (v Veiled) T(text msg.Text) string {
	ours := regexp.MustCompile(`%(\[\d+\])?\d*[a-z]|\pL+`)
	format := text.Format
	if text.Many != "" && text.Count != 1 {
		format = text.Many
	}
	format = ours.ReplaceAllStringFunc(format, func(s string) string {
		if strings.HasPrefix(s, "%") {
			return s
		}
		return "ж"
	})
	if !strings.Contains(format, "%") {
		return format
	}
	args := make([]any, len(text.Args))
	for i, a := range text.Args {
		if inner, ok := a.(msg.Text); ok {
			a = v.T(inner)
		}
		args[i] = a
	}
	if len(args) == 0 {
		return strings.ReplaceAll(format, "%%", "%")
	}
	return fmt.Sprintf(format, args...)
}
