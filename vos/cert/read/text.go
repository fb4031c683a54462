package read

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decoded makes text of bytes: UTF-8, UTF-16 with a mark or without one, or Windows-1252. It reports false for bytes that are
// no text; a PEM text inside them makes them one.
func decoded(data []byte) (text, form string, ok bool) {
	if strings.HasPrefix(string(data[:min(len(data), 4)]), "\xff\xfe\x00\x00") {
		return widest(data[4:]), "UTF-32", true
	}
	if order, skip := wide(data); order != nil {
		units := make([]uint16, 0, len(data)/2)
		for i := skip; i+1 < len(data); i += 2 {
			units = append(units, order.Uint16(data[i:]))
		}
		return string(utf16.Decode(units)), "UTF-16", true
	}
	data = bytes.TrimRight(data, "\x00\x1a")
	if rest, marked := bytes.CutPrefix(data, []byte(mark)); marked {
		data, form = rest, "a byte order mark"
	}
	if utf8.Valid(data) {
		text = string(data)
	} else {
		text = fromWindows(data)
	}
	if marks.Match(data) {
		return text, form, true
	}
	odd := 0
	for _, b := range data {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' {
			odd++
		}
	}
	return text, form, odd*50 <= len(data)
}

// widest reads UTF-32 in the byte order of Windows.
func widest(data []byte) string {
	var b strings.Builder
	for i := 0; i+3 < len(data); i += 4 {
		b.WriteRune(rune(binary.LittleEndian.Uint32(data[i:])))
	}
	return b.String()
}

// wide is the byte order of UTF-16, and how many bytes its mark takes; nil where the bytes are something else.
func wide(data []byte) (binary.ByteOrder, int) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return binary.LittleEndian, 2
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return binary.BigEndian, 2
	case len(data) < 16:
		return nil, 0
	}
	zeros, pairs := [2]int{}, min(len(data), 400)/2
	for i := range pairs * 2 {
		if data[i] == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1]*10 >= pairs*9 && zeros[0] == 0:
		return binary.LittleEndian, 0
	case zeros[0]*10 >= pairs*9 && zeros[1] == 0:
		return binary.BigEndian, 0
	}
	return nil, 0
}

// tidied replaces the signs that word processors put in place of those of PEM, and says which it found.
func tidied(text string) (string, []string) {
	if isPlain(text) {
		return text, nil
	}
	var forms []string
	note := func(form string) {
		for _, f := range forms {
			if f == form {
				return
			}
		}
		forms = append(forms, form)
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\u00ad', r >= '\u200b' && r <= '\u200f', r == '\u2060', r == '\ufeff', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			note("invisible characters")
		case r >= '\u2010' && r <= '\u2013', r == '\u2212', r == '\ufe58', r == '\ufe63', r == '\uff0d', r == '\u2043':
			note("typographic dashes")
			b.WriteByte('-')
		case r == '\u2014', r == '\u2015', r == '\u2e3a':
			note("typographic dashes")
			b.WriteString("--")
		case r == '\u00a0', r == '\u2007', r == '\u202f', r == '\u3000', r >= '\u2000' && r <= '\u200a':
			b.WriteByte(' ')
		case r == '\u2028', r == '\u2029', r == '\u0085', r == '\v', r == '\f':
			b.WriteByte('\n')
		case r >= '\u201c' && r <= '\u201f', r == '«', r == '»':
			b.WriteByte('"')
		case r >= '\uff01' && r <= '\uff5e': // wide letters of East Asian input
			b.WriteRune(r - 0xfee0)
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), forms
}

func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 || text[i] == '\v' || text[i] == '\f' {
			return false
		}
	}
	return true
}
