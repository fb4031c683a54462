package po_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

const (
	root   = "../../.."
	module = "github.com/uccx-tui/uccx-tui/"
)

// formats says which argument of a function is a sentence: its format, and those before it that are whole sentences. A name stands
// for functions and methods of every package.
var formats = map[string][]int{
	"T": {0}, "N": {0, 1}, "Errorf": {0}, "Say": {0}, "say": {0}, "Tell": {1}, "Refuse": {3}, "Decide": {2}, "Find": {4}, "print": {0}, "line": {0}, "event": {1},
	"WithHelp": {0, 1}, "SetHelp": {1}, "ui on": {1, 2}, "ui/widget On": {1, 2}, "ui/widget Types": {0, 1}, "ui onAny": {1, 2}, "ui newConfirm": {1, 2}, "session said": {0}, "steps/advice fromNode": {2},
	"steps/lab outside": {0}, "steps/restart because": {1}, "steps/first add": {4}, "steps/engine add": {0}, "steps/first about": {3}, "steps prove": {2}, "steps rowRestartAs": {1}, "steps/lab tell": {0}, "vos wholeNode": {0, 1}, "steps/functional asked": {3},
	"steps/advice tell": {1}, "steps/advice sign": {1}, "steps/report head": {1}, "steps/report item": {1},
	"ui types": {0, 1}, "ui askAgain": {2, 3, 5}, "ui Title": {0},
	"vos/manual click": {0}, "vos/solution wrong": {1}, "vos/cert/read shaped": {0}, "vos/cert/read bare": {1}, "vos/cert/read note": {0}, "vos/ssh progress": {0},
}

// fields are fields of tables and of commands whose strings are sentences: package, type and field; "*" any type of the package.
var fields = map[string]bool{
	"steps/plan Step Title": true, "steps/plan Step Why": true, "steps/plan Step Effect": true, "steps/plan Step Undo": true,
	"cobra Command Short": true, "cobra Command Long": true, "cobra Command Example": true,
	"steps/advice Advice Symptom": true, "steps/advice Advice Cause": true, "steps/advice Advice Cure": true,
	"ui opening label": true, "ui opening explain": true, "ui action explain": true, "ui/widget Action Explain": true, "ui action off": true,
	"steps/restart Rule Lost": true, "steps/restart Rule Order": true, "steps/restart Rule Proof": true, "steps/restart OtherSource Says": true, "steps/restart OtherSource Held": true,
	"steps/lab lessonOf title": true, "steps/lab lessonOf story": true, "steps/lab lessonOf hints": true,
	"vos RestartFacts Lost": true, "vos RestartFacts Alone": true, "vos RestartFacts Others": true, "steps Path When": true, "steps/advice family Name": true,
	"steps/lab Scenario Title": true, "steps/lab Scenario Story": true, "steps/lab Scenario Goal": true, "steps/lab Scenario Hints": true,
	"steps/trust Relation Why": true, "steps/trust Rule Why": true, "steps/titles Path Title": true, "steps/titles Path When": true,
	"ui action Explain": true, "ui/dialog Action Explain": true, "session Holder Owner": true, "session Holder Host": true, "ui textView name": true, "ui/dialog Name Screen": true, "ui/dialog Name Label": true, "ui/dialog Name Help": true, "ui/line word help": true,
	"ui/line word takes": true, "vos/cert/describe Line Label": true, "steps/restart Fact Label": true, "vos/cert/read dress name": true,
	"cmd/uccx-tui/topics Topic Title": true, "cmd/uccx-tui/commandline group title": true,
}

// said are functions and constants whose words are labels and sentences, and types whose constants are: the screens pass them to Say.
var said = map[string]bool{
	"steps/renewal Settled": true, "steps/titles OfPath": true, "steps/titles OfReason": true, "ui/files SaysWords": true, "vos/cert String": true, "vos Title": true, "vos/msg Label": true, "vos/msg ownLabel": true,

	"ui title": true, "ui/files Title": true, "ui/dialog Title": true, "ui/app LoginAs": true, "ui/form offBecause": true, "ui/form nodesEnd": true, "vos/cert/read undone": true,
	"vos/cert/read unprinted": true, "vos/cert/read unarmored": true, "cmd/uccx-tui/commandline examples": true, "steps/trust Holding": true, "steps/standing String": true, "steps/restart TypedWords": true, "steps/lab sendBack": true, "steps/lab ByTechnician": true, "steps/practice ReportTitle": true,
	"steps/plan RehearsedLab": true, "steps/plan RehearsedLike": true, "steps/plan RehearsedReply": true, "steps/standing AddressState": true,
}

