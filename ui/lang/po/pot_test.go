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
	"github.com/uccx-tui/uccx-tui/ui/lang/po/pseudo"
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
	for _, words := range system {
		got(found{one: words, at: "of the operating system"})
	}
	return slices.SortedFunc(maps.Values(all), func(a, b *message) int { return cmp.Compare(a.at[0]+"\n"+a.one, b.at[0]+"\n"+b.one) })
}

// system is what operating systems and the library of Go say of files and connections: the last words of an error.
var system = []string{"permission denied", "operation not permitted", "no such file or directory", "file does not exist", "file exists", "file already exists", "not a directory", "is a directory",
	"directory not empty", "no space left on device", "read-only file system", "disk quota exceeded", "too many open files", "input/output error", "file name too long", "broken pipe",
	"connection refused", "connection reset by peer", "no route to host", "network is unreachable", "i/o timeout", "context deadline exceeded", "unexpected EOF"}

// template is the .pot file of the sentences. Nothing in it counts them: each change of the program would change that line.
func template(all []*message) []byte {
	var b bytes.Buffer
	b.WriteString(`# Sentences of uccx-tui for translators. Written by: go test ./ui/lang/po -update
msgid ""
msgstr ""
"Project-Id-Version: uccx-tui\n"
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
`)
	for _, m := range all {
		b.WriteString("\n")
		for _, at := range m.at {
			fmt.Fprintf(&b, "#: %s\n", at)
		}
		if strings.Contains(m.one+m.many, "%") {
			b.WriteString("#, go-format\n")
		}
		fmt.Fprintf(&b, "msgid %s\n", pseudo.Quoted(m.one))
		if m.many != "" {
			fmt.Fprintf(&b, "msgid_plural %s\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n", pseudo.Quoted(m.many))
			continue
		}
		b.WriteString("msgstr \"\"\n")
	}
	return b.Bytes()
}

// TestTemplate: the template holds what the program says. `go test ./ui/lang/po -update` writes it.
func TestTemplate(t *testing.T) {
	all := messages(t)
	if len(all) < 1000 {
		t.Fatalf("only %d sentences were found", len(all))
	}
	got := template(all)
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
	c, err := po.Parse(qps(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if got := c.Get(m.one); got != pseudo.Accented(m.one) {
			t.Errorf("%q: %q", m.one, got)
		}
		if m.many != "" && c.GetN(m.one, m.many, 2) != pseudo.Accented(m.many) {
			t.Errorf("%q: %q", m.many, c.GetN(m.one, m.many, 2))
		}
	}
}

// qps is the pseudo-language of the sentences.
func qps(t *testing.T) []byte {
	t.Helper()
	return pseudo.Language(template(messages(t)))
}

// TestQuoted: the template survives quotes, line ends and backslashes.
func TestQuoted(t *testing.T) {
	for in, want := range map[string]string{`a "b" \c`: `"a \"b\" \\c"`, "a\nb": "\"\"\n\"a\\n\"\n\"b\"", "a\n": `"a\n"`} {
		if got := pseudo.Quoted(in); got != want {
			t.Errorf("%s: %s, want %s", strconv.Quote(in), got, want)
		}
	}
}
