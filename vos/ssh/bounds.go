package ssh

import (
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// What a node may print. A node that boots in a loop on its console, or whose pager never ends, must cost neither the
// memory nor the time of the other nodes: what goes beyond a bound ends the dialogue.
const (
	maxAnswer = 1 << 20 // bytes of one answer, of the welcome, and of what comes between two dialogues
	maxLines  = 20_000  // lines of the same; a trust store of a thousand certificates has a thousand
	maxPages  = 1_000   // pages of one answer
	window    = 8 << 10 // bytes at the end of the answer in which a question is looked for
	maxPrompt = 4 << 10 // bytes at the end of the current line in which a prompt is looked for
)

// full reports whether a bound was reached; nothing more is kept then.
func (s *screen) full() bool {
	return s.size > maxAnswer || len(s.lines) > maxLines
}

// end is the end of the current line, where prompts stand.
func (s *screen) end() string { return string(s.cur[max(0, len(s.cur)-maxPrompt):]) }

// tail returns the last bytes of a text.
func tail(text string, size int) string { return text[max(0, len(text)-size):] }

// errEndless is the error of a node that printed more than any answer has.
func errEndless(what msg.Text) error {
	return msg.Errorf("%s does not end (more than %d KiB, or %d lines)", what, maxAnswer>>10, maxLines)
}