// file is one Go file that is not a test.
type file struct {
	dir, name string
	ast       *ast.File
	set       *token.FileSet
	imports   map[string]string // name -> folder of ours, or path
}

// house is the parsed program.
type house struct {
	files   []file
	consts  map[string]ast.Expr // "folder name" -> value
	structs map[string][]string // "folder type" -> its fields in order
}

// foreign are folders without sentences of the program: they speak as nodes do, only tests use them, or they print nothing but a page of
// docs, which is English (steps/rulebook: docs/rules.md).
func foreign(dir string) bool {
	return strings.HasPrefix(dir, "vos/sim") || slices.Contains([]string{"steps/rulebook", "vos/goldentest", "vos/vostest", "steps/stepstest", "ui/files/filestest", "ui/lang/po/pseudo", "docs"}, dir) ||
		strings.Contains(dir, "certtest")
}

func parse(t *testing.T) *house {
	t.Helper()
	h := &house{consts: map[string]ast.Expr{}, structs: map[string][]string{}}
	err := filepath.WalkDir(filepath.FromSlash(root), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && !strings.HasPrefix(d.Name(), "..") {
			return skip(err)
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(filepath.FromSlash(root), p)
		if err != nil {
			return err
		}
		f := file{name: filepath.ToSlash(rel), set: token.NewFileSet(), imports: map[string]string{}}
		f.dir = path.Dir(f.name)
		if f.ast, err = parser.ParseFile(f.set, p, nil, parser.SkipObjectResolution); err != nil {
			return err
		}
		for _, i := range f.ast.Imports {
			at, _ := strconv.Unquote(i.Path.Value)
			name := path.Base(at)
			if i.Name != nil {
				name = i.Name.Name
			}
			f.imports[name] = strings.TrimPrefix(at, module)
		}
		h.files = append(h.files, f)
		h.declared(f)
		return nil
	})
	if err != nil || len(h.files) < 100 {
		t.Fatalf("%d files, %v", len(h.files), err)
	}
	return h
}

func skip(err error) error {
	if err != nil {
		return err
	}
	return filepath.SkipDir
}

// declared notes the constants and the structs of a file.
func (h *house) declared(f file) {
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			if n.Tok == token.CONST {
				for _, s := range n.Specs {
					for i, id := range s.(*ast.ValueSpec).Names {
						if v := s.(*ast.ValueSpec).Values; i < len(v) {
							h.consts[f.dir+" "+id.Name] = v[i]
						}
					}
				}
			}
		case *ast.TypeSpec:
			if st, ok := n.Type.(*ast.StructType); ok {
				var all []string
				for _, fl := range st.Fields.List {
					for _, id := range fl.Names {
						all = append(all, id.Name)
					}
					if len(fl.Names) == 0 {
						all = append(all, "_")
					}
				}
				h.structs[f.dir+" "+n.Name.Name] = all
			}
		}
		return true
	})
}

// words is the value of an expression of constant strings.
func (h *house) words(f file, e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.ParenExpr:
		return h.words(f, e.X)
	case *ast.BinaryExpr:
		a, ok := h.words(f, e.X)
		b, ok2 := h.words(f, e.Y)
		return a + b, ok && ok2 && e.Op == token.ADD
	case *ast.Ident:
		if v, ok := h.consts[f.dir+" "+e.Name]; ok {
			return h.words(f, v)
		}
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			if v, ok := h.consts[f.imports[x.Name]+" "+e.Sel.Name]; ok {
				return h.words(file{dir: f.imports[x.Name]}, v)
			}
		}
	}
	return "", false
}

