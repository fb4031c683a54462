package read

import (
	"encoding/hex"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// windowsEnds is a form of a file.
const windowsEnds = "Windows line ends"

// dress is a form that a text may have around PEM, and how it is taken off.
type dress struct {
	name string // for a person
	is   func(string) bool
	off  func(string) string
}

// dresses are the forms, in the order in which they are taken off.
func dresses() []dress {
	has := func(parts ...string) func(string) bool {
		return func(s string) bool {
			return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, p) })
		}
	}
	return []dress{
		{"RTF", func(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), `{\rtf`) }, fromRTF},
		{"URL encoding", has("%0A", "%0a", "BEGIN%20", "BEGIN+CERT", "%2B", "%2b"), fromURL},
		{`line ends written as \n`, has(`\n`, `\r`, `\u00`, `\/`), fromJSON},
		{"quoted-printable", softened.MatchString, fromQuotedPrintable},
		{"a web page or XML", tags.MatchString, fromHTML},
		{"HTML entities", has("&#", "&amp;", "&plus;", "&sol;", "&equals;", "&nbsp;", "&NewLine;"), html.UnescapeString},
	}
}

// text reads a text: as it is, and with the forms taken off that it has, one after the other. It reports whether that brought
// something.
func (f *file) text(data []byte) bool {
	if f.mail(data) {
		return true
	}
	text, form, ok := decoded(data)
	if !ok {
		return false
	}
	if der, how := unprinted(text); der != nil {
		f.shaped(how)
		f.objects(der, f.Name)
		return true
	}
	text, forms := tidied(text)
	if strings.ContainsRune(text, '\r') {
		forms = append(forms, windowsEnds)
	}
	if form != "" {
		forms = append(forms, form)
	}
	best := f.reading(text, forms)
	for _, d := range dresses() {
		if best.sound() {
			break
		}
		if !d.is(text) {
			continue
		}
		text, _ = tidied(d.off(text))
		forms = append(forms, d.name)
		if next := f.reading(text, forms); next.better(best) {
			best = next
		}
	}
	if len(best.Items)+len(best.Troubles) == 0 {
		return false
	}
	f.Items, f.Troubles = append(f.Items, best.Items...), append(f.Troubles, best.Troubles...)
	for _, form := range best.Forms {
		f.shaped(form)
	}
	return true
}

var (
	hexPairs = lazyregexp.MustCompile(`^(?:\s*(?:0x)?[0-9a-fA-F]{2}[\s:,]*)+$`)
	hexLine  = lazyregexp.MustCompile(`(?m)^\s*[0-9a-fA-F]{4,8}:?[ \t]+((?:[0-9a-fA-F]{2}[ \t-]{0,3}){1,32})(?:[ \t]{2,}.*|\|.*)?\r?$`)
	noHex    = lazyregexp.MustCompile(`0x|[^0-9a-fA-F]`)
)

// unprinted reads the bytes of DER out of a text that shows them: in hex, also as xxd, hexdump and certutil print it, or one
// sign for each byte; nil where they are no whole object.
func unprinted(text string) (der []byte, how string) {
	if strings.HasPrefix(text, "0\u0082") || strings.HasPrefix(text, "0\u0080") {
		if der := narrowed([]byte(text)); der != nil && isObject(der) {
			return der, "DER that was written as text"
		}
		return nil, ""
	}
	digits := ""
	switch head := text[:min(len(text), 64)]; {
	case hexPairs.MatchString(strings.TrimSpace(head)) || hexPairs.MatchString(strings.TrimSpace(head)+"0"):
		digits = noHex.ReplaceAllString(text, "")
	case hexLine.MatchString(text):
		for _, m := range hexLine.FindAllStringSubmatch(text, -1) {
			digits += noHex.ReplaceAllString(m[1], "")
		}
	}
	if der, err := hex.DecodeString(digits); err == nil && len(der) > 0 && isObject(der) {
		return der, "DER in hex"
	}
	return nil, ""
}

// reading is what a text holds in one form.
func (f *file) reading(text string, forms []string) *file {
	r := &file{File: cert.File{Name: f.Name}, room: f.room, depth: f.depth}
	r.scan(text)
	if len(r.Items) > 0 {
		r.Forms = append(slices.Clone(forms), r.Forms...)
	}
	return r
}

// sound: it has items, and no part of it is damaged.
func (f *file) sound() bool { return len(f.Items) > 0 && f.damaged() == 0 }

