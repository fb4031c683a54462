package cert

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// maxMarks is how many combining marks may follow a letter: more than any script needs. A flood of them is drawn over the
// lines above and below.
const maxMarks = 3

// Printable makes text of nodes, files and certificates safe to show: control characters, bidi overrides, characters that
// not visible, floods of combining marks and broken UTF-8 are written as escapes (\x1b, \u202e), so that none of them reaches
// a terminal, and no two names look alike that are not the same.
func Printable(s string) string {
	if !strings.ContainsFunc(s, odd) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	var marks run
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch shown := marks.shows(r); {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case shown:
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		i += size
	}
	return b.String()
}

// run counts the combining marks behind a letter.
type run struct {
	letter bool // the last character that is no mark can carry one
	marks  int
}

// shows reports whether a character is shown as it is, behind those before it.
func (m *run) shows(r rune) bool {
	if hidden(r) {
		*m = run{}
		return false
	}
	if !isMark(r) {
		*m = run{letter: r != ' '}
		return true
	}
	m.marks++
	return m.letter && m.marks <= maxMarks
}

func isMark(r rune) bool { return r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me) }

// odd reports whether a character needs a second look.
func odd(r rune) bool { return hidden(r) || isMark(r) }

// hidden reports whether a character gives orders, or is not seen: U+2800 is a pattern of Braille without a dot.
func hidden(r rune) bool {
	if r < 0x7f { // most of it
		return r < ' '
	}
	return !unicode.IsPrint(r) || r == 0x2800 || unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// PrintableJSON makes a JSON text safe to show: what JSON leaves raw in strings, such as bidi overrides and the control
// characters above 0x7e, is written as \u escapes. The text means the same.
func PrintableJSON(data []byte) []byte {
	if !bytes.ContainsFunc(data, oddInJSON) {
		return data
	}
	var b bytes.Buffer
	var marks run
	for _, r := range string(data) {
		switch shown := marks.shows(r); {
		case shown || r <= '~':
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.Bytes()
}

func oddInJSON(r rune) bool { return r > '~' && odd(r) }

// printableText makes a sentence printable, and keeps it a sentence where its arguments alone need it.
func printableText(t msg.Text) msg.Text {
	words := t.String()
	if safe := Printable(words); safe != words {
		if t = t.Mapped(Printable); t.String() != safe {
			return msg.Verbatim(safe)
		}
	}
	return t
}
