package manual

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// narrowest is the least width at which a window is taken to have broken lines, in characters.
const narrowest = 40

// unwrapped joins the lines that a narrow window has broken: the window is as wide as the longest line, and what stands
// behind a full line belongs to it where it does not begin as a record does. A blank at the edge is lost by copying, so
// that a line may look full by one less. record nil: behind every full line.
func unwrapped(text string, record *regexp.Regexp) string {
	lines, width := strings.Split(text, "\n"), 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(line))
	}
	if width < narrowest {
		return text
	}
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(line)
		full := utf8.RuneCountInString(line)
		switch {
		case i == len(lines)-1:
		case full < width-1, strings.TrimSpace(lines[i+1]) == "", record != nil && record.MatchString(lines[i+1]):
			b.WriteByte('\n')
		case full == width-1:
			b.WriteByte(' ')
		}
	}
	return b.String()
}
