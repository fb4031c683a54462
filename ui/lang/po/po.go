// Package po reads translations: .po files, one a language. English is in the program itself and needs none. The program holds each
// file compiled (.mo) and packed (gzip): a quarter of the bytes, and read in a quarter of the time. `go test ./ui/lang/po -update` writes those.
package po

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"io/fs"
	"slices"
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
	get    func(string, ...any) string
	domain *gotext.Domain
}

// Parse reads the bytes of a .po file (UTF-8). A file without Plural-Forms in its header is an error: plurals would be wrong.
func Parse(data []byte) (*Catalog, error) {
	p := gotext.NewPo()
	p.Parse(data)
	return catalog(p.GetDomain())
}

// compiled reads the bytes of a .mo file.
func compiled(data []byte) (*Catalog, error) {
	p := gotext.NewMo()
	p.Parse(data)
	return catalog(p.GetDomain())
}

func catalog(domain *gotext.Domain) (*Catalog, error) {
	if domain.Headers.Get("Plural-Forms") == "" {
		return nil, msg.Errorf("the translation has no Plural-Forms header")
	}
	return &Catalog{domain.Get, domain}, nil
}

// Get returns the sentence or format in this language, its verbs not filled in.
func (c *Catalog) Get(english string) string { return c.get(english) }

// GetN returns the format for a number in this language, its verbs not filled in. Where it is not translated, English chooses the
// words: a language without plural forms would take those for one.
func (c *Catalog) GetN(one, many string, n int) string {
	if c.domain.IsTranslatedN(one, n) {
		return c.domain.GetN(one, many, n)
	}
	if n == 1 {
		return one
	}
	return many
}

// Tag is the language as BCP 47 writes it.
func (c *Catalog) Tag() string { return c.domain.Headers.Get("Language") }

// Name is the language in its own words, for lists: 日本語.
func (c *Catalog) Name() string { return c.domain.Headers.Get("X-Language-Name") }

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