// callee is the name of a called function, without its package or receiver.
func callee(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// typeName is "folder type" of a type that is written out, or "".
func (f file) typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return f.dir + " " + e.Name
	case *ast.StarExpr:
		return f.typeName(e.X)
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			at := f.imports[x.Name]
			if at == "github.com/spf13/cobra" {
				at = "cobra"
			}
			return at + " " + e.Sel.Name
		}
	}
	return ""
}

// found is a sentence and where it is.
type found struct {
	one, many, at string
}

// extract calls got for each sentence of a file, and marks the literals that it has taken.
func (h *house) extract(f file, got func(found), taken map[ast.Expr]bool) {
	var take func(one, many ast.Expr)
	take = func(one, many ast.Expr) {
		if list, ok := one.(*ast.CompositeLit); ok {
			for _, e := range list.Elts {
				take(e, nil)
			}
		}
		if c, ok := one.(*ast.CallExpr); ok && callee(c) == "Or" { // cmp.Or
			for _, a := range c.Args {
				take(a, nil)
			}
		}
		s, ok := h.words(f, one)
		s = strings.ReplaceAll(s, "%w", "%s")
		if !ok || !letters.MatchString(verbs.ReplaceAllString(s, "")) {
			return
		}
		x := found{one: s, at: f.name}
		h.mark(f, one, taken)
		if many != nil {
			x.many, _ = h.words(f, many)
			h.mark(f, many, taken)
		}
		got(x)
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			h.call(f, n, take)
			if s, ok := h.pattern(f, n); ok {
				mark(n, taken)
				got(found{one: s, at: f.name})
			}
		case *ast.AssignStmt:
			h.assign(f, n, take)
		case *ast.FuncDecl:
			if said[f.dir+" "+n.Name.Name] && n.Body != nil {
				labels(n.Body, take)
			}
		case *ast.ValueSpec:
			id, ok := n.Type.(*ast.Ident)
			for i, v := range n.Values {
				if ok && said[f.dir+" "+id.Name] || said[f.dir+" "+n.Names[i].Name] {
					take(v, nil)
				}
			}
		case *ast.CompositeLit:
			h.composite(f, n, f.typeName(n.Type), fields, take)
		}
		return true
	})
}

// pattern is the format of a call of msg.pattern: it may have no words.
func (h *house) pattern(f file, c *ast.CallExpr) (string, bool) {
	if f.dir != "vos/msg" || callee(c) != "pattern" {
		return "", false
	}
	return h.words(f, c.Args[0])
}

// labels takes what a function returns: literals, and lists and maps of them.
func labels(body *ast.BlockStmt, take func(one, many ast.Expr)) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				take(r, nil)
			}
		case *ast.CompositeLit:
			for _, e := range n.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok {
					e = kv.Value
				}
				take(e, nil)
			}
		}
		return true
	})
}

// assign looks at what is put into a field of a table, and into variables of the screens that hold the words of a key.
func (h *house) assign(f file, a *ast.AssignStmt, take func(one, many ast.Expr)) {
	for i, l := range a.Lhs {
		if id, ok := l.(*ast.Ident); ok && f.dir == "ui" && i < len(a.Rhs) && (id.Name == "label" || id.Name == "explain") {
			take(a.Rhs[i], nil)
		}
		s, ok := l.(*ast.SelectorExpr)
		if !ok || i >= len(a.Rhs) {
			continue
		}
		for name := range fields {
			if at := strings.Fields(name); at[0] == f.dir && at[2] == s.Sel.Name {
				take(a.Rhs[i], nil)
			}
		}
	}
}

func (h *house) call(f file, c *ast.CallExpr, take func(one, many ast.Expr)) {
	places, known := formats[callee(c)]
	if own, ok := formats[f.dir+" "+callee(c)]; ok {
		places, known = own, ok
	}
	if x, ok := c.Fun.(*ast.SelectorExpr); ok && isPackage(x.X, "fmt") {
		return // fmt.Errorf is no sentence: msg.Errorf is
	}
	if own, ok := formats[f.typeName(c.Fun)]; ok { // of another package
		places, known = own, ok
	}
	switch {
	case callee(c) == "New" && len(c.Args) == 1: // errors.New: the words of what wraps nothing are the key
		if x, ok := c.Fun.(*ast.SelectorExpr); ok && isPackage(x.X, "errors") {
			take(c.Args[0], nil)
		}
	case callee(c) == "N" && len(c.Args) > 1:
		take(c.Args[0], c.Args[1])
	case known:
		for _, i := range places {
			if i < len(c.Args) {
				take(c.Args[i], nil)
			}
		}
	case flagFunc.MatchString(callee(c)) && len(c.Args) > 2: // cobra: the usage is the last
		take(c.Args[len(c.Args)-1], nil)
	}
}

