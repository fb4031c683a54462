package layout

import (
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// CursorMark stands in a drawn line where the cursor of the terminal belongs: it takes no cell, and never reaches the
// terminal (see CutCursor).
const CursorMark = "\x1b_cursor\x1b\\"

// CutCursor takes the first CursorMark out of a line. x is the cell that it stood at, or -1 where there is none.
func CutCursor(line string) (rest string, x int) {
	before, after, found := strings.Cut(line, CursorMark)
	if !found {
		return line, -1
	}
	return before + after, Width(before)
}

// address is what may be a hyperlink: an HTTPS address of a host, with a port and a plain path. ownLink begins or ends the
// hyperlink of a terminal (OSC 8) to one, and to nothing else.
const address = `https://[A-Za-z0-9.-]+(:[0-9]+)?/[a-z/]*`

var (
	wholeAddress = lazyregexp.MustCompile(`^` + address + `$`)
	ownLink      = lazyregexp.MustCompile(`^\x1b\]8;;(` + address + `)?(\x07|\x1b\\)`)
)

// Link is a text that is printable, as a hyperlink of the terminal where it is an address and the terminal may know hyperlinks.
func (t Theme) Link(text string) string {
	if t.Plain || !wholeAddress.MatchString(text) {
		return cert.Printable(text)
	}
	return lipgloss.NewStyle().Hyperlink(text).Render(text)
}

// plainTerminal reports whether the terminal is one that prints the escape sequences of a hyperlink, or says that it has none.
func plainTerminal(term string) bool {
	switch term, _, _ := strings.Cut(term, "-"); term {
	case "", "dumb", "linux", "ansi", "cons25", "vt52", "vt100", "vt102", "vt220", "vt320":
		return true
	}
	return false
}

// Safe is the last door of the screens: of all escape sequences only colours, and links to HTTPS addresses, pass it;
// whatever else a screen forgot to make printable is written as an escape.
func Safe(line string) string {
	var b strings.Builder
	for line != "" {
		end := strings.IndexByte(line, 0x1b)
		if end < 0 {
			end = len(line)
		}
		b.WriteString(cert.Printable(line[:end]))
		line = line[end:]
		if n := max(colour(line), len(ownLink.FindString(line))); n > 0 {
			b.WriteString(line[:n])
			line = line[n:]
		} else if line != "" {
			b.WriteString(cert.Printable(line[:1]))
			line = line[1:]
		}
	}
	return b.String()
}

// colour returns the length of the colour sequence with which a text begins, or 0.
func colour(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';' && c != ':':
			return 0
		}
	}
	return 0
}

// Normal cleans a text that was pasted: line ends become "\n"; escape sequences, control and zero-width characters are taken
// out. What turns the direction of writing stays: it is evidence, and drawn as an escape.
func Normal(text string) string {
	text = ansi.Strip(text)
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || !unicode.IsControl(r) && (r < 0x200b || r > 0x200f) && r != 0xfeff {
			return r
		}
		return -1
	}, text)
}

// Line makes one line of a text that was typed or pasted: Normal, and nothing that has no width or turns the direction of
// writing.
func Line(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return -1
		}
		return r
	}, Normal(text))
}
