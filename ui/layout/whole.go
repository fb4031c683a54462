package layout

import (
	"regexp"
	"strings"

	"github.com/rivo/uniseg"
)

// unbrokenSpace stands for a space inside a command while lines are broken.
const unbrokenSpace = "\ue002"

// WrapWhole breaks a text into lines of at most w cells, but no word, path or command: one that is wider has a line of its own,
// so that it can be copied. A fingerprint is broken between its bytes.
func WrapWhole(s string, w int) []string {
	// the name of the program, up to two words, and what follows that no sentence would: flags, paths, names with capitals or digits
	command := regexp.MustCompile(`\buccx-tui(?: [a-z][a-z-]*){0,2}(?: (?:-[^ ]*|[^ ]*[A-Z0-9/._"'][^ ]*))*`)
	s = command.ReplaceAllStringFunc(s, func(c string) string {
		if Width(c) > w {
			return c
		}
		return strings.ReplaceAll(c, " ", unbrokenSpace)
	})
	s = strings.NewReplacer("-", unbroken, "/", unbrokenSlash, breakable, ":\u200b").Replace(inBytes(s, w))
	back := strings.NewReplacer(unbroken, "-", unbrokenSlash, "/", unbrokenSpace, " ", ":\u200b", ":")
	var lines []string
	line, state := "", -1
	for s != "" {
		var part string
		part, s, _, state = uniseg.FirstLineSegmentInString(s, state)
		if line != "" && Width(strings.TrimRight(line+part, " ")) > w {
			lines, line = append(lines, back.Replace(strings.TrimRight(line, " "))), ""
		}
		line += part
	}
	return append(lines, back.Replace(strings.TrimRight(line, " ")))
}
