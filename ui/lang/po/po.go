// Package po reads translations: .po files, one a language. English is in the program itself and needs none.
package po

import (
	"errors"

	"github.com/leonelquinteros/gotext"
)

// Catalog is what one language says in place of the English sentences. What it lacks it gives back.
type Catalog struct {
	get  func(string, ...any) string
	getN func(one, many string, n int, args ...any) string
}

// Parse reads the bytes of a .po file (UTF-8). A file without Plural-Forms in its header is an error: plurals would be wrong.
func Parse(data []byte) (*Catalog, error) {
	p := gotext.NewPo()
	p.Parse(data)
	if p.GetDomain().Headers.Get("Plural-Forms") == "" {
		return nil, errors.New("the translation has no header with Plural-Forms")
	}
	return &Catalog{get: p.Get, getN: p.GetN}, nil
}

// Get returns the sentence or format in this language, its verbs not filled in.
func (c *Catalog) Get(english string) string { return c.get(english) }

// GetN returns the format for a number in this language, its verbs not filled in.
func (c *Catalog) GetN(one, many string, n int) string { return c.getN(one, many, n) }
