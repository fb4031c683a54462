package po_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/leonelquinteros/gotext"

	"github.com/uccx-tui/uccx-tui/ui/lang/po"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

// translations are the .po files of the languages other than English, by tag.
func translations(t *testing.T) map[string]*gotext.Po {
	t.Helper()
	names, err := filepath.Glob("*.po")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*gotext.Po{}
	for _, name := range names {
		if tag := strings.TrimSuffix(name, ".po"); tag != po.English {
			all[tag] = gotext.NewPo()
			all[tag].Parse(read(t, name))
		}
	}
	return all
}

// verb is one verb of a format: the number of its argument and its letter.
var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+ #0]*[\d.]*(?:\[(\d+)\])?([a-zA-Z%])`)

// shown are the arguments that a format shows, with the letter of each, in no order: a translation may show them in another one.
func shown(format string) map[string]bool {
	all, n := map[string]bool{}, 0
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[3] == "%" {
			continue
		}
		n++
		for _, index := range m[1:3] {
			if index != "" {
				fmt.Sscan(index, &n)
			}
		}
		all[fmt.Sprint(n, m[3])] = true
	}
	return all
}

// TestTranslations: each language has every sentence and none that is gone, with the verbs of the English one, as many plural forms as
// its rule has, and the spaces at the edges that the program counts on.
func TestTranslations(t *testing.T) {
	all := messages(t)
	for tag, words := range translations(t) {
		d := words.GetDomain()
		if d.Headers.Get("Language") != tag || d.Headers.Get("X-Language-Name") == "" {
			t.Errorf("%s: the header names %q, %q", tag, d.Headers.Get("Language"), d.Headers.Get("X-Language-Name"))
		}
		var forms int
		fmt.Sscanf(d.Headers.Get("Plural-Forms"), "nplurals=%d;", &forms)
		known := map[string]bool{"": true}
		entries := d.GetTranslations() // a copy
		missing := 0
		for _, m := range all {
			known[m.one] = true
			tr := entries[m.one]
			if tr == nil || tr.Trs[0] == "" {
				if missing++; missing <= 5 {
					t.Errorf("%s: no translation of %q", tag, m.one)
				}
				continue
			}
			compare(t, tag, m, tr, forms)
		}
		if missing > 5 {
			t.Errorf("%s: %d of %d sentences are not translated", tag, missing, len(all))
		}
		for id := range entries {
			if !known[id] {
				t.Errorf("%s: a translation of a sentence that is gone: %q", tag, id)
			}
		}
	}
}

// compare holds one translation against its sentence.
func compare(t *testing.T, tag string, m *message, tr *gotext.Translation, forms int) {
	t.Helper()
	want := 1
	if m.many != "" {
		want = forms
	}
	if len(tr.Trs) != want {
		t.Errorf("%s: %q has %d forms, its language has %d", tag, m.one, len(tr.Trs), want)
	}
	for i, s := range tr.Trs {
		same := maps.Equal(shown(s), shown(m.one)) || m.many != "" && maps.Equal(shown(s), shown(m.many))
		if strings.Contains(m.one+m.many, "%") && !same {
			t.Errorf("%s: other verbs in form %d of %q: %q", tag, i, m.one, s)
		}
		if strings.HasPrefix(m.one, " ") != strings.HasPrefix(s, " ") && strings.HasPrefix(m.one, " ") || strings.HasSuffix(m.one, " ") && !strings.HasSuffix(s, " ") {
			t.Errorf("%s: %q lacks the space at an edge of %q", tag, s, m.one)
		}
	}
}

// compile is a translation as a table. Two sentences of the same hash are an error.
func compile(t *testing.T, words *gotext.Po) []byte {
	t.Helper()
	d := words.GetDomain()
	head := ""
	for _, key := range []string{"Language", "X-Language-Name", "Content-Type", "Plural-Forms"} {
		head += key + ": " + d.Headers.Get(key) + "\n"
	}
	entries, hashes := map[string]string{"": head}, map[uint64]string{po.Hash(""): ""}
	for id, tr := range d.GetTranslations() {
		if id == "" {
			continue
		}
		if other, taken := hashes[po.Hash(id)]; taken {
			t.Fatalf("%q and %q have the same hash: word one of them otherwise", id, other)
		}
		hashes[po.Hash(id)] = id
		var all []string
		for _, i := range slices.Sorted(maps.Keys(tr.Trs)) {
			all = append(all, tr.Trs[i])
		}
		entries[id] = strings.Join(all, "\x00")
	}
	return po.Table(entries)
}

// TestPacked: the program holds the translations that stand in the .po files.
func TestPacked(t *testing.T) {
	for tag, words := range translations(t) {
		want := compile(t, words)
		name := tag + ".table.gz"
		if goldentest.Updating() {
			var b bytes.Buffer
			z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
			if err != nil {
				t.Fatal(err)
			}
			z.Write(want) //nolint:errcheck // a buffer
			z.Close()     //nolint:errcheck // a buffer
			if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		r, err := gzip.NewReader(bytes.NewReader(read(t, name)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what is in %s.po (%v): go test ./ui/lang/po -run TestPacked -update", name, tag, err)
		}
		c, err := po.Load(tag)
		if err != nil {
			t.Fatal(err)
		}
		for id, tr := range words.GetDomain().GetTranslations() {
			if id != "" && tr.PluralID == "" && c.Get(id) != tr.Trs[0] {
				t.Fatalf("%s: %q is read as %q", tag, id, c.Get(id))
			}
		}
	}
}

// TestLanguagesPage: docs/languages.md lists the languages, each with its name and how much of it is translated.
func TestLanguagesPage(t *testing.T) {
	const page = "../../../docs/languages.md"
	all := messages(t)
	table := "| tag | language | sentences |\n| --- | --- | --- |\n| en | English | the source |\n"
	words := translations(t)
	for _, tag := range slices.Sorted(maps.Keys(words)) {
		d := words[tag].GetDomain()
		entries, n := d.GetTranslations(), 0
		for _, m := range all {
			if tr := entries[m.one]; tr != nil && tr.Trs[0] != "" {
				n++
			}
		}
		table += fmt.Sprintf("| %s | %s | %d %% |\n", tag, d.Headers.Get("X-Language-Name"), 100*n/len(all))
	}
	text := string(read(t, page))
	const from, to = "<!-- languages -->\n", "<!-- end -->"
	i, j := strings.Index(text, from), strings.Index(text, to)
	if i < 0 || j < i {
		t.Fatal("docs/languages.md has lost the marks of its table")
	}
	goldentest.File(t, page, []byte(text[:i+len(from)]+table+text[j:]))
}
