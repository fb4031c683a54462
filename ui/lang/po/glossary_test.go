package po_test

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// agrees is how many of 100 uses of a glossary term have its counterpart at least. The rest are English words that are also names of
// commands (report, resume), fields of X.509 (Key Usage), or verbs that a language says otherwise. A number may only rise.
var agrees = map[string]int{"pt-BR": 92, "ja": 92, "ko": 92, "zh-Hant": 93, "nl": 94}

// TestGlossary: where a sentence has a term of glossary.csv, its translation has the counterpart: the whole of it, or in languages that
// inflect the first 60 % of each word, four letters at least.
func TestGlossary(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(read(t, "glossary.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	uses := map[string][]string{} // the sentences of each term
	all := messages(t)
	for _, row := range rows[1:] {
		term := regexp.MustCompile(`\b(` + strings.ToLower(strings.Join(quoted(strings.Split(row[0], " / ")), "|")) + `)s?\b`)
		for _, m := range all {
			if term.MatchString(strings.ToLower(m.one)) {
				uses[row[0]] = append(uses[row[0]], m.one)
			}
		}
	}
	for tag, words := range translations(t) {
		column := slices.Index(rows[0], tag)
		if column < 0 {
			t.Errorf("glossary.csv has no column for %s", tag)
			continue
		}
		entries := words.GetDomain().GetTranslations()
		used, kept := 0, 0
		missed := map[string]int{}
		for _, row := range rows[1:] {
			for _, sentence := range uses[row[0]] {
				tr := entries[sentence]
				if tr == nil {
					continue
				}
				used++
				if has(tag, row[column], tr.Trs) {
					kept++
				} else {
					missed[row[0]]++
				}
			}
		}
		if least := agrees[tag]; 100*kept < least*used {
			t.Errorf("%s: %d of %d uses of a term have its counterpart, at least %d %% must; missing: %v", tag, kept, used, least, missed)
		}
	}
}

func quoted(all []string) []string {
	for i, s := range all {
		all[i] = regexp.QuoteMeta(s)
	}
	return all
}

// has reports whether one of the forms has one of the counterparts of a term, which are divided by " / ".
func has(tag, counterparts string, forms map[int]string) bool {
	for _, form := range forms {
		form = strings.ToLower(form)
		for _, c := range strings.Split(strings.ToLower(counterparts), " / ") {
			if !slices.ContainsFunc(strings.Fields(c), func(word string) bool { return !strings.Contains(form, stem(tag, word)) }) {
				return true
			}
		}
	}
	return false
}

// stem is what stays of a word however it is inflected.
func stem(tag, word string) string {
	letters := []rune(word)
	if tag != "pt-BR" && tag != "nl" || len(letters) <= 4 {
		return word
	}
	return string(letters[:max(4, len(letters)*6/10)])
}
