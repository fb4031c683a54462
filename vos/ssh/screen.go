package ssh

import (
	"regexp"
	"strings"
)

var (
	escapes = regexp.MustCompile("\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|[()][A-Za-z0-9]|[=>78DEHMNOZc])")
	// prompt: the account's name or admin, a colon, nothing after it, at the start of a line (vos-facts 1.2).
	promptEnd = regexp.MustCompile(`(?:^|\n)([A-Za-z0-9_.\-]+):[ \t]*$`)
	pagerOne  = regexp.MustCompile(`(?i)press <enter> for 1 line, <space> for one page, or <q> to quit\s*$`)
	pagerTwo  = regexp.MustCompile(`(?i)options: q=quit, n=next, p=prev, b=begin, e=end[^\n]*:\s*$`)
	pagers    = regexp.MustCompile(`(?i)\n?press <enter> for 1 line, <space> for one page, or <q> to quit\s*?(?:\n|$)|\n*options: q=quit, n=next, p=prev, b=begin, e=end[^\n]*:[ \t]*`)
)

// plain makes text of what a terminal was sent: escape sequences out, backspaces carried out, CR LF to "\n", and what
// was overwritten after a lone CR gone.
func plain(raw []byte) string {
	s := escapes.ReplaceAllString(string(raw), "")
	s = strings.ReplaceAll(s, "\r\r\n", "\n")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\x00", "")
	if strings.Contains(s, "\b") {
		s = backspaced(s)
	}
	if strings.Contains(s, "\r") {
		lines := strings.Split(s, "\n")
		for i, l := range lines {
			if at := strings.LastIndex(l, "\r"); at >= 0 {
				lines[i] = overwritten(l)
			}
		}
		s = strings.Join(lines, "\n")
	}
	return s
}

// overwritten is what is left to see of a line in which the cursor went back to its start.
func overwritten(line string) string {
	var kept string
	for _, part := range strings.Split(line, "\r") {
		if len(part) < len(kept) && strings.TrimSpace(part) != "" && !strings.HasPrefix(kept, part) && !pagers.MatchString(kept+"\n") {
			kept = part + kept[len(part):]
			continue
		}
		if part != "" {
			kept = part
		}
	}
	return kept
}

func backspaced(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r == '\b' {
			if len(out) > 0 && out[len(out)-1] != '\n' {
				out = out[:len(out)-1]
			}
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// afterEcho returns what stands behind the echo of a command. Blanks and line breaks inside the echo do not matter: a
// narrow terminal wraps it. Where the node redrew its prompt, the last echo counts.
func afterEcho(text string, echo *regexp.Regexp) (string, bool) {
	all := echo.FindAllStringIndex(text, 2)
	if len(all) == 0 {
		return text, false
	}
	end := all[0][1]
	if len(all) == 2 && strings.TrimSpace(promptless(text[end:all[1][0]])) == "" {
		end = all[1][1] // typed ahead, then redrawn behind the prompt
	}
	return text[end:], true
}

// echoOf is how a command may look when a node has printed it back.
func echoOf(line string) *regexp.Regexp {
	words := strings.Fields(line)
	for i, w := range words {
		words[i] = spaced(w)
	}
	return regexp.MustCompile(strings.Join(words, `[ \t\n]*`) + `[ \t]*\n`)
}

var onlyPrompts = regexp.MustCompile(`(?m)^[A-Za-z0-9_.\-]+:[ \t]*$`)

func promptless(s string) string { return onlyPrompts.ReplaceAllString(strings.TrimRight(s, " "), "") }

// spaced allows a line break between any two letters of a word.
func spaced(word string) string {
	var b strings.Builder
	for i, r := range word {
		if i > 0 {
			b.WriteString(`\n?`)
		}
		b.WriteString(regexp.QuoteMeta(string(r)))
	}
	return b.String()
}

// withoutPrompt cuts the prompt, and what the pager left, from an answer.
func withoutPrompt(text string) string {
	if m := promptEnd.FindStringIndex(text); m != nil {
		text = text[:m[0]]
	}
	for { // a prompt that was drawn twice
		m := promptEnd.FindStringIndex(strings.TrimRight(text, "\n "))
		if m == nil {
			break
		}
		text = text[:m[0]]
	}
	return pagers.ReplaceAllString(text, "\n")
}
