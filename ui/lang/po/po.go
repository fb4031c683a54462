// Package po reads translations: .po files, one a language. English is in the program itself and needs none. The program holds each
// file as a table (Table) and packed (gzip), without the English sentences: a program that says one finds its translation by its hash.
// `go test ./ui/lang/po -update` writes those.
package po

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"embed"
	"encoding/binary"
	"hash/fnv"
	"io"
	"io/fs"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/leonelquinteros/gotext"
	"github.com/leonelquinteros/gotext/plurals"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

//go:embed *.table.gz
var files embed.FS

// packed ends the name of a packed table.
const packed = ".table.gz"

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

// Hash is what a table has in place of an English sentence: its FNV-1a of 64 bits. No two sentences of the program share one: a test
// compares them.
func Hash(english string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(english)) //nolint:errcheck // it never fails
	return h.Sum64()
}

// Table writes translations as the bytes that compiled reads, all numbers little endian: how many there are (4 bytes); for each, sorted by
// hash, the hash of the English sentence (8), and where its translation begins in the file and how long it is (4 each); the translations.
// Forms of a plural are divided by NUL. The sentence "" has the header of the .po file.
func Table(words map[string]string) []byte {
	all := slices.SortedFunc(maps.Keys(words), func(a, b string) int { return cmp.Compare(Hash(a), Hash(b)) })
	table := binary.LittleEndian.AppendUint32(nil, uint32(len(all)))
	at := uint32(4 + entry*len(all))
	var texts []byte
	for _, english := range all {
		table = binary.LittleEndian.AppendUint64(table, Hash(english))
		table = binary.LittleEndian.AppendUint32(table, at)
		table = binary.LittleEndian.AppendUint32(table, uint32(len(words[english])))
		at += uint32(len(words[english]))
		texts = append(texts, words[english]...)
	}
	return append(table, texts...)
}

// entry is how many bytes a table has for each sentence beside its translation.
const entry = 16

// compiled reads a table of this program. It stays as it is, and a sentence is looked for when it is asked for: a run says few of them.
// What is read is not checked: a test reads each of them.
func compiled(data []byte) *Catalog {
	n := int(binary.LittleEndian.Uint32(data))
	translated := func(english string) string {
		key := Hash(english)
		i, ok := sort.Find(n, func(i int) int { return cmp.Compare(key, binary.LittleEndian.Uint64(data[4+entry*i:])) })
		if !ok {
			return ""
		}
		at := 4 + entry*i + 8
		return string(data[binary.LittleEndian.Uint32(data[at:]):][:binary.LittleEndian.Uint32(data[at+4:])])
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