func (f *file) damaged() int {
	n := 0
	for _, t := range f.Troubles {
		if t.Weight == cert.Damaged {
			n++
		}
	}
	return n
}

func (f *file) better(than *file) bool {
	if len(f.Items) != len(than.Items) {
		return len(f.Items) > len(than.Items)
	}
	return len(f.Items) > 0 && f.damaged() < than.damaged()
}

var (
	tags   = lazyregexp.MustCompile(`(?i)<(?:!doctype|[a-z?/][a-z0-9:]*)[^<>]*>`)
	breaks = lazyregexp.MustCompile(`(?i)^</?(?:br|p|div|tr|li|pre|h[1-6]|w:p|w:br|w:cr|text:p|text:line-break|a:p|si|row)\b`)
)

// fromHTML takes tags off; those that end a line become one.
func fromHTML(text string) string {
	return html.UnescapeString(tags.ReplaceAllStringFunc(text, func(tag string) string {
		if breaks.MatchString(tag) {
			return "\n"
		}
		if at := strings.Index(tag, "BEGIN"); at > 0 { // the value of a field
			return "\n" + tag[1:len(tag)-1] + "\n"
		}
		return ""
	}))
}

var escape = lazyregexp.MustCompile(`\\+(?:u[0-9a-fA-F]{4}|[nrt/"'])`)

// fromJSON reads the escapes of strings in JSON and source text, also where they were escaped twice.
func fromJSON(text string) string {
	return escape.ReplaceAllStringFunc(text, func(s string) string {
		s = strings.TrimLeft(s, `\`)
		switch s[0] {
		case 'n', 'r':
			return "\n"
		case 't':
			return " "
		case 'u':
			if n, err := strconv.ParseUint(s[1:], 16, 16); err == nil {
				return string(rune(n))
			}
		}
		return s
	})
}

// fromURL reads URL encoding; a plus is a blank only where the blanks of the marks are written so.
func fromURL(text string) string {
	if strings.Contains(text, "BEGIN+") {
		text = strings.ReplaceAll(text, "+", " ")
	}
	return percent.ReplaceAllStringFunc(text, func(s string) string {
		if out, err := url.PathUnescape(s); err == nil {
			return out
		}
		return s
	})
}

var (
	percent  = lazyregexp.MustCompile(`%[0-9a-fA-F]{2}`)
	softened = lazyregexp.MustCompile(`=(?:3D|2D|20|2B)|[A-Za-z0-9+/]=[ \t]*\r?\n[A-Za-z0-9+/]{8}`)
	soft     = lazyregexp.MustCompile(`=[ \t]*\r?\n`)
	quoted   = lazyregexp.MustCompile(`=[0-9A-F]{2}`)
)

// fromQuotedPrintable reads what a mail program wrote so, also in parts: base64 has equal signs only at its end.
func fromQuotedPrintable(text string) string {
	text = soft.ReplaceAllStringFunc(text, func(s string) string { return "" })
	return quoted.ReplaceAllStringFunc(text, func(s string) string {
		n, err := strconv.ParseUint(s[1:], 16, 8)
		if err != nil || n >= 0x80 {
			return s
		}
		return string(rune(n))
	})
}

var control = lazyregexp.MustCompile(`\\(?:'([0-9a-fA-F]{2})|u(-?\d{1,5})\??|([a-zA-Z]{1,32})-?\d* ?|([^a-zA-Z]))|[{}]|\r?\n`)

// fromRTF takes the control words of RTF off; those that end a line become one.
func fromRTF(text string) string {
	return control.ReplaceAllStringFunc(text, func(s string) string {
		m := control.FindStringSubmatch(s)
		switch {
		case m[1] != "":
			n, _ := strconv.ParseUint(m[1], 16, 8)
			return fromWindows([]byte{byte(n)})
		case m[2] != "":
			n, _ := strconv.Atoi(m[2])
			return string(rune(uint16(n)))
		case m[3] == "par" || m[3] == "line" || m[3] == "cell" || m[3] == "row":
			return "\n"
		case m[3] == "tab":
			return " "
		case m[3] == "emdash":
			return "--"
		case m[3] == "endash" || m[4] == "_":
			return "-"
		case m[4] == `\` || m[4] == "{" || m[4] == "}":
			return m[4]
		case m[4] == "\n" || m[4] == "\r":
			return "\n"
		}
		return ""
	})
}
