package po_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// hole is a literal of two words or more that no translator sees.
type hole struct{ dir, at, words string }

// Words that people do not read, or read in English in every language.
var (
	// looksLike is what regular expressions, commands, formats of times, styles, and names of Cisco look like.
	noSentence = regexp.MustCompile(`^(\W|%[a-z]|\s)*$|^[a-z]+( -{1,2}[a-z-]+)+$|^(show|utils|set|file|run|admin) |^# |^Mon|^Jan|^2006|^uccx-tui [a-z]+|^Cisco |^Mozilla|^https?:|^-----|^application/|^text/|charset=|^font|<[a-z]+[ >]|^uccx-tui:?( |%s|\W)*$|^[A-Z0-9 ]+=$|\{\{|\\[sbwd]|\.\*|\|.*\||\(\?|^[A-Z]+(-\d+)?( [A-Z]+-\d+)+$|^[A-Z_0-9]+( [A-Z_0-9]+)+$|^[a-z~:?/ +0-9]{1,3}( [a-zA-Z~:?/+0-9]{1,10})+$`)
	// strangers are functions whose literals are patterns, words of nodes, or for developers.
	strangers = []string{"MustCompile", "Contains", "HasPrefix", "HasSuffix", "Cut", "CutPrefix", "CutSuffix", "TrimPrefix", "TrimSuffix", "Index", "LastIndex", "Split", "SplitN",
		"EqualFold", "Count", "ReplaceAll", "NewReplacer", "panic", "Fields", "Trim", "Getenv", "Set", "Add", "Get", "MatchString", "Verbatim", "Command", "Format", "Parse", "ParseInLocation", "Reject", "class", "attr"}
	// files hold words of nodes, their commands and the patterns that read them, data of sources that are cited in English, or documents: those are English.
	cited = []string{"vos/route/meaning.go", "vos/solution/write.go", "vos/cli/status.go", "vos/cli/parse.go", "vos/dialogue.go", "vos/parse.go", "vos/refusal_known.go", "vos/facts/", "vos/facts.go", "steps/rules/", "vos/redact/", "cmd/uccx-tui/exitcode/exitcode.go", "cmd/uccx-tui/packaging/", "vos/cert/rfc5280/", "vos/cert/ber/", "vos/handshake/", "vos/cert/lenient/"}
	// nodeWords are fields of tables that hold names of documents, which are cited in English, and what nodes say; spoken are functions
	// that return what nodes are told, and beginnings of names of constants that nodes print.
	nodeWords = map[string]bool{"vos/cert entry rule": true, "vos/health Query Source": true, "vos/health Query Line": true, "vos/solution Address Role": true, "vos Port Name": true}
	spoken    = []string{"vos/rest aboutOf", "vos/rest ImportTrust", "vos/cert says",
		// Code, commands, labels of a web page, names that stand for others in a redacted copy, names of documents, and pages of docs.
		"steps/kit kitScript", "steps wordsSharedCSR", "steps wordsByPage", "steps/restart Markdown", "steps/restart restartsHead", "steps/report Person", "steps/report change",
		"steps/trust FirstRule", "steps/debts copFile"}
)

// holes are the literals of the program, lessons and foreign folders apart, that are not extracted and look like sentences.
func holes(t *testing.T) []hole {
	t.Helper()
	h := parse(t)
	var all []hole
	taken := map[ast.Expr]bool{}
	for _, f := range h.files {
		h.extract(f, func(found) {}, taken)
	}
	for _, f := range h.files {
		h.notSaid(f, taken)
	}
	for _, f := range h.files {
		if foreign(f.dir) || slices.ContainsFunc(cited, func(c string) bool { return strings.HasPrefix(f.name, c) }) {
			continue
		}
		all = append(all, h.untaken(f, taken)...)
	}
	return all
}

// What is no sentence, by its type, its field, or the function or constant that holds it.
var (
	// codes are types whose constants stand in journals and on the command line.
	codes = map[string]bool{"steps/plan Role": true, "steps/plan AskKind": true}
	// documents are fields that cite one.
	documents = map[string]bool{"steps/restart OtherSource Source": true, "steps/restart Rule Source": true, "steps/trust Rule Source": true, "steps/trust Relation Source": true,
		"steps/advice Advice Source": true, "steps/plan Question Rule": true}
	// documentIn says which argument of a function cites one.
	documentIn = map[string]int{"steps/restart because": 2, "steps/advice seen": 0}
)

// notSaid marks what is no sentence.
func (h *house) notSaid(f file, taken map[ast.Expr]bool) {
	cites := func(e, _ ast.Expr) { h.mark(f, e, taken) }
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			if id, ok := n.Type.(*ast.Ident); ok && codes[f.dir+" "+id.Name] {
				markAll(n, taken)
			}
		case *ast.CompositeLit:
			h.composite(f, n, f.typeName(n.Type), documents, cites)
		case *ast.CallExpr:
			if at, ok := documentIn[f.dir+" "+callee(n)]; ok && len(n.Args) > at {
				h.mark(f, n.Args[at], taken)
			}
		}
		return true
	})
}

