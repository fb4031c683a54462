package po_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/lang/po"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// message is one entry of the template: a sentence, and the files that hold it.
type message struct {
	one, many string
	at        []string
}

// messages are all sentences of the program, sorted, so that the same program gives the same bytes.
func messages(t *testing.T) []*message {
	t.Helper()
	all := map[string]*message{}
	got := func(x found) {
		m := all[x.one]
		if m == nil {
			m = &message{one: x.one}
			all[x.one] = m
		}
		m.many = cmp.Or(m.many, x.many)
		if !slices.Contains(m.at, x.at) {
			m.at = append(m.at, x.at)
			slices.Sort(m.at)
		}
	}
	h := parse(t)
	for _, f := range h.files {
		if !foreign(f.dir) {
			h.extract(f, got, map[ast.Expr]bool{})
		}
	}
	lessons(t, got)
	return slices.SortedFunc(maps.Values(all), func(a, b *message) int { return cmp.Compare(a.at[0]+"\n"+a.one, b.at[0]+"\n"+b.one) })
}

// template is the .pot file of the sentences.
func template(all []*message, left int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Sentences of uccx-tui for translators. Written by: go test ./ui/lang/po -update
# %d sentences. %d string literals that may be sentences are not among them yet: they do not pass msg.T (docs/languages.md).
msgid ""
msgstr ""
"Project-Id-Version: uccx-tui\n"
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
`, len(all), left)
	for _, m := range all {
		b.WriteString("\n")
		for _, at := range m.at {
			fmt.Fprintf(&b, "#: %s\n", at)
		}
		if strings.Contains(m.one+m.many, "%") {
			b.WriteString("#, go-format\n")
		}
		fmt.Fprintf(&b, "msgid %s\n", quoted(m.one))
		if m.many != "" {
			fmt.Fprintf(&b, "msgid_plural %s\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n", quoted(m.many))
			continue
		}
		b.WriteString("msgstr \"\"\n")
	}
	return b.Bytes()
}

// quoted is a string as .po files have it: a line of the text a line of the file.
func quoted(s string) string {
	lines := strings.SplitAfter(s, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
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

func escaped(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}

// TestTemplate: the template holds what the program says. `go test ./ui/lang/po -update` writes it.
func TestTemplate(t *testing.T) {
	all := messages(t)
	if len(all) < 1000 {
		t.Fatalf("only %d sentences were found", len(all))
	}
	got := template(all, len(holes(t)))
	if f := flag.Lookup("update"); f == nil || f.Value.String() != "true" { // the whole of it says nothing to a reader
		stale(t, string(read(t, "uccx-tui.pot")), string(got))
		return
	}
	goldentest.File(t, "uccx-tui.pot", got)
}

// stale fails where two templates differ, and names the first sentences that only one has.
func stale(t *testing.T, have, want string) {
	t.Helper()
	if have == want {
		return
	}
	ids := func(of, not string) (some []string) {
		for _, l := range strings.Split(of, "\n") {
			if strings.HasPrefix(l, "msgid ") && !strings.Contains(not, l+"\n") && len(some) < 10 {
				some = append(some, l)
			}
		}
		return some
	}
	t.Errorf("uccx-tui.pot is stale: go test ./ui/lang/po -update\nnew:\n%s\ngone:\n%s", strings.Join(ids(want, have), "\n"), strings.Join(ids(have, want), "\n"))
}

// TestTemplateParses: the template is read by the library that reads translations, with each sentence and its plural.
func TestTemplateParses(t *testing.T) {
	all := messages(t)
	c, err := po.Parse([]byte(pseudo(all)))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if got := c.Get(m.one); got != accented(m.one) {
			t.Errorf("%q: %q", m.one, got)
		}
		if m.many != "" && c.GetN(m.one, m.many, 2) != accented(m.many) {
			t.Errorf("%q: %q", m.many, c.GetN(m.one, m.many, 2))
		}
	}
}

// pseudo is a language for tests: each letter with an accent, 40 % longer, so that English that is left stands out.
func pseudo(all []*message) string {
	var b strings.Builder
	b.WriteString("msgid \"\"\nmsgstr \"\"\n\"Language: qps\\n\"\n\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n")
	for _, m := range all {
		fmt.Fprintf(&b, "\nmsgid %s\n", quoted(m.one))
		if m.many == "" {
			fmt.Fprintf(&b, "msgstr %s\n", quoted(accented(m.one)))
			continue
		}
		fmt.Fprintf(&b, "msgid_plural %s\nmsgstr[0] %s\nmsgstr[1] %s\n", quoted(m.many), quoted(accented(m.one)), quoted(accented(m.many)))
	}
	return b.String()
}

var accents = strings.NewReplacer("a", "á", "e", "é", "i", "í", "o", "ó", "u", "ú", "c", "ç", "n", "ñ", "A", "Á", "E", "É", "I", "Í", "O", "Ó", "U", "Ú")

// accented leaves the verbs as they are.
func accented(s string) string {
	var b strings.Builder
	at := 0
	for _, v := range append(verbs.FindAllStringIndex(s, -1), []int{len(s), len(s)}) {
		b.WriteString(accents.Replace(s[at:v[0]]) + s[v[0]:v[1]])
		at = v[1]
	}
	return b.String() + strings.Repeat("~", len(s)*2/5)
}

// TestQuoted: the template survives quotes, line ends and backslashes.
func TestQuoted(t *testing.T) {
	for in, want := range map[string]string{`a "b" \c`: `"a \"b\" \\c"`, "a\nb": "\"\"\n\"a\\n\"\n\"b\"", "a\n": `"a\n"`} {
		if got := quoted(in); got != want {
			t.Errorf("%s: %s, want %s", strconv.Quote(in), got, want)
		}
	}
}
