// Package pseudo makes a language for tests: each sentence has accents on its letters and is 40 % longer, so that English that is
// left, and layouts that a longer language breaks, stand out.
package pseudo

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/leonelquinteros/gotext"
)

// Tag is what the language calls itself: that of pseudo-locales.
const Tag = "qps"

// Language makes the .po file of the language from the template for translators.
func Language(template []byte) []byte {
	p := gotext.NewPo()
	p.Parse(template)
	var b strings.Builder
	fmt.Fprintf(&b, "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n\"X-Language-Name: Pseudo\\n\"\n\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n", Tag)
	all := p.GetDomain().GetTranslations()
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if id == "" {
			continue
		}
		fmt.Fprintf(&b, "\nmsgid %s\n", Quoted(id))
		if many := all[id].PluralID; many != "" {
			fmt.Fprintf(&b, "msgid_plural %s\nmsgstr[0] %s\nmsgstr[1] %s\n", Quoted(many), Quoted(Accented(id)), Quoted(Accented(many)))
			continue
		}
		fmt.Fprintf(&b, "msgstr %s\n", Quoted(Accented(id)))
	}
	return []byte(b.String())
}

// Quoted is a string as .po files have it: a line of the text a line of the file.
func Quoted(s string) string {
	lines := strings.SplitAfter(s, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	escaped := func(s string) string {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
	}
	if len(lines) < 2 {
		return escaped(s)
	}
	all := []string{`""`}
	for _, l := range lines {
		all = append(all, escaped(l))
	}
	return strings.Join(all, "\n")
}

// Accented is a sentence in this language; its verbs stay, and a sentence of several lines keeps its lines.
func Accented(s string) string {
	verbs := regexp.MustCompile(`%(\[\d+\])?[-+# 0]*\d*(\.\d+)?[a-zA-Z%]`)
	accents := strings.NewReplacer("a", "á", "e", "é", "i", "í", "o", "ó", "u", "ú", "y", "ý", "c", "ç", "n", "ñ", "A", "Á", "E", "É", "I", "Í", "O", "Ó", "U", "Ú")
	var b strings.Builder
	at := 0
	for _, v := range append(verbs.FindAllStringIndex(s, -1), []int{len(s), len(s)}) {
		b.WriteString(accents.Replace(s[at:v[0]]) + s[v[0]:v[1]])
		at = v[1]
	}
	end := strings.TrimRight(b.String(), " \n")
	return end + strings.Repeat("~", len(s)*2/5) + b.String()[len(end):]
}

// Words returns the single words of a text that this language would have put otherwise, each once: letters in lower case, between
// blanks and signs of punctuation, without an accent. Words that exempt matches as a whole are left out.
func Words(text string, exempt *regexp.Regexp) []string {
	found := map[string]bool{}
	word := regexp.MustCompile(`^[a-z]*[aeiouycn][a-z]*$`)
	for _, w := range strings.Fields(text) {
		w = strings.Trim(w, "()[]{}\"'.,:;?!|*`")
		if len(w) > 1 && word.MatchString(w) && !exempt.MatchString(w) {
			found[w] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// English returns the pieces of a text that this language would have put otherwise: runs of two words or more without an accent.
// Words that exempt matches end a run: names, codes and terms of nodes.
func English(text string, exempt *regexp.Regexp) []string {
	var all []string
	word := regexp.MustCompile(`^[("']*[A-Za-z]?[a-z]+[)"',.:;?!]*$`)
	vowel := regexp.MustCompile(`[aeiouycn]`)
	for line := range strings.Lines(text) {
		var run []string
		end := func() {
			if len(run) > 1 {
				all = append(all, strings.Join(run, " "))
			}
			run = nil
		}
		for _, w := range strings.Fields(line) {
			if word.MatchString(w) && vowel.MatchString(w) && !exempt.MatchString(w) {
				run = append(run, w)
				continue
			}
			end()
		}
		end()
	}
	return all
}
