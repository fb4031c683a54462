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
	"sort"
	"strings"
	"sync"

	"github.com/leonelquinteros/gotext"
	"github.com/leonelquinteros/gotext/plurals"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

//go:embed *.mo.gz
var files embed.FS

// packed ends the name of a compiled and packed translation.
const packed = ".mo.gz"

// English is the tag of the language that the program is written in.
const English = "en"

// Catalog is what one language says in place of the English sentences. What it lacks it gives back. It may be used side by side.
type Catalog struct {
	translated func(english string) string // "" where it is not; that of a plural has the forms of the language, divided by NUL
	tag        string
	plural     func() plurals.Expression // which form the language uses for a number
}

// Parse reads the bytes of a .po file (UTF-8). A file without Plural-Forms in its header is an error: plurals would be wrong.
func Parse(data []byte) (*Catalog, error) {
	p := gotext.NewPo()
	p.Parse(data)
	d := p.GetDomain()
	if d.Headers.Get("Plural-Forms") == "" {
		return nil, msg.Errorf("the translation has no Plural-Forms header")
	}
	words := map[string]string{}
	for id, tr := range d.GetTranslations() {
		var forms []string
		for i := range len(tr.Trs) {
			forms = append(forms, tr.Trs[i])
		}
		words[id] = strings.Join(forms, "\x00")
	}
	return catalog(words[""], func(english string) string { return words[english] }), nil
}

// catalog is a language with the header of its file.
func catalog(header string, translated func(string) string) *Catalog {
	return &Catalog{translated, field(header, "Language"), sync.OnceValue(func() plurals.Expression {
		_, rule, _ := strings.Cut(field(header, "Plural-Forms"), "plural=")
		one, err := plurals.Compile(strings.TrimRight(rule, "; "))
		if err != nil {
			return nil
		}
		return one
	})}
}

// field is a value in the header of a file.
func field(header, name string) string {
	for line := range strings.Lines(header) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(key, name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// form is the number of the form that the language uses for n.
func (c *Catalog) form(n int) int {
	if rule := c.plural(); rule != nil {
		return max(rule.Eval(uint32(max(n, -n))), 0)
	}
	return 0
}

// compiled reads the bytes of a .mo file of this program: little endian, sorted by sentence. They stay as they are, and a sentence is
// looked for when it is asked for: a run says few of them. What is read is not checked: a test reads each of them.
func compiled(data []byte) *Catalog {
	at := func(i int) int { return int(binary.LittleEndian.Uint32(data[i:])) }
	n, ids, strs := at(8), at(12), at(16)
	entry := func(table, i int) []byte { return data[at(table+8*i+4):][:at(table+8*i)] }
	translated := func(english string) string {
		key := []byte(english)
		i, ok := sort.Find(n, func(i int) int {
			id, _, _ := bytes.Cut(entry(ids, i), []byte{0}) // the words for many are not part of the key
			return bytes.Compare(key, id)
		})
		if !ok {
			return ""
		}
		return string(entry(strs, i))
	}
	return catalog(translated(""), translated)
}

// Get returns the sentence or format in this language, its verbs not filled in.
func (c *Catalog) Get(english string) string {
	if english == "" {
		return "" // it would be the header
	}
	if s, _, _ := strings.Cut(c.translated(english), "\x00"); s != "" {
		return s
	}
	return english
}

// GetN returns the format for a number in this language, its verbs not filled in. Where it is not translated, English chooses the
// words: a language without plural forms would take those for one.
func (c *Catalog) GetN(one, many string, n int) string {
	if forms := strings.Split(c.translated(one), "\x00"); forms[0] != "" {
		return forms[min(c.form(n), len(forms)-1)]
	}
	if n == 1 {
		return one
	}
	return many
}

// Tag is the language as BCP 47 writes it.
func (c *Catalog) Tag() string { return c.tag }

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
	plain := make([]byte, binary.LittleEndian.Uint32(data[len(data)-4:])) // gzip ends with the size of what it holds
	if _, err = io.ReadFull(r, plain); err != nil {
		return nil, err
	}
	return compiled(plain), nil
}
