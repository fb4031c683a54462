// Package po reads translations: .po files, one a language. English is in the program itself and needs none. The program holds each
// file compiled (.mo) and packed (gzip): a quarter of the bytes, and read in a quarter of the time. `go test ./ui/lang/po -update` writes those.
package po

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/binary"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/leonelquinteros/gotext"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

//go:embed *.mo.gz
var files embed.FS

// packed ends the name of a compiled and packed translation.
const packed = ".mo.gz"

// English is the tag of the language that the program is written in.
const English = "en"

// Catalog is what one language says in place of the English sentences. What it lacks it gives back.
type Catalog struct {
	words  map[string]string // sentence -> its translation; that of a plural has the forms of the language, divided by NUL
	domain *gotext.Domain    // head and rule of plurals, and the sentences too where a .po file was read
}

// Parse reads the bytes of a .po file (UTF-8). A file without Plural-Forms in its header is an error: plurals would be wrong.
func Parse(data []byte) (*Catalog, error) {
	p := gotext.NewPo()
	_, one, _ := strings.Cut(rule, "HEAD")
	p.Parse(append(bytes.Clone(data), one...))
	c := &Catalog{words: map[string]string{}, domain: p.GetDomain()}
	if c.domain.Headers.Get("Plural-Forms") == "" {
		return nil, msg.Errorf("the translation has no Plural-Forms header")
	}
	for id, tr := range c.domain.GetTranslations() {
		var forms []string
		for i := range len(tr.Trs) {
			forms = append(forms, tr.Trs[i])
		}
		c.words[id] = strings.Join(forms, "\x00")
	}
	return c, nil
}

// rule is a .po file with a place for a head (HEAD) and one plural, whose translation is the number of the form: the rule of a head is
// asked through it.
//
//go:embed rule.txt
var rule string

// form is the number of the form that the language uses for n.
func (c *Catalog) form(n int) int {
	if c.domain.IsTranslatedN("one", n) {
		return int(c.domain.GetN("one", "many", n)[0] - '0')
	}
	return 0
}

// compiled reads the bytes of a .mo file of this program: little endian. What is read is not checked: a test reads each of them.
func compiled(data []byte) (*Catalog, error) {
	text := string(data)
	at := func(i int) int { return int(binary.LittleEndian.Uint32(data[i:])) }
	n, ids, strs := at(8), at(12), at(16)
	words := make(map[string]string, n)
	for i := range n {
		id := text[at(ids+8*i+4):][:at(ids+8*i)]
		id, _, _ = strings.Cut(id, "\x00") // the words for many are not part of the key
		words[id] = text[at(strs+8*i+4):][:at(strs+8*i)]
	}
	head := ""
	for line := range strings.Lines(words[""]) {
		head += strconv.Quote(strings.TrimSuffix(line, "\n")+"\n") + "\n"
	}
	p := gotext.NewPo()
	p.Parse([]byte(strings.Replace(rule, "HEAD", head, 1)))
	return &Catalog{words: words, domain: p.GetDomain()}, nil
}

// Get returns the sentence or format in this language, its verbs not filled in.
func (c *Catalog) Get(english string) string {
	if s, _, _ := strings.Cut(c.words[english], "\x00"); s != "" && english != "" {
		return s
	}
	return english
}

// GetN returns the format for a number in this language, its verbs not filled in. Where it is not translated, English chooses the
// words: a language without plural forms would take those for one.
func (c *Catalog) GetN(one, many string, n int) string {
	if forms := strings.Split(c.words[one], "\x00"); forms[0] != "" {
		return forms[min(c.form(n), len(forms)-1)]
	}
	if n == 1 {
		return one
	}
	return many
}

// Tag is the language as BCP 47 writes it.
func (c *Catalog) Tag() string { return c.domain.Headers.Get("Language") }

// Tags are the languages that there are, as BCP 47 writes them (pt-BR, zh-Hant), English first.
func Tags() []string {
	names, err := fs.Glob(files, "*"+packed)
	if err != nil {
		return []string{English} // the pattern is right
	}
	all := []string{English}
	for _, name := range names {
		all = append(all, strings.TrimSuffix(name, packed))
	}
	slices.Sort(all[1:])
	return all
}

// Load reads the translation into one of the languages of Tags.
func Load(tag string) (*Catalog, error) {
	data, err := files.ReadFile(tag + packed)
	if err != nil {
		return nil, msg.Errorf("there is no language %q. Languages: %s", tag, strings.Join(Tags(), ", "))
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err // bytes of the program itself: a test reads each
	}
	if data, err = io.ReadAll(r); err != nil {
		return nil, err
	}
	return compiled(data)
}
