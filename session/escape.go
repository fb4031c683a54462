package session

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// escapeJSON writes what cannot be seen in a JSON text, or gives orders to a terminal, as \u escapes, for those who look at a
// journal with cat or less sees text. The text means the same, and the sums are made of the bytes that are written.
func escapeJSON(data []byte) []byte {
	text := string(data)
	if !strings.ContainsFunc(text, unseen) {
		return data
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case !unseen(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return []byte(b.String())
}

// unseen reports whether a rune above ASCII is anything but a letter, a number, a sign or a symbol that can be seen:
// controls, formats, blanks, marks that stack on others, and letters and symbols that are drawn as nothing.
func unseen(r rune) bool {
	if r <= '~' {
		return false
	}
	switch r {
	case '\u115f', '\u1160', '\u2800', '\u3164', '\uffa0':
		return true
	}
	return !unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
}
