// Package redact takes a password out of words that came from elsewhere.
package redact

import (
	"encoding/base64"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// stars stand in the place of a password.
const stars = "********"

// shortSecret is the length in characters below which a password is taken out only where it stands as a word of its own:
// a shorter one is part of ordinary words, and what is missing of them would tell it.
const shortSecret = 6

// Secret is what is taken out.
type Secret struct {
	User     string // the account: base64 of "user:password" is one of the forms; the name itself stays
	Password string
	Own      []string                // words in which nothing is changed, in any case of letters: names that are known anyway
	Keeps    func(block string) bool // reports whether a PEM block is kept as it is; nil: none
}

// Words takes a password out of a text: as it is, in the escapes of URLs, HTML and JSON, also one in another, and in base64.
// One of fewer than six characters is taken out only where it stands as a word of its own.
func (s Secret) Words(text string) string {
	if s.Password == "" || text == "" {
		return text
	}
	r, own := s.redactor(), append([]string{s.User}, s.Own...)
	var b strings.Builder
	for text != "" {
		words, block, rest := s.aroundPEM(text)
		b.WriteString(r.redact(words, own))
		b.WriteString(block)
		text = rest
	}
	return b.String()
}

// aroundPEM returns what stands before the first PEM block that is kept, that block itself, and the rest.
func (s Secret) aroundPEM(text string) (words, block, rest string) {
	const begin, end, dashes = "-----BEGIN", "-----END ", "-----"
	for from := 0; ; {
		last := strings.Index(text[from:], end)
		if last < 0 {
			return text, "", ""
		}
		last += from + len(end)
		at := strings.LastIndex(text[from:last], begin)
		if more := strings.Index(text[last:min(len(text), last+80)], dashes); more >= 0 {
			last += more + len(dashes)
		}
		if at >= 0 {
			at += from
			if s.Keeps != nil && s.Keeps(text[at:last]) {
				return text[:at], text[at:last], text[last:]
			}
		}
		from = last
	}
}

// redactor knows the forms of one password.
type redactor struct {
	words  []string // as it is, and as a query writes it
	short  bool     // only as a word of its own
	base64 []string // what base64 of it has for certain, wherever it begins
}

func (s Secret) redactor() redactor {
	word := s.Password
	r := redactor{words: []string{word}, short: utf8.RuneCountInString(word) < shortSecret}
	if query := strings.ReplaceAll(word, " ", "+"); query != word {
		r.words = append(r.words, query)
	}
	for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if r.short {
			r.base64 = append(r.base64, e.EncodeToString([]byte(s.User+":"+word)))
			continue
		}
		for skip := range 3 {
			whole := e.EncodeToString([]byte(strings.Repeat("\x00", skip) + word))
			r.base64 = append(r.base64, whole[(8*skip+5)/6:8*(skip+len(word))/6])
		}
	}
	return r
}

// redact puts stars in the place of each form.
func (r redactor) redact(text string, own []string) string {
	var found stretches
	for _, layer := range layersOf(text) {
		found = append(found, r.find(text, layer)...)
	}
	if len(found) == 0 {
		return text
	}
	found.sort()
	known, done := spans(text, own), 0
	var b strings.Builder
	for _, f := range found {
		switch {
		case f[1] <= done, known.hold(f[0], f[1]):
			continue
		case f[0] >= done:
			b.WriteString(text[done:f[0]])
			b.WriteString(stars)
		}
		done = f[1]
	}
	return b.String() + text[done:]
}

// find returns where the password stands in a text, as one layer of it reads.
func (r redactor) find(text string, l layer) (all stretches) {
	for _, word := range r.words {
		for from := range places(l.text, word) {
			to := from + len(word)
			if !r.short || !inWord(utf8.DecodeLastRuneInString(l.text[:from])) && !inWord(utf8.DecodeRuneInString(l.text[to:])) {
				all = append(all, [2]int{l.at(from), l.at(to)})
			}
		}
	}
	for _, word := range r.base64 {
		end := 0
		for from := range places(l.text, word) {
			if from < end { // in the run that was found before
				continue
			}
			end = from + len(word)
			for from > 0 && isBase64(l.text[from-1]) { // the letters beside it hold some of its bits
				from--
			}
			for end < len(l.text) && isBase64(l.text[end]) {
				end++
			}
			all = append(all, [2]int{l.at(from), l.at(end)})
		}
	}
	return all
}

// places returns where a word stands in a text.
func places(text, word string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for from := 0; ; from++ {
			at := strings.Index(text[from:], word)
			if at < 0 || word == "" {
				return
			}
			from += at
			if !yield(from) {
				return
			}
		}
	}
}

func isBase64(b byte) bool {
	return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || strings.IndexByte("+/-_=", b) >= 0
}

func inWord(r rune, size int) bool {
	return size > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}

// stretches are parts of a text, from and to.
type stretches [][2]int

func (s stretches) sort() { slices.SortFunc(s, func(a, b [2]int) int { return a[0] - b[0] }) }

// spans returns where words stand in a text, in any case of letters and in the order in which they begin.
func spans(text string, words []string) (all stretches) {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		lower = text
	}
	for _, word := range words {
		for from := range places(lower, strings.ToLower(word)) {
			all = append(all, [2]int{from, from + len(word)})
		}
	}
	all.sort()
	return all
}

// hold reports whether one of them holds all of a part, and forgets those that end before it.
func (s *stretches) hold(from, to int) bool {
	for len(*s) > 0 && (*s)[0][1] <= from {
		*s = (*s)[1:]
	}
	for _, one := range *s {
		if one[0] > from {
			break
		}
		if to <= one[1] {
			return true
		}
	}
	return false
}
