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

// TypedWords is a command, and how the node's questions are answered.
func TypedWords(d vos.Dialogue) []string {
	if len(d.Answers) > 0 {
		return []string{d.Line, "(answer its question with yes; with no while an upgrade or version switch is not finished)"}
	}
	return []string{d.Line}
}
