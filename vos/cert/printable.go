package cert

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Printable makes text of nodes, files and certificates safe to show: control characters, bidi overrides, zero-width
// characters and broken UTF-8 are written as escapes (\x1b, \u202e), so that none of them reaches a terminal.
func Printable(s string) string {
	if !strings.ContainsFunc(s, hidden) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !hidden(r):
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

func hidden(r rune) bool {
	if r < 0x7f { // most of it
		return r < ' '
	}
	return r != ' ' && !unicode.IsPrint(r) || unicode.Is(unicode.Cf, r)
}

// PrintableJSON makes a JSON text safe to show: what JSON leaves raw in strings, such as bidi overrides and the control
// characters above 0x7e, is written as \u escapes. The text means the same.
func PrintableJSON(data []byte) []byte {
	if !bytes.ContainsFunc(data, hiddenInJSON) {
		return data
	}
	var b bytes.Buffer
	for _, r := range string(data) {
		switch {
		case !hiddenInJSON(r):
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

func hiddenInJSON(r rune) bool { return r > '~' && hidden(r) }