func isPackage(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

// composite looks at the fields of a literal, and at those of the literals in it whose type is left out.
func (h *house) composite(f file, c *ast.CompositeLit, typ string, in map[string]bool, take func(one, many ast.Expr)) {
	switch t := c.Type.(type) {
	case *ast.ArrayType:
		h.elements(f, c, f.typeName(t.Elt), in, take)
		return
	case *ast.MapType:
		h.elements(f, c, f.typeName(t.Value), in, take)
		return
	}
	names := h.structs[typ]
	for i, e := range c.Elts {
		name := ""
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				name, e = id.Name, kv.Value
			}
		} else if i < len(names) {
			name = names[i]
		}
		if in[typ+" "+name] {
			take(e, nil)
		}
	}
}

func (h *house) elements(f file, c *ast.CompositeLit, typ string, in map[string]bool, take func(one, many ast.Expr)) {
	for _, e := range c.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		if one, ok := e.(*ast.CompositeLit); ok && one.Type == nil {
			h.composite(f, one, typ, in, take)
		}
	}
}

// mark notes the literals of an expression, and of the constants in it.
func (h *house) mark(f file, e ast.Expr, taken map[ast.Expr]bool) {
	mark(e, taken)
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			mark(h.consts[f.dir+" "+n.Name], taken)
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				mark(h.consts[f.imports[x.Name]+" "+n.Sel.Name], taken)
			}
			return false
		}
		return true
	})
}

// mark notes the literals of an expression.
func mark(e ast.Expr, taken map[ast.Expr]bool) {
	if e == nil {
		return
	}
	ast.Inspect(e, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok {
			taken[l] = true
		}
		return true
	})
}

var (
	letters  = regexp.MustCompile(`\pL{2,}`)
	verbs    = regexp.MustCompile(`%(\[\d+\])?[-+# 0]*\d*(\.\d+)?[a-zA-Z]`)
	flagFunc = regexp.MustCompile(`^(String|Bool|Int|Duration|StringSlice|StringArray|Int64)(Var)?P?$`)
)

// lessons adds what a person reads of the lessons.
func lessons(t *testing.T, got func(found)) {
	t.Helper()
	all, err := filepath.Glob(filepath.FromSlash(root + "/vos/sim/scenarios/*.toml"))
	if err != nil || len(all) == 0 {
		t.Fatalf("%d lessons, %v", len(all), err)
	}
	for _, p := range all {
		data := read(t, p)
		var doc map[string]any
		if err := toml.Unmarshal(data, &doc); err != nil {
			t.Fatal(p, err)
		}
		lesson(doc, "vos/sim/scenarios/"+filepath.Base(p), got)
	}
}

// lessonKeys are the keys of a lesson whose values a person reads; the rest is what nodes say, and what is checked.
var lessonKeys = []string{"title", "story", "goal", "goals", "hints", "hint", "what", "why", "explain", "question", "label", "ask", "right", "wrong"}

func lesson(v any, at string, got func(found)) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if slices.Contains(lessonKeys, k) {
				lessonText(x, at, got)
			}
			lesson(x, at, got)
		}
	case []any:
		for _, x := range v {
			lesson(x, at, got)
		}
	}
}

func lessonText(v any, at string, got func(found)) {
	switch v := v.(type) {
	case string:
		if strings.Contains(strings.TrimSpace(v), " ") {
			got(found{one: strings.ReplaceAll(v, "%", "%%"), at: at})
		}
	case []any:
		for _, x := range v {
			lessonText(x, at, got)
		}
	}
}
