package restart

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TypedOn is what is typed on Into when the trust has changed, as the table of restarts says.
func TypedOn(r trust.Relation) string {
	row, _ := RuleFor(r.Into.Product, r.Into.Release, r.For)
	return strings.Join(row.Words(), "; ")
}

// TypedWords is a command and the careful answers to what the node may ask.
func TypedWords(d vos.Dialogue) []string {
	words := []string{d.Line}
	for _, a := range d.Answers {
		words = append(words, a.Reply)
	}
	return words
}
