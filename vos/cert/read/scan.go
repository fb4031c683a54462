package read

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// marks are the lines around PEM in any case, with any number of dashes, and with blanks where none should be.
var marks = lazyregexp.MustCompile(`(?i)-{2,}\s{0,3}(BEGIN|END)[\s+_]{0,3}([A-Z0-9#][A-Z0-9#. +_]{0,60}?)?\s{0,3}-{2,5}`)

// smallest is how many base64 signs a block has at least; fewer are words of a letter about blocks.
const smallest = 16

// scan reads a text that may hold PEM, with marks that are whole or not, and base64 without any.
func (f *file) scan(text string) {
	found := marks.FindAllStringSubmatchIndex(text, -1)
	at, blocks := 0, 0
	for i, m := range found {
		opens := strings.EqualFold(text[m[2]:m[3]], "BEGIN")
		if !opens && (i == 0 || !isBegin(text, found[i-1])) { // an end without a begin
			if !f.bare(text[at:m[0]], "base64 whose BEGIN line is missing") && count(text[at:m[0]]) >= 64 {
				f.trouble(cert.Damaged, f.Name, msg.T("has an END line without a BEGIN line"), msg.T(copyAgain))
			}
			at = m[1]
			continue
		}
		if !opens {
			continue
		}
		f.bare(text[at:m[0]], bareForm)
		end, closed := len(text), false
		if i+1 < len(found) {
			end, closed = found[i+1][0], !isBegin(text, found[i+1])
		}
		label := ""
		if m[4] >= 0 {
			label = strings.ToUpper(strings.Trim(text[m[4]:m[5]], " +_"))
		}
		at = end
		if closed {
			at = found[i+1][1]
		}
		if body := strings.TrimLeft(text[m[1]:end], "-"); count(body) >= smallest || isSecret(label) || closed && strings.Contains(body, "\n") || !closed && i+1 == len(found) {
			blocks++
			f.armored(label, body, closed, fmt.Sprintf("%s, block %d", f.Name, blocks))
			f.odd(text[m[0]:m[1]])
		}
	}
	f.bare(text[at:], bareForm)
}

func isBegin(text string, m []int) bool { return strings.EqualFold(text[m[2]:m[3]], "BEGIN") }

// odd notes a BEGIN line that is not written as PEM writes it.
func (f *file) odd(line string) {
	if label, ok := strings.CutPrefix(line, begin); !ok || !strings.HasSuffix(label, "-----") || label != strings.ToUpper(label) {
		f.shaped("markers that are not PEM")
	}
}

// count is how many base64 signs a text has.
func count(text string) int {
	n := 0
	for _, r := range text {
		if isBase64(r) {
			n++
		}
	}
	return n
}

// armored reads the body of one block.
func (f *file) armored(label, body string, closed bool, source string) {
	if isSecret(label) || !notHere(label).IsZero() {
		f.block(label, nil, source)
		return
	}
	der, how := unarmored(body)
	if der != nil {
		if how != "" {
			f.shaped(how)
		}
		if !closed {
			f.shaped("its END line is missing")
		}
		f.block(label, der, source)
		return
	}
	what, cure := msg.T("is not base64"), msg.T(copyAgain)
	if partial, err := base64.RawStdEncoding.DecodeString(cut(only(body))); err == nil && len(partial) > 0 {
		if what = shortOf(partial); what.IsZero() {
			what = msg.T("is damaged: characters were added, lost or changed")
		}
	}
	switch {
	case count(body) < smallest:
		what = msg.T("is empty, or cut off")
	case !closed && strings.HasPrefix(what.String(), "is cut off"):
		what = msg.T("%s, and its END line is missing", what)
	}
	f.trouble(cert.Damaged, source, what, cure)
}

