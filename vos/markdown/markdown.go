// Package markdown writes words of others into pages of Markdown, and reads such pages back as plain text.
package markdown

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// escaped are the signs that have a meaning in Markdown, and what is written in their place. The backslash comes first: it
// would take the escape of the sign behind it away. In addresses that a renderer would turn into links by itself, one sign
// is written as a number.
var escaped = []string{`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "#", `\#`, "|", `\|`, "~", `\~`, "$", `\$`,
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "`", "&#96;", "://", "&#58;//", "www.", "www&#46;", "mailto:", "mailto&#58;", "xmpp:", "xmpp&#58;"}

// Forms that Markdown takes for more than text.
var (
	mailLike    = lazyregexp.MustCompile(`@([\pL\pN_-]+\.)`)
	wwwLike     = lazyregexp.MustCompile(`(?i)\b(www)\.`)
	blockStart  = lazyregexp.MustCompile(`^([-+=])`)
	orderedItem = lazyregexp.MustCompile(`^([0-9]{1,9})([.)])(\s|$)`)
)

// Escape makes words of nodes, certificates and people safe for Markdown and terminals: they hold no control character and make
// no tag, table, list, heading, link or picture, also where a renderer turns bare addresses into links.
func Escape(s string) string {
	s = strings.NewReplacer(escaped...).Replace(strings.TrimSpace(cert.Printable(s)))
	s = wwwLike.ReplaceAllString(mailLike.ReplaceAllString(s, `&#64;$1`), `$1&#46;`)
	return orderedItem.ReplaceAllString(blockStart.ReplaceAllString(s, `\$1`), `$1\$2$3`)
}

// PlainText is a page of Markdown without the escapes of Escape: what a person reads on a screen. It holds no control character
// but line ends.
func PlainText(markdown string) string {
	back := []string{"&#64;", "@", "&#46;", ".", `\-`, "-", `\+`, "+", `\=`, "=", `\.`, ".", `\)`, ")", "&#58;", ":"}
	for i := 0; i < len(escaped); i += 2 {
		if len(escaped[i]) == 1 {
			back = append(back, escaped[i+1], escaped[i])
		}
	}
	return strings.NewReplacer(back...).Replace(markdown)
}
