package manual

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

var (
	sequence = lazyregexp.MustCompile(`\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)?|[()#%][0-9A-Za-z]|[0-Z\\^-~])`)
	// pager is what asks for a key. Where it is wider than the window, its first row is left there when it is rubbed out.
	pager = lazyregexp.MustCompile(`(?i)(?:\[1m)?press\s+<enter>\s+for\s+1\s+line(?:,\s*<space>\s+for\s+one\s+page,\s*or\s+<q>\s+to\s+quit(?:\[0m)?(?:\[K)?\s?|[^\n]*(?:\n|$))`)
)

// clean takes out of a copied text what a terminal or an editor puts in: escape sequences, pagers, rubbed out letters,
// control characters. Lines end by "\n".
func clean(text string) string {
	text = sequence.ReplaceAllString(strings.ToValidUTF8(text, "?"), "")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\ufeff", "").Replace(text)
	var kept []rune
	for _, r := range pager.ReplaceAllString(text, "") {
		switch {
		case r == '\b' && len(kept) > 0 && kept[len(kept)-1] != '\n':
			kept = kept[:len(kept)-1]
		case r == '\n' || r == '\t' || r >= ' ' && r != 0x7f && (r < 0x80 || r > 0x9f):
			kept = append(kept, r)
		}
	}
	return string(kept)
}

// part is one command in a copied text, and what it printed. It is whole where the prompt behind that was copied too.
type part struct {
	line, text string
	whole      bool
}

// typed is a line on which a command stands, with the prompt before it where that was copied too.
var typed = lazyregexp.MustCompile(`^\s*(?:([A-Za-z0-9_.\-]+):)?\s*((?i:show|set|utils|file|unset|delete|run)\s+[a-z].*?)\s*$`)

// split finds the commands of a copied text; none where only an answer was copied. A line without a prompt is a command
// only at the very beginning: an answer may hold such words too.
func split(text string) []part {
	var parts []part
	prompt, first := "admin:", true
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		m := typed.FindStringSubmatch(line)
		bare := strings.TrimSpace(line)
		switch {
		case m != nil && (m[1] != "" || first):
			if m[1] != "" {
				prompt = m[1] + ":"
				end(parts)
			}
			parts = append(parts, part{line: m[2]})
		case bare == prompt || bare == prompt+"quit" || bare == prompt+"exit":
			end(parts)
		case len(parts) > 0:
			at := &parts[len(parts)-1]
			at.text += strings.TrimSuffix(line, prompt) + "\n"
			at.whole = strings.HasSuffix(line, prompt)
		}
		first = first && bare == ""
	}
	return parts
}

// end notes that a prompt stands behind the newest part.
func end(parts []part) {
	if len(parts) > 0 {
		parts[len(parts)-1].whole = true
	}
}

// answers returns what the part printed, where it holds that command. Blanks and case count for nothing, and a window may
// have broken a long command over several lines.
func (p part) answers(line string) (text string, ok bool) {
	want, have, text := squeezed(line), squeezed(p.line), p.text
	for have != want {
		more, rest, found := strings.Cut(text, "\n")
		if !found || strings.TrimSpace(more) == "" || !strings.HasPrefix(want, have) {
			return "", false
		}
		have, text = have+squeezed(more), rest
	}
	return text, true
}

// last returns the index of the newest part that holds the answer to a command, or -1, and the answer.
func last(parts []part, line string) (at int, text string) {
	for i := len(parts) - 1; i >= 0; i-- {
		if text, ok := parts[i].answers(line); ok {
			return i, text
		}
	}
	return -1, ""
}

// squeezed is a line without its blanks, in lower case.
func squeezed(line string) string { return strings.ToLower(strings.Join(strings.Fields(line), "")) }