func (h *house) untaken(f file, taken map[ast.Expr]bool) []hole {
	var all []hole
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			n.Tag = nil
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Use", "Source", "Codes", "Words", "Topic", "Link"}, id.Name) { // a command line; a document, codes and patterns
				mark(n.Value, taken)
			}
		case *ast.CompositeLit:
			h.exempt(f, n, f.typeName(n.Type), taken)
		case *ast.FuncDecl:
			if n.Body != nil && slices.Contains(spoken, f.dir+" "+n.Name.Name) {
				markAll(n.Body, taken)
			}
		case *ast.ValueSpec:
			if slices.ContainsFunc(spoken, func(s string) bool { return strings.HasPrefix(f.dir+" "+n.Names[0].Name, s) }) {
				markAll(n, taken)
			}
		case *ast.CaseClause:
			for _, e := range n.List {
				markAll(e, taken) // compared, not shown
			}
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				markAll(n, taken)
			}
		case *ast.CallExpr:
			if slices.Contains([]string{"on", "On", "onAny"}, callee(n)) && len(n.Args) > 0 {
				mark(n.Args[0], taken) // keys
			}
			if slices.Contains(strangers, callee(n)) {
				for _, a := range n.Args {
					mark(a, taken)
				}
			}
		case *ast.BasicLit:
			if s, ok := h.words(f, n); ok && n.Kind == token.STRING && !taken[n] && sentence(s) {
				all = append(all, hole{f.dir, fmt.Sprintf("%s:%d", f.name, f.set.Position(n.Pos()).Line), s})
			}
		}
		return true
	})
	return all
}

// exempt marks what is looked up in a map, and the fields of a literal that hold words of nodes and documents.
func (h *house) exempt(f file, c *ast.CompositeLit, typ string, taken map[ast.Expr]bool) {
	inner := ""
	switch t := c.Type.(type) {
	case *ast.MapType:
		inner = f.typeName(t.Value)
	case *ast.ArrayType:
		inner = f.typeName(t.Elt)
	}
	for i, e := range c.Elts {
		name := ""
		if names := h.structs[typ]; i < len(names) {
			name = names[i]
		}
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				name = id.Name
			}
			mark(kv.Key, taken)
			e = kv.Value
		}
		if nodeWords[typ+" "+name] {
			mark(e, taken)
		}
		if one, ok := e.(*ast.CompositeLit); ok && one.Type == nil {
			h.exempt(f, one, inner, taken)
		}
	}
}

func markAll(n ast.Node, taken map[ast.Expr]bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok {
			taken[l] = true
		}
		return true
	})
}

// sentence reports whether a literal has two words of letters, verbs apart, and is none of the things that only look so.
func sentence(s string) bool {
	return len(letters.FindAllString(verbs.ReplaceAllString(s, ""), 3)) >= 2 && strings.Contains(strings.TrimSpace(s), " ") && !noSentence.MatchString(s)
}

// TestHoles: no more literals than today reach a person around the translators, package by package; a number may only fall. To see
// them: UCCX_TUI_HOLES=1 go test ./ui/lang/po -run TestHoles -v
func TestHoles(t *testing.T) {
	now := map[string]int{}
	for _, x := range holes(t) {
		now[x.dir]++
		if os.Getenv("UCCX_TUI_HOLES") != "" {
			t.Logf("%s: %q", x.at, x.words)
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(now)) {
		if now[dir] > known[dir] {
			t.Errorf("%s: %d literals look like sentences and pass neither msg.T, msg.N, msg.Errorf nor Say, %d are known: make the new ones sentences (msg.T)", dir, now[dir], known[dir])
		}
	}
	for dir, n := range known {
		if now[dir] < n {
			t.Logf("%s: %d literals, %d are known: lower the number", dir, now[dir], n)
		}
	}
	for s, want := range map[string]bool{"The node was not restarted.": true, "%s of %s": false, "port": false, "show cert own": false, "no answer from %s": true, "https://a b": false} {
		if sentence(s) != want {
			t.Errorf("%q: %t", s, !want)
		}
	}
}

// TestErrorsAreSaid: the screens and line mode show an error through the Localizer, as its words are English otherwise; and no error for a
// person is made by fmt.Errorf, which keeps no sentence.
func TestErrorsAreSaid(t *testing.T) {
	own := []string{"ui/app/app.go", "ui/ask/ask.go held.Take"} // an error itself; a method of the library of forms
	for _, f := range parse(t).files {
		if foreign(f.dir) || strings.HasPrefix(f.name, "cmd/uccx-tui/packaging/") || slices.Contains([]string{"vos/msg", "vos/cert/ber"}, f.dir) {
			continue
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				c, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				at := fmt.Sprintf("%s:%d", f.name, f.set.Position(c.Pos()).Line)
				if s, ok := c.Fun.(*ast.SelectorExpr); ok && isPackage(s.X, "fmt") && s.Sel.Name == "Errorf" {
					t.Errorf("%s: fmt.Errorf: an error for a person is made by msg.Errorf", at)
				}
				screens := strings.HasPrefix(f.name, "ui/") && !slices.Contains(own, f.name) && !slices.Contains(own, f.name+" held."+fn.Name.Name)
				if screens && callee(c) == "Error" && len(c.Args) == 0 {
					t.Errorf("%s: Error() is English: show what Localizer.Error says", at)
				}
				return true
			})
		}
	}
}