// unarmored decodes the body of a block. Lines may have numbers, quotes, comment signs and the like around them: of several
// readings that one is taken which is a whole object.
func unarmored(body string) (der []byte, how string) {
	lines := strings.FieldsFunc(body, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, reading := range []struct {
		how  string
		take func(line string) string
	}{
		{"", headless(func(l string) string { return l })},
		{"lines with other characters in them", headless(withoutPlus)},
		{"lines with numbers or other characters before them", lastWord},
		{"lines with other characters around them", longestWord},
		{"lines of a comparison (diff)", func(l string) string { return strings.TrimPrefix(strings.TrimSpace(l), "+") }},
		{"lines with other characters after them", firstWord},
		{"lines of a search (grep)", func(l string) string { return located.ReplaceAllString(l, "") }},
		{"lines with numbers or other characters before them", func(l string) string { return numbered.ReplaceAllString(l, "") }},
	} {
		var b strings.Builder
		for _, l := range lines {
			b.WriteString(only(reading.take(l)))
		}
		if der := whole(b.String()); der != nil {
			if i == 0 && len(lines) == 1 && len(body) > 100 {
				return der, "one long line"
			}
			if i == 0 && strings.ContainsAny(body, `"'#>|*,;\`) {
				return der, "lines with other characters in them"
			}
			if i == 0 && strings.ContainsAny(strings.ReplaceAll(body, "\r\n", "\n"), " \t") {
				return der, "blanks around lines"
			}
			return der, reading.how
		}
	}
	return nil, ""
}

var (
	located    = lazyregexp.MustCompile(`^\S{1,200}?:\d+[:-]`)
	lineNumber = lazyregexp.MustCompile(`^\d{1,5}[.:|)]?$`)
	numbered   = lazyregexp.MustCompile(`^[^A-Za-z0-9+/=]*\d+[^A-Za-z0-9+/=]+`)
	header     = lazyregexp.MustCompile(`^\s*[A-Za-z][A-Za-z0-9-]*: `)
)

// headless leaves out lines such as "Proc-Type: 4,ENCRYPTED".
func headless(take func(string) string) func(string) string {
	return func(l string) string {
		if header.MatchString(l) {
			return ""
		}
		return take(l)
	}
}

// withoutPlus leaves out what joins strings in source text: "..." +
func withoutPlus(l string) string {
	l = strings.TrimSpace(l)
	for _, quote := range []string{`" +`, `' +`, `"+`, `'+`} {
		l = strings.TrimSuffix(l, quote)
	}
	return l
}

func lastWord(l string) string {
	words := strings.Fields(l)
	if len(words) == 0 || len(words) == 1 && lineNumber.MatchString(words[0]) {
		return ""
	}
	last := words[len(words)-1]
	if strings.ContainsFunc(last, func(r rune) bool { return !isBase64(r) }) { // the end of what stands before the lines
		return ""
	}
	return last
}

func firstWord(l string) string {
	words := strings.Fields(l)
	if len(words) == 0 || strings.Trim(words[0], "/+") == "" || strings.ContainsFunc(words[0], func(r rune) bool { return !isBase64(r) }) {
		return ""
	}
	return words[0]
}

func longestWord(l string) string {
	best := ""
	for _, w := range strings.FieldsFunc(l, func(r rune) bool { return !isBase64(r) }) {
		if len(w) > len(best) {
			best = w
		}
	}
	if lineNumber.MatchString(best) {
		return ""
	}
	return best
}

// only keeps the base64 signs of a text; those of base64url count.
func only(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '-':
			return '+'
		case r == '_':
			return '/'
		case isBase64(r) && r != '=':
			return r
		}
		return -1
	}, text)
}

// whole decodes base64 that is one object from the first byte to the last, or several; nil where it is not.
func whole(text string) []byte {
	if len(text)%4 == 1 {
		return nil
	}
	der, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || len(der) < 2 || der[0] != 0x30 {
		return nil
	}
	for rest := der; ; {
		_, after, err := ber.First(rest)
		if err != nil {
			return nil
		}
		if after = bytes.TrimLeft(after, "\x00\r\n\t "); len(after) == 0 {
			return der
		}
		if after[0] != 0x30 {
			return nil
		}
		rest = after
	}
}

// cut makes a number of base64 signs one that can be decoded.
func cut(text string) string {
	if len(text)%4 == 1 {
		return text[:len(text)-1]
	}
	return text
}

const bareForm = "base64 without BEGIN and END lines"

