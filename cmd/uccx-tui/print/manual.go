package print

import (
	"io"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// What a line of a document begins with that is not joined to the one before it; words that are set off; links to other documents and to
// pages.
var (
	ownLine = lazyregexp.MustCompile(`^(\s*$|#|\||\s*[-*] |\s*[0-9]+\. |!\[)`)
	strong  = lazyregexp.MustCompile("(^|[ (])\\*{1,2}([^*` ][^*`]*)\\*{1,2}")
	link    = lazyregexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)
)

// Manual is a document of the program for an output: on a terminal laid out at its width, with tables in columns, commands as they stand,
// and links to other documents as their names; elsewhere it stays Markdown.
func Manual(w io.Writer, text string) string {
	width := terminalWidth(w)
	if width == 0 {
		return text
	}
	var parts []string
	for i, part := range strings.Split(text, "\n```") {
		if i%2 == 0 { // behind the end of a block of commands
			parts = append(parts, strings.Trim(string(Page([]byte(joined(part)), width)), "\n"))
			continue
		}
		_, commands, _ := strings.Cut(part, "\n") // behind the name of their language
		var lines []string
		for l := range strings.SplitSeq(commands, "\n") {
			lines = append(lines, strings.TrimRight("    "+l, " "))
		}
		parts = append(parts, strings.Join(lines, "\n"))
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "\n\n")
}

// joined is a document with each paragraph on one line, without pictures.
func joined(text string) string {
	var lines []string
	for l := range strings.SplitSeq(text, "\n") {
		l = link.ReplaceAllStringFunc(l, func(found string) string {
			name, to, _ := strings.Cut(strings.TrimSuffix(found[1:], ")"), "](")
			if strings.Contains(to, "://") && name != to {
				return name + " (" + to + ")"
			}
			return name
		})
		l = strong.ReplaceAllString(l, "$1$2")
		last := len(lines) - 1
		switch {
		case strings.HasPrefix(l, "!"):
		case last < 0 || ownLine.FindString(l) != "" || l == "" || lines[last] == "" || strings.HasPrefix(lines[last], "#") || strings.HasPrefix(lines[last], "|"):
			lines = append(lines, l)
		default:
			lines[last] += " " + strings.TrimSpace(l)
		}
	}
	return strings.Join(lines, "\n")
}
