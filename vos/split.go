package vos

import (
	"regexp"
	"strings"
)

// Split parts what a node printed at the point of no return of a dialogue: behind the last question of Answers and its
// reply, or behind what was pasted. before is empty where that point was not reached: then the whole text is the answer,
// for the node came back to its prompt without having been told to go on.
func (d Dialogue) Split(text string) (before, after string) {
	end := max(d.pastedEnd(text), d.askedEnd(text))
	return text[:end], text[end:]
}

// pastedEnd is the index behind the line that ended the paste, where a text holds its echo; 0 where it does not.
func (d Dialogue) pastedEnd(text string) int {
	lines := strings.Split(strings.TrimSpace(string(d.Paste)), "\n")
	last := strings.TrimSpace(lines[len(lines)-1])
	end, at := 0, 0
	for line := range strings.Lines(text) {
		at += len(line)
		if last != "" && strings.TrimSpace(line) == last {
			end = at
		}
	}
	return end
}

// askedEnd is the index behind the last question and the reply to it; 0 where none was asked.
func (d Dialogue) askedEnd(text string) int {
	end := 0
	for _, a := range d.Answers {
		q, err := regexp.Compile(strings.TrimSuffix(a.Question, `\s*$`))
		if err != nil {
			continue // the terminal says so before it types
		}
		if all := q.FindAllStringIndex(text, -1); len(all) > 0 {
			end = max(end, replied(text, all[len(all)-1][1], a.Reply))
		}
	}
	return end
}

// replied moves an index behind the echo of a reply, where it stands there.
func replied(text string, at int, reply string) int {
	rest := strings.TrimLeft(text[at:], " \t?:")
	if len(rest) >= len(reply) && strings.EqualFold(rest[:len(reply)], reply) {
		return len(text) - len(rest) + len(reply)
	}
	return at
}
