package ssh

import (
	"bytes"
	"strconv"
	"strings"
)

// screen turns what a node prints into lines, as an endless wide terminal would show them: escape sequences are carried
// out or left out, backspaces and a lone CR move the cursor, and what is overwritten is gone.
type screen struct {
	lines  []string
	cur    []byte // the line that is not ended yet
	col    int    // of the cursor in it, in bytes
	erased int    // where it was last erased by the node: a prompt may begin there
	size   int    // bytes that were fed
	escape []byte // a sequence whose end has not come yet
}

// maxEscape bounds a sequence that never ends, in bytes.
const maxEscape = 256

func (s *screen) feed(chunk []byte) {
	if s.full() {
		return
	}
	s.size += len(chunk)
	for _, b := range chunk {
		switch {
		case len(s.escape) > 0:
			s.sequence(b)
		case b == 0x1b:
			s.escape = append(s.escape[:0], b)
		case b == '\n':
			s.newline()
		case b == '\r':
			s.col = 0
		case b == '\b':
			s.col = max(s.col-1, 0)
		case b >= ' ' && b != 0x7f || b == '\t':
			s.put(b)
		}
	}
}

func (s *screen) newline() {
	s.lines = append(s.lines, strings.TrimRight(string(s.cur), " "))
	s.clear()
}

// clear empties the line at which the cursor stands.
func (s *screen) clear() { s.cur, s.col, s.erased = s.cur[:0], 0, 0 }

func (s *screen) put(b byte) {
	for len(s.cur) < s.col {
		s.cur = append(s.cur, ' ')
	}
	if s.col < len(s.cur) {
		s.cur[s.col] = b
	} else {
		s.cur = append(s.cur, b)
	}
	s.col++
}

// sequence takes one more byte of an escape sequence, and carries it out when it is whole.
func (s *screen) sequence(b byte) {
	s.escape = append(s.escape, b)
	if escapeOpen(s.escape) && len(s.escape) < maxEscape {
		return
	}
	seq := s.escape
	s.escape = s.escape[:0]
	if len(seq) > 2 && seq[1] == '[' {
		s.control(seq[len(seq)-1], string(seq[2:len(seq)-1]))
	}
}

// control carries out the few cursor movements that a line editor uses.
func (s *screen) control(final byte, params string) {
	n, err := strconv.Atoi(params)
	count := min(max(n, 1), maxColumn)
	if err != nil {
		n, count = 0, 1
	}
	switch final {
	case 'K':
		s.erase(n)
	case 'C':
		s.col = min(s.col+count, maxColumn)
	case 'D':
		s.col = max(s.col-count, 0)
	case 'G':
		s.col = count - 1
	case 'P':
		if s.col < len(s.cur) {
			s.cur = append(s.cur[:s.col], s.cur[min(s.col+count, len(s.cur)):]...)
		}
	}
}

// maxColumn bounds what a cursor movement may pad.
const maxColumn = 4096

func (s *screen) erase(how int) {
	switch {
	case how == 2:
		s.cur = s.cur[:0]
	case how == 0 && s.col < len(s.cur):
		s.cur = s.cur[:s.col]
	}
	s.erased = s.col
}

// escapeOpen reports whether an escape sequence needs more bytes.
func escapeOpen(seq []byte) bool {
	if len(seq) < 2 {
		return true
	}
	last := seq[len(seq)-1]
	switch seq[1] {
	case '[':
		return len(seq) == 2 || last < 0x40 || last > 0x7e
	case ']', 'P', '_', '^': // strings, up to BEL or ST
		return last != 0x07 && !bytes.HasSuffix(seq[2:], []byte("\x1b\\"))
	case '(', ')', '#', '%', ' ':
		return len(seq) < 3
	}
	return false
}

// letter is one letter of what was printed.
type letter struct {
	b     byte
	first bool // a line begins with it
}

// echoEnd returns the index behind the first echo of a typed line, or -1. Blanks, line breaks and control characters
// count for nothing in it: a narrow terminal wraps the echo in ways of its own. A backspace takes a letter back. An echo
// begins a line, or stands behind a prompt; the same words elsewhere are no echo.
func echoEnd(raw []byte, line string) int {
	var seen []letter
	var escape []byte
	want, first := squeezed(line), true
	for i, b := range raw {
		switch {
		case len(escape) > 0:
			if escape = append(escape, b); !escapeOpen(escape) || len(escape) >= maxEscape {
				escape = escape[:0]
			}
		case b == 0x1b:
			escape = append(escape, b)
		case b == '\b' && len(seen) > 0:
			seen = seen[:len(seen)-1]
		case b == '\n' || b == '\r':
			first = true
		case b >= ' ' && b != 0x7f:
			seen = append(seen, letter{b, first})
			first = first && b == ' '
			if endsWith(seen, want) {
				return i + 1
			}
		}
	}
	return -1
}

// endsWith reports whether the last letters, blanks apart, are an echo.
func endsWith(seen []letter, want string) bool {
	i := len(seen) - 1
	if want == "" || i < 0 || seen[i].b != want[len(want)-1] {
		return false
	}
	first := false
	for n := len(want) - 1; n >= 0; i-- {
		switch {
		case i < 0:
			return false
		case seen[i].b == ' ':
		case seen[i].b != want[n]:
			return false
		default:
			first = seen[i].first
			n--
		}
	}
	for i >= 0 && seen[i].b == ' ' {
		i--
	}
	return first || i < 0 || seen[i].b == ':'
}

// squeezed is a line without its blanks.
func squeezed(line string) string { return strings.Join(strings.Fields(line), "") }
