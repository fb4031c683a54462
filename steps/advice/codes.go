package advice

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// A family is a kind of code that people paste. A code of a family that no entry names is not known: the neighbours of a
// code say nothing about it.
type family struct {
	pattern string // of a whole code
	Name    string // who prints such codes
	Look    string // where its maker lists them
	line    bool   // not a code, but how a line begins: where its rest is not known, the line is not
}

func families() []family {
	return []family{
		{`(?:NET::)?ERR_[A-Z0-9_]+`, "Chrome and Edge", "https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h", false},
		{`(?:SEC|SSL|XP)_ERROR_[A-Z0-9_]+|MOZILLA_PKIX_ERROR_[A-Z0-9_]+|PR_[A-Z0-9_]+_ERROR`, "Firefox", linkFirefox, false},
		{`0x80[0-9A-F]{6}`, "Windows", linkWindows, false},
		{`(?:CERTSRV|CERT|CRYPT|TRUST|SEC)_E_[A-Z0-9_]+|NTE_[A-Z0-9_]+`, "Windows", linkWindows, false},
		{`Cert(?:Expir|Valid)[a-z0-9]+`, "Cisco alarms", linkAlarms, false},
		{`CAA\d{4}`, "Cisco HCM-F", linkHCMF, false},
		{`CSC[A-Z]{2}\d{5}`, "Cisco defects", "https://bst.cloudapps.cisco.com/bugsearch", false},
		{`FN\s?-?\s?\d{5}`, "Cisco field notices", "https://www.cisco.com/c/en/us/support/web/tsd-products-field-notice-summary.html", false},
		{`X509_V_ERR_[A-Z0-9_]+`, "OpenSSL", linkOpenSSL, false},
		{`urn:ietf:params:acme:error:[a-z]+`, "ACME", linkACME, false},
		{`(?:javax?\.(?:net\.ssl|security)|sun\.security)\.[a-z.$]+|SunCertPathBuilderException`, "Java", linkJava, true},
		{`error:[0-9A-F]{8}:`, "OpenSSL", linkOpenSSL, true},
		{`\bx509: |\btls: `, "Go", linkGo, true},
		{`curl: \(\d+\)`, "curl", "https://curl.se/libcurl/c/libcurl-errors.html", true},
	}
}

// Unknown is a code in a text that no entry names.
type Unknown struct {
	Code string // as it was pasted
	From string // who prints such codes
	Look string // where its maker lists them
}

// Error says that the code is not known, and where to look it up.
func (u Unknown) Error() string {
	return u.Text().String()
}

// Text is the same as a sentence.
func (u Unknown) Text() msg.Text {
	return msg.T("%s (%s) is not known here. Look it up at %s", u.Code, u.From, u.Look)
}

// UnknownIn returns the first code of a text that no entry names.
func UnknownIn(text string) (u Unknown, found bool) {
	t := lookup()
	text = hexadecimal(text)
	for _, f := range t.families {
		for _, at := range f.re.FindAllStringIndex(text, -1) {
			code := text[at[0]:at[1]]
			if f.line {
				code, _, _ = strings.Cut(text[at[0]:], "\n")
				code = strings.ToValidUTF8(code[:min(len(code), maxCode)], "")
			}
			if f.line || len(t.codes[normal(code)]) == 0 {
				return Unknown{strings.TrimSpace(code), f.Name, f.Look}, true
			}
		}
	}
	return Unknown{}, false
}

// maxCode bounds what an error says of an unknown line, in bytes.
const maxCode = 80

// table is the table of advices, ready for searching.
type table struct {
	all      []Advice
	codes    map[string][]string // code in its normal form -> ids
	families []finder
	patterns map[string]*regexp.Regexp // Words and Topic
}

// finder finds the codes of a family that stand alone.
type finder struct {
	family
	re *regexp.Regexp
}

// lookup compiles the table once: the adviser searches at each key.
var lookup = sync.OnceValue(func() table {
	t := table{all: adviceTable(), codes: map[string][]string{}, patterns: map[string]*regexp.Regexp{}}
	for _, f := range families() {
		t.families = append(t.families, finder{f, regexp.MustCompile(`(?i)\b(?:` + f.pattern + `)`)})
	}
	for _, a := range t.all {
		for _, code := range strings.Fields(a.Codes) {
			t.codes[normal(code)] = append(t.codes[normal(code)], a.ID)
		}
		for _, pattern := range []string{a.Words, a.Topic} {
			if pattern != "" {
				t.patterns[pattern] = regexp.MustCompile("(?im)" + pattern)
			}
		}
	}
	return t
})

func (t table) matches(pattern, text string) bool {
	return pattern != "" && t.patterns[pattern].MatchString(text)
}

// normal is a code in the one form in which the table is asked for it.
func normal(code string) string {
	code = strings.ToUpper(strings.Join(strings.Fields(code), ""))
	code = strings.TrimPrefix(code, "NET::")
	if strings.HasPrefix(code, "FN-") {
		code = "FN" + code[len("FN-"):]
	}
	return code
}

// decimal finds the codes of Windows that are written as a negative number: -2146875391 is 0x80094801.
var decimal = lazyregexp.MustCompile(`-21\d{8}\b`)

// hexadecimal writes the codes of Windows in one form.
func hexadecimal(text string) string {
	return decimal.ReplaceAllStringFunc(text, func(number string) string {
		n, err := strconv.ParseInt(number, 10, 32)
		if err != nil {
			return number
		}
		return fmt.Sprintf("0x%08X", uint32(n))
	})
}

// byCode finds the entries that name a code of the text, and returns the text without codes: their letters are no words.
func (t table) byCode(text string) (found []Advice, rest string) {
	text = hexadecimal(text)
	var ids []string
	rest = text
	for _, f := range t.families {
		for _, code := range f.re.FindAllString(text, -1) {
			ids = append(ids, t.codes[normal(code)]...)
		}
		if !f.line {
			rest = f.re.ReplaceAllString(rest, " ")
		}
	}
	for _, a := range t.all {
		if slices.Contains(ids, a.ID) {
			found = append(found, a)
		}
	}
	return found, rest
}