// start is how base64 of a certificate, a CSR or PKCS#7 begins, and base64 of PEM.
var start = lazyregexp.MustCompile(`(?:MI[A-P]|LS0tLS1CRUdJTi)[A-Za-z0-9+/]`)

// bare reads base64 without marks: it begins as objects begin, and goes on for as long as the object says. It reports whether
// it found something.
func (f *file) bare(text, form string) bool {
	found := false
	for {
		m := start.FindStringIndex(text)
		if m == nil {
			return found
		}
		if m[0] > 0 && isBase64(rune(text[m[0]-1])) && text[m[0]-1] != '=' { // within a word
			text = text[m[1]:]
			continue
		}
		n := promised(text[m[0]:])
		run, used := runOf(text[m[0]:], n)
		switch der := lengthwise(run, n); {
		case n < leastSigns:
			text = text[m[1]:]
		case der != nil && run[0] == 'M':
			f.shaped(form)
			f.objects(der, f.Name)
			found = true
			text = text[m[0]+used(len(run)):]
		case run[0] == 'L':
			if inner, err := base64.RawStdEncoding.DecodeString(cut(run)); err == nil {
				f.shaped("base64 of PEM")
				f.inner(f.Name, inner)
				found = true
			}
			text = text[m[0]+used(len(run)):]
		default:
			if len(run) >= 200 {
				f.short(run)
				found = true
			}
			text = text[m[0]+max(used(len(run)), 3):]
		}
	}
}

// short names base64 without marks that ends before its object does.
func (f *file) short(run string) {
	if der, err := base64.RawStdEncoding.DecodeString(cut(run)); err == nil && isPart(der) {
		what := shortOf(der)
		if what.IsZero() {
			what = msg.T("is damaged")
		}
		f.trouble(cert.Damaged, f.Name, msg.T("contains base64 that %s", what), msg.T(copyAgain))
	}
}

// isPart: the begin of a certificate, a CSR or PKCS#7.
func isPart(der []byte) bool {
	return missingBytes(der) > 0 && (bytes.Contains(der, nameOID) || isPKCS7(der))
}

// leastSigns is how many signs of base64 the smallest certificate or CSR has at least; maxRun bounds how many are read where the
// object does not say.
const (
	leastSigns = 160
	maxRun     = MaxFile * 2
)

// promised is how many signs of base64 the object at the begin of a text takes; maxRun where it does not say.
func promised(text string) int {
	run, _ := runOf(text, 12)
	head, err := base64.RawStdEncoding.DecodeString(run[:len(run)/4*4])
	if err != nil || len(head) < 6 {
		return 0
	}
	if head[0] != 0x30 || head[1] < 0x81 || head[1] > 0x83 {
		return maxRun
	}
	size, length := int(head[1]&0x7f), 0
	for _, b := range head[2 : 2+size] {
		length = length<<8 | int(b)
	}
	return ((length+2+size)*8 + 5) / 6
}

// runOf is base64 from the begin of a text on, over line ends, blanks and quotes, as many signs as are asked for, and tells how
// much text a number of its signs takes.
func runOf(text string, most int) (run string, used func(int) int) {
	var b strings.Builder
	var ends []int
	gap := 0
	for i, r := range text {
		switch r { // base64url
		case '-':
			r = '+'
		case '_':
			r = '/'
		}
		if isBase64(r) && r != '=' {
			b.WriteRune(r)
			ends = append(ends, i+1)
			if gap = 0; len(ends) == most {
				break
			}
			continue
		}
		if gap++; !strings.ContainsRune(" \t\r\n\"'\\>|", r) || gap > 40 {
			break
		}
	}
	return b.String(), func(n int) int {
		if n == 0 || len(ends) == 0 {
			return 0
		}
		return ends[min(n, len(ends))-1]
	}
}

// lengthwise decodes base64 of an object that takes n signs; nil where it is not whole.
func lengthwise(run string, n int) []byte {
	if n == maxRun {
		n = len(run)
	}
	if n > len(run) {
		return nil
	}
	der, err := base64.RawStdEncoding.DecodeString(cut(run[:n]))
	if err != nil {
		return nil
	}
	if _, _, err := ber.First(der); err != nil {
		return nil
	}
	return der
}
