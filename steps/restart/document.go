package restart

import (
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

const restartsHead = `# Restarts

What must be restarted, by product, release and reason, with the source. The steps do what this table says, and the screens show it
(` + "`s`" + ` on the plan and on a restart). It is printed from the code: ` + "`go test ./steps/restart -run TestRestartsDocument -update`" + `. Where documents
disagree, all of them are listed below. The effect is concluded from the services that run on the node; no document describes it.

On a node that no program may log in to, a person types the same commands (connection *manual*, [ways.md](ways.md)), and uccx-tui still
checks the ports. A restart is confirmed by typing the node's name. It is pending from the upload until every port is verified.
`

// Markdown is docs/restarts.md: the table of restarts.
func Markdown() []byte {
	var b strings.Builder
	b.WriteString(restartsHead)
	b.WriteString("\n| product | release | reason | typed | source |\n| --- | --- | --- | --- | --- |\n")
	for _, r := range rules() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.Product.Title(""), r.releases(), titles.OfReason(r.For), strings.ReplaceAll(strings.Join(r.Words(), "; "), "|", `\|`), r.source())
	}
	product := ""
	for _, r := range rules() {
		if title := r.Product.Title(""); title != product {
			product = title
			fmt.Fprintf(&b, "\n## %s\n", product)
		}
		fmt.Fprintf(&b, "\n### %s: %s, %s\n\n", product, titles.OfReason(r.For), r.releases())
		for _, l := range r.Lines() {
			fmt.Fprintf(&b, "- **%s**: %s\n", strings.ToLower(l.Label.String()), l.Text)
		}
	}
	return []byte(b.String())
}

// releases is "8.0 and later", "11.5, before 11.6".
func (r Rule) releases() string {
	if r.Until != "" {
		return msg.T("%s, before %s", r.From, r.Until).String()
	}
	return msg.T("%s and later", r.From).String()
}

func (r Rule) source() msg.Text {
	text := msg.T("%s, %s", cited(r.Source), strings.Join(r.Rules, " "))
	if r.Guess {
		return msg.T("%s (an assumption)", text)
	}
	return text
}

// cited is a source as a person reads it: a title of a document as it is printed, everything else in the person's language.
func cited(source string) msg.Text {
	switch source {
	case fromNode:
		return msg.T(fromNode)
	case fromOlder:
		return msg.T(fromOlder)
	case fromPlatform:
		return msg.T(fromPlatform)
	}
	return msg.English(source)
}

// Fact is a label and what it says.
type Fact struct{ Label, Text msg.Text }

// Lines is all that a row of the table says, for screens and documents.
func (r Rule) Lines() []Fact {
	words := msg.Verbatim(strings.Join(r.Words(), "; "))
	if r.Theirs {
		words = msg.T("%s (its administrators do that)", words)
	}
	if r.Typed != "" {
		words = msg.T("%s (the node asks, and restarts by itself; uccx-tui does not type it)", words)
	}
	lines := []Fact{{msg.T("Command"), words}, {msg.T("Order"), r.Order}, {msg.T("Effect"), r.Lost}, {msg.T("Verified"), r.Proof}, {msg.T("Source"), r.source()}}
	for _, v := range r.Voices {
		lines = append(lines, Fact{msg.T("Elsewhere"), msg.T("%s: %s. This program: %s", cited(v.Source), v.Says, v.Held)})
	}
	return lines
}
