package redact

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// layer is a text as it reads without some of its escapes.
type layer struct {
	text   string
	places []int // of each byte of text in the original, and of its end; nil: it is the original
}

// at returns the place in the original.
func (l layer) at(i int) int {
	if l.places == nil {
		return i
	}
	return l.places[i]
}

// layersOf returns a text as it stands, and without the escapes of one or two encodings, such as HTML in JSON.
func layersOf(text string) []layer {
	all := []layer{{text: text}}
	for depth, from := 0, 0; depth < 2; depth++ {
		till := len(all)
		for ; from < till; from++ {
			for _, e := range encodings {
				if out := e.decode(all[from]); out.text != all[from].text {
					all = append(all, out)
				}
			}
		}
	}
	return all
}

// encoding is one way to escape characters: read takes the escape at the beginning of a text, and returns what it means
// and how long it is; 0: it is none.
type encoding struct {
	mark byte
	read func(text string) (string, int)
}

var encodings = []encoding{{'%', readPercent}, {'&', readEntity}, {'\\', readBackslash}}

// decode undoes the escapes of a layer.
func (e encoding) decode(l layer) layer {
	if strings.IndexByte(l.text, e.mark) < 0 {
		return l
	}
	var b strings.Builder
	places := make([]int, 0, len(l.text)+1)
	for i := 0; i < len(l.text); {
		means, size := l.text[i:i+1], 0
		if l.text[i] == e.mark {
			means, size = e.read(l.text[i:])
		}
		if size == 0 {
			means, size = l.text[i:i+1], 1
		}
		for range len(means) {
			places = append(places, l.at(i))
		}
		b.WriteString(means)
		i += size
	}
	return layer{b.String(), append(places, l.at(len(l.text)))}
}

// readPercent reads %41.
func readPercent(text string) (string, int) {
	if len(text) < 3 {
		return "", 0
	}
	b, err := strconv.ParseUint(text[1:3], 16, 8)
	if err != nil {
		return "", 0
	}
	return string([]byte{byte(b)}), 3
}

// readEntity reads &quot; &#34; and &#x22;.
func readEntity(text string) (string, int) {
	const longest = 12 // &#x0010FFFF;
	end := strings.IndexByte(text[:min(len(text), longest)], ';')
	if end < 0 {
		return "", 0
	}
	means := html.UnescapeString(text[:end+1])
	if utf8.RuneCountInString(means) != 1 {
		return "", 0
	}
	return means, end + 1
}

// readBackslash reads \u0041, \x41 and \".
func readBackslash(text string) (string, int) {
	if len(text) < 2 {
		return "", 0
	}
	if high, size := readUnit(text); size > 0 {
		if low, more := readUnit(text[size:]); utf16.IsSurrogate(high) && more > 0 && utf16.IsSurrogate(low) {
			return string(utf16.DecodeRune(high, low)), size + more
		}
		return string(high), size
	}
	_, size := utf8.DecodeRuneInString(text[1:])
	return text[1 : 1+size], 1 + size
}

// readUnit reads \u0041 or \x41.
func readUnit(text string) (rune, int) {
	size := 0
	switch {
	case strings.HasPrefix(text, `\u`):
		size = 6
	case strings.HasPrefix(text, `\x`):
		size = 4
	}
	if size == 0 || len(text) < size {
		return 0, 0
	}
	n, err := strconv.ParseUint(text[2:size], 16, 32)
	if err != nil {
		return 0, 0
	}
	return rune(n), size
}
