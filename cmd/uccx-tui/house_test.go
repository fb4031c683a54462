package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
)

const module = "github.com/uccx-tui/uccx-tui/"

// imports says what each package may import of the others: no import runs back up (ARCHITECTURE.md). A line a package; +knowledge
// stands for the packages below steps. All may import vos/msg and vos/lazyregexp.
const imports = `
knowledge: steps/boot steps/ecdsa steps/first steps/renewal steps/titles steps/functional steps/precheck steps/release steps/rules steps/plan steps/change steps/certs steps/timing steps/engine steps/trust steps/cleanup steps/inventory steps/restart steps/standing steps/reply steps/intake steps/health steps/kit steps/report steps/advice steps/rehearsal steps/validate steps/codes steps/world steps/debts steps/ports steps/watch steps/pins
vos/cert: vos/cert/extension vos/cert/lenient vos/cert/rfc5280 vos/cert/san vos/facts
vos/cert/san: vos/cert/rfc5280
vos/cert/extension:
vos/cert/describe: vos/cert vos/cert/extension vos/cert/rfc5280 vos/cert/san
vos/cert/rfc5280:
vos/cert/uploads: vos/cert
vos/cert/aia: vos/cert vos/cert/read vos/cert/rfc5280
vos/facts:
vos/cert/ber:
vos/cert/lenient: vos/cert/ber
vos/handshake:
vos/cert/read: vos/cert vos/cert/ber
vos/route:
vos/sshlogin: vos/msg
vos/jump: vos/redact vos/route vos/sshlogin
vos: vos/cert vos/cert/san vos/cert/ber vos/handshake vos/facts vos/redact vos/route vos/errno
vos/ssh: vos vos/cert vos/route vos/cli vos/sshlogin
vos/rest: vos vos/cert vos/route vos/cli
vos/manual: vos vos/cert vos/cert/read vos/cli
vos/sim: vos vos/cert vos/regular vos/sim/transcripts vos/tomltype
vos/sim/transcripts:
vos/goldentest:
vos/waitbound:
vos/loopback:
vos/cert/certtest:
vos/cli: vos vos/cert
vos/msg:
vos/lazyregexp:
vos/markdown: vos/cert
vos/regular: vos/msg
vos/errno:
vos/vostest: vos vos/cert vos/cert/read vos/loopback vos/sim
vos/solution: vos vos/cert vos/route vos/tomltype
vos/tomltype: vos/msg
vos/health: vos
vos/redact:
vos/network: vos
session: vos/regular vos/errno
steps/rules:
steps/limiter:
steps/rulebook: steps steps/advice steps/kit steps/restart steps/rules steps/titles steps/trust vos vos/cert
steps/watch: steps/boot steps/codes steps/debts steps/plan steps/ports steps/release steps/restart steps/standing steps/world vos
steps/ports: steps/certs steps/codes steps/plan steps/release steps/standing vos vos/cert
steps/debts: steps/plan steps/change
steps/planhash: vos vos/route
steps/world: session vos
steps/codes:
steps/release: steps/plan vos
steps/ecdsa: steps/certs steps/plan vos vos/cert steps/change
steps/renewal: steps/first steps/plan vos steps/change
steps/first: vos/cert/san steps/codes steps/kit steps/plan steps/precheck steps/trust vos vos/cert vos/facts vos/network steps/functional steps/change
steps/boot: steps/plan vos
steps/functional: steps/plan vos steps/change
steps/titles: steps/plan steps/change
steps/precheck: steps/plan steps/release vos vos/cert steps/codes steps/change
steps/change: vos
steps/plan: steps/limiter session vos steps/world steps/planhash steps/codes steps/change
steps/certs: steps/plan vos vos/cert steps/change
steps/timing: steps/titles steps/plan session vos steps/change
steps/engine: steps/boot steps/certs steps/limiter steps/plan session vos vos/cert vos/cert/read steps/codes steps/world vos/route steps/change
steps/trust: steps/certs steps/plan vos vos/cert steps/change
steps/cleanup: steps/certs steps/plan steps/trust vos vos/cert vos/cert/rfc5280 steps/codes
steps/pins: steps/certs steps/plan steps/trust vos vos/cert steps/change
steps/inventory: steps/certs steps/plan steps/release vos vos/cert steps/change
steps/restart: steps/titles steps/certs steps/plan steps/release steps/trust vos vos/cert steps/change
steps/standing: steps/certs steps/plan steps/release steps/restart steps/rules steps/trust vos vos/cert steps/debts steps/change
steps/reply: steps/ecdsa steps/certs steps/plan steps/release steps/trust vos vos/cert steps/change
steps/intake: steps/certs steps/engine steps/plan steps/reply vos vos/cert
steps/health: steps/codes steps/plan vos vos/health steps/world steps/change
steps/kit: steps/certs steps/plan steps/release steps/trust vos vos/cert steps/change
steps/report: steps/inventory steps/titles steps/certs steps/plan steps/release steps/reply steps/rules steps/standing steps/trust vos vos/cert steps/codes vos/markdown
steps/advice: vos/cert/extension steps/certs steps/plan steps/release steps/reply steps/trust vos vos/cert vos/facts steps/debts
steps/rehearsal: steps/titles steps/plan steps/standing steps/timing steps/trust vos/cert steps/codes
steps/validate: steps/plan session vos vos/cert steps/change
steps: vos vos/cert vos/cert/extension vos/cert/read session +knowledge
steps/stepstest: steps steps/plan session vos vos/cert/certtest steps/change
steps/play: steps/intake steps/engine steps/plan steps/timing vos vos/cert vos/cert/read
steps/practice: steps/certs steps/plan vos
steps/lab: steps/practice steps steps/play session vos vos/cert vos/cert/read vos/sim +knowledge vos/regular
ui/lang: ui/lang/po
ui/lang/po/pseudo:
ui/lang/po:
ui/layout: ui/lang vos/cert vos/markdown
ui/widget: ui/lang ui/layout
ui/ask: ui/lang ui/layout ui/widget
ui/form: ui/lang ui/layout ui/widget ui/app ui/ask steps steps/plan steps/titles vos vos/cert steps/change
ui/files: ui/lang ui/layout ui/widget vos/cert vos/cert/read
ui/files/filestest: vos/cert vos/cert/certtest
ui/app: ui/lang steps/practice session vos +knowledge
ui/pages: ui/lang ui/layout ui/app ui/files steps steps/practice vos vos/cert vos/cert/read +knowledge vos/cert/describe
ui/line: ui/raw ui/terminal ui/lang ui/layout ui/widget ui/app ui/pages ui/form ui/files steps steps/practice steps/play session vos vos/cert vos/cert/read +knowledge vos/markdown
ui/draw: ui/lang ui/layout ui/widget ui/app ui/pages vos vos/cert vos/cert/read steps +knowledge
ui/dialog: ui/app ui/ask ui/draw ui/layout ui/pages ui/widget steps/engine steps/plan vos/cert
ui/raw:
ui/terminal: vos/cert ui/raw
ui: ui/dialog ui/draw ui/terminal ui/lang ui/layout ui/widget ui/ask ui/form ui/files ui/app ui/pages steps steps/practice steps/play session vos vos/cert vos/cert/read +knowledge
cmd/uccx-tui/version:
docs:
cmd/uccx-tui/topics: cmd/uccx-tui/print ui/lang docs
cmd/uccx-tui/packaging: cmd/uccx-tui/topics
cmd/uccx-tui/health: ui/lang cmd/uccx-tui/print cmd/uccx-tui/reach vos vos/cert vos/route ui/lang vos/solution
cmd/uccx-tui/commandline: cmd/uccx-tui/exitcode cmd/uccx-tui/input cmd/uccx-tui/print cmd/uccx-tui/topics cmd/uccx-tui/wiring session steps/lab ui/lang vos vos/cert
cmd/uccx-tui/verdict: ui/lang cmd/uccx-tui/print vos/cert vos/cert/aia vos/cert/uploads vos/facts vos vos/cert/describe vos/cert/san
cmd/uccx-tui/supervisor: session ui/lang vos/cert vos/errno
cmd/uccx-tui/exitcode: session steps/play steps/standing ui/terminal vos vos/errno
cmd/uccx-tui/print: vos/markdown ui/layout ui/terminal steps steps/practice steps/advice steps/plan vos session ui/app ui/lang ui/pages vos/cert vos/facts steps/lab steps/change steps/titles
cmd/uccx-tui/input: cmd/uccx-tui/exitcode vos/route session steps steps/plan vos vos/cert vos/cert/read vos/solution vos/ssh vos/regular steps/change
cmd/uccx-tui/reach: steps/world vos vos/jump vos/manual vos/rest vos/route vos/ssh
cmd/uccx-tui/probe: cmd/uccx-tui/print ui/lang cmd/uccx-tui/exitcode cmd/uccx-tui/input cmd/uccx-tui/reach vos/route cmd/uccx-tui/verdict steps/inventory vos vos/cert vos/solution vos/cert/describe
cmd/uccx-tui/wiring: cmd/uccx-tui/exitcode cmd/uccx-tui/reach vos/route cmd/uccx-tui/input cmd/uccx-tui/print cmd/uccx-tui/supervisor session steps steps/lab steps/practice steps/play ui ui/app ui/lang ui/line ui/pages vos vos/cert vos/cert/read vos/manual vos/rest vos/sim vos/solution vos/ssh +knowledge vos/regular
cmd/uccx-tui/transfer: ui/lang cmd/uccx-tui/exitcode cmd/uccx-tui/input cmd/uccx-tui/print cmd/uccx-tui/wiring session steps steps/lab steps/plan steps/validate vos/cert vos/regular
cmd/uccx-tui/accounts: ui/lang cmd/uccx-tui/exitcode cmd/uccx-tui/reach steps/plan vos/route cmd/uccx-tui/input cmd/uccx-tui/supervisor cmd/uccx-tui/wiring ui/app ui/line vos vos/cert vos/solution
cmd/uccx-tui/discover: ui/lang cmd/uccx-tui/reach vos/route cmd/uccx-tui/accounts cmd/uccx-tui/exitcode cmd/uccx-tui/input cmd/uccx-tui/wiring session vos vos/cert vos/solution vos/ssh
cmd/uccx-tui/unattended: ui/lang ui/layout vos/route cmd/uccx-tui/accounts cmd/uccx-tui/exitcode cmd/uccx-tui/input cmd/uccx-tui/print cmd/uccx-tui/wiring session steps steps/play ui/app ui/line vos vos/cert vos/cert/read vos/solution +knowledge
cmd/uccx-tui: ui/terminal cmd/uccx-tui/commandline cmd/uccx-tui/health cmd/uccx-tui/packaging cmd/uccx-tui/accounts cmd/uccx-tui/discover cmd/uccx-tui/exitcode cmd/uccx-tui/input cmd/uccx-tui/print cmd/uccx-tui/probe cmd/uccx-tui/supervisor cmd/uccx-tui/transfer cmd/uccx-tui/unattended cmd/uccx-tui/verdict cmd/uccx-tui/version cmd/uccx-tui/wiring session steps steps/lab ui/app vos vos/cert vos/cert/read vos/facts vos/sim vos/solution ui/lang +knowledge vos/errno cmd/uccx-tui/reach vos/route
`

// storeys reads that table.
func storeys() map[string][]string {
	all := map[string][]string{}
	for _, l := range strings.Split(strings.TrimSpace(imports), "\n") {
		name, may, _ := strings.Cut(l, ":")
		all[name] = strings.Fields(strings.ReplaceAll(may, "+knowledge", strings.Join(all["knowledge"], " ")))
	}
	return all
}

// source is one Go file of the module.
type source struct {
	path string // relative to the module, with slashes
	room string
	file *ast.File
	set  *token.FileSet
}

// sources parses all Go files that are not tests.
func sources(t *testing.T) []source { return goFiles(t, false) }

// goFiles returns all Go files, parsed once for all tests: the tests, or the others.
func goFiles(t *testing.T, tests bool) []source {
	t.Helper()
	all, err := others()
	if tests {
		all, err = testFiles()
	}
	if err != nil || len(all) < 20 {
		t.Fatalf("%d files, %v", len(all), err)
	}
	return all
}

var (
	others    = sync.OnceValues(func() ([]source, error) { return parsed(false) })
	testFiles = sync.OnceValues(func() ([]source, error) { return parsed(true) })
)

func parsed(tests bool) ([]source, error) {
	root := filepath.Join("..", "..")
	var all []source
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != "." && d.Name() != ".." {
			return skip(err)
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") != tests {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		rel = filepath.ToSlash(rel)
		all = append(all, source{rel, filepath.ToSlash(filepath.Dir(rel)), f, set})
		return err
	})
	return all, err
}

func skip(err error) error {
	if err != nil {
		return err
	}
	return filepath.SkipDir
}

// foreign returns the imports of a file that its room may not have.
func foreign(s source) []string {
	allowed, known := storeys()[s.room]
	if !known {
		return []string{"the folder " + s.room + " is not in the plan of the house"}
	}
	var bad []string
	for _, i := range s.file.Imports {
		path := strings.Trim(i.Path.Value, `"`)
		if rest, ours := strings.CutPrefix(path, module); ours && rest != "vos/msg" && rest != "vos/lazyregexp" && !slices.Contains(allowed, rest) {
			bad = append(bad, rest)
		}
	}
	return bad
}

// TestStoreys: no room imports one above it, and the wings do not know each other.
func TestStoreys(t *testing.T) {
	for _, s := range sources(t) {
		for _, bad := range foreign(s) {
			t.Errorf("%s imports %s: see the table in ARCHITECTURE.md", s.path, bad)
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", `package session; import "`+module+`vos"`, 0)
	if err != nil || len(foreign(source{room: "session", file: f})) != 1 || len(foreign(source{room: "util", file: f})) != 1 {
		t.Error("the test cannot fail")
	}
}

const (
	fileLines     = 500
	functionLines = 60
)

// tooLong returns the functions of a file that are too long.
func tooLong(s source) []string {
	var bad []string
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && s.set.Position(f.End()).Line-s.set.Position(f.Pos()).Line >= functionLines {
			bad = append(bad, f.Name.Name)
		}
	}
	return bad
}

// TestSizes: what does not fit on a screen or two is not read.
func TestSizes(t *testing.T) {
	var sizes []int
	for _, s := range sources(t) {
		n := s.set.Position(s.file.FileEnd).Line
		sizes = append(sizes, n)
		if n > fileLines {
			t.Errorf("%s has %d lines, more than %d", s.path, n, fileLines)
		}
		for _, f := range tooLong(s) {
			t.Errorf("%s: %s has more than %d lines", s.path, f, functionLines)
		}
	}
	sort.Ints(sizes)
	t.Logf("%d files, median %d lines, the largest %d", len(sizes), sizes[len(sizes)/2], sizes[len(sizes)-1])
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, "x.go", "package x\nfunc long() {\n"+strings.Repeat("\n", functionLines)+"}\n", 0)
	if err != nil || len(tooLong(source{file: f, set: set})) != 1 {
		t.Error("the test cannot fail")
	}
}

// TestUpdateFlag: every package with tests knows -update, so that `go test ./... -update` writes all golden files and documents.
func TestUpdateFlag(t *testing.T) {
	knows := map[string]bool{}
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := filepath.Dir(path)
		knows[dir] = knows[dir] || filepath.Base(dir) == "goldentest" || slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"`+module+`vos/goldentest"` })
		return nil
	})
	if err != nil || len(knows) < 13 {
		t.Fatalf("%d packages with tests, %v", len(knows), err)
	}
	for dir, ok := range knows {
		if !ok {
			t.Errorf("%s: no test file imports vos/goldentest, so the package does not know -update", dir)
		}
	}
}

// undocumented returns the exported names of a file without a comment.
func undocumented(s source) []string {
	var bad []string
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
				bad = append(bad, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					if spec.Name.IsExported() && d.Doc == nil && spec.Doc == nil {
						bad = append(bad, spec.Name.Name)
					}
				case *ast.ValueSpec:
					if spec.Names[0].IsExported() && d.Doc == nil && spec.Doc == nil && spec.Comment == nil {
						bad = append(bad, spec.Names[0].Name)
					}
				}
			}
		}
	}
	return bad
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	name, ok := t.(*ast.Ident)
	return ok && name.IsExported()
}

// TestDocumented: every package and every exported name says what it is.
func TestDocumented(t *testing.T) {
	packages := map[string]bool{}
	for _, s := range sources(t) {
		packages[s.room] = packages[s.room] || s.file.Doc != nil
		for _, name := range undocumented(s) {
			t.Errorf("%s: %s has no comment", s.path, name)
		}
	}
	for room, ok := range packages {
		if !ok {
			t.Errorf("package %s has no comment", room)
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc Bare() {}\ntype T int\nfunc (T) M() {}\nvar V = 1\n", parser.ParseComments)
	if err != nil || len(undocumented(source{file: f})) != 4 {
		t.Error("the test cannot fail")
	}
}

// tables are the package-level variables that may be: they are never written after the start.
var tables = map[string]string{
	"cmd/uccx-tui linked": "set by the linker", "vos/sim paired": "set by the linker, for tests alone", "vos/goldentest update": "the flag -update of all tests", "cmd/uccx-tui/packaging link": "compiled only for a release",
}

// state returns the package-level variables of a file that could change: all but errors, patterns, embedded files,
// composite literals of tables, and what the list above names.
func state(s source) []string {
	var bad []string
	for _, d := range s.file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			v := spec.(*ast.ValueSpec)
			for i, name := range v.Names {
				if name.Name == "_" || tables[s.room+" "+name.Name] != "" || i < len(v.Values) && constant(v.Values[i]) || strings.Contains(docOf(g, v), "go:embed") || embedded(v) {
					continue
				}
				bad = append(bad, name.Name)
			}
		}
	}
	return bad
}

func docOf(g *ast.GenDecl, v *ast.ValueSpec) string {
	text := ""
	for _, c := range []*ast.CommentGroup{g.Doc, v.Doc} {
		if c != nil {
			for _, l := range c.List {
				text += l.Text
			}
		}
	}
	return text
}

func embedded(v *ast.ValueSpec) bool {
	sel, ok := v.Type.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "FS"
}

// constant reports whether an initial value is of a kind that the house never changes.
func constant(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CompositeLit:
		return true
	case *ast.SelectorExpr, *ast.BasicLit:
		return true
	case *ast.CallExpr:
		switch f := e.Fun.(type) {
		case *ast.SelectorExpr:
			if id, ok := f.X.(*ast.Ident); ok && id.Name == "regexp" {
				return false // each start of the program would compile it: vos/lazyregexp
			}
			return slices.Contains([]string{"New", "MustCompile", "Must", "NewReplacer", "OnceValue", "OnceValues", "Errorf"}, f.Sel.Name)
		case *ast.ParenExpr:
			return true // a typed nil that proves an interface
		}
	}
	return false
}

// TestNoHiddenState: no package-level state, no init that works, no panic, and no exit outside of main and its supervisor.
func TestNoHiddenState(t *testing.T) {
	for _, s := range sources(t) {
		for _, name := range state(s) {
			t.Errorf("%s: %s is package-level state", s.path, name)
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%s: has an init", s.path)
				}
			case *ast.CallExpr:
				if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "panic" {
					t.Errorf("%s: panics", s.path)
				}
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Exit" && s.room != "cmd/uccx-tui" && s.room != "cmd/uccx-tui/supervisor" {
					t.Errorf("%s: exits", s.path)
				}
			}
			return true
		})
	}
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nvar count int\nvar m = make(map[string]int)\nvar ok = []int{1}\n", 0)
	if err != nil || len(state(source{file: f})) != 2 {
		t.Error("the test cannot fail")
	}
}

// rowWords are ids of rows that are also words of the language: they are literals of a row only where one is asked for.
const rowWords = " login csr survey reply report chain restart root intermediate function script back engine fetch prove cop ecdsa handover outbox neighbours "

// rowLiterals returns the ids of rows that a file asks for by their text, where a row must be asked for its role.
func rowLiterals(s source, ids []string) []string {
	var bad []string
	is := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && slices.Contains(ids, strings.Trim(lit.Value, `"`)) {
			bad = append(bad, lit.Value)
		}
	}
	names := func(e ast.Expr) bool {
		sel, ok := e.(*ast.SelectorExpr)
		return ok && slices.Contains([]string{"ID", "id", "Step", "step"}, sel.Sel.Name)
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if !strings.Contains(rowWords, " "+strings.Trim(n.Value, `"`)+" ") {
				is(n)
			}
		case *ast.BinaryExpr:
			if names(n.X) || names(n.Y) {
				is(n.X)
				is(n.Y)
			}
		case *ast.SwitchStmt:
			for _, c := range n.Body.List {
				for _, e := range c.(*ast.CaseClause).List {
					if n.Tag != nil && names(n.Tag) {
						is(e)
					}
				}
			}
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Step", "step", "at"}, id.Name) {
				is(n.Value)
			}
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Row", "Step", "Run"}, sel.Sel.Name) {
				for _, e := range n.Args {
					is(e)
				}
			}
		}
		return true
	})
	return bad
}

// TestHouseRoles: who must tell rows apart asks their role. A row id as a text outside the procedures forgets the rows that
// do the same under another id.
func TestHouseRoles(t *testing.T) {
	var ids []string
	for _, path := range steps.Paths() {
		rows, _ := steps.Procedure(path.ID)
		for _, row := range rows {
			ids = append(ids, row.ID)
		}
	}
	for _, s := range sources(t) {
		if !strings.HasPrefix(s.room, "ui") && !strings.HasPrefix(s.room, "cmd") {
			continue
		}
		for _, bad := range rowLiterals(s, ids) {
			t.Errorf("%s: asks for the row %s", s.path, bad)
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", `package x
func f() { g("preflight"); if row.Step.ID == "reply" { p.Row("restart") }; switch s.id { case "root": }; _ = T{Step: "chain"}; label("report") }`, 0)
	if err != nil || len(rowLiterals(source{file: f}, ids)) != 5 {
		t.Errorf("the test cannot fail: %v", rowLiterals(source{file: f}, ids))
	}
}

// idLiterals returns the ids that a file compares with a text, where a constant of another package names them.
func idLiterals(s source) []string {
	var bad []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		b, ok := n.(*ast.BinaryExpr)
		if !ok {
			return true
		}
		for _, pair := range [][2]ast.Expr{{b.X, b.Y}, {b.Y, b.X}} {
			sel, ok := pair[0].(*ast.SelectorExpr)
			lit, text := pair[1].(*ast.BasicLit)
			if ok && text && sel.Sel.Name == "ID" && lit.Kind == token.STRING && lit.Value != `""` {
				bad = append(bad, lit.Value)
			}
		}
		return true
	})
	return bad
}

// TestHouseQuestions: screens and commands ask for a question, or for anything else that has an id, by its constant.
func TestHouseQuestions(t *testing.T) {
	for _, s := range sources(t) {
		if !strings.HasPrefix(s.room, "ui") && !strings.HasPrefix(s.room, "cmd") {
			continue
		}
		for _, bad := range idLiterals(s) {
			t.Errorf("%s: compares an id with %s", s.path, bad)
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", `package x
func f() bool { return q.Question.ID == "handed" || "lockout" != q.ID || q.ID == "" || q.ID == plan.AskRestart }`, 0)
	if err != nil || len(idLiterals(source{file: f})) != 2 {
		t.Error("the test cannot fail")
	}
}

// sentences returns where a file compares a sentence: the words of a trouble, a finding or a row, which are written again and
// translated. Codes are compared (steps/codes.go).
func sentences(s source) []string {
	english := regexp.MustCompile(`[a-z]{2,} [a-z]{2,}|^ [A-Z]+$|^[a-z]{3,}:$`)
	ours := []string{"What", "Means", "Next", "Why", "Effect", "Undo", "Label", "Symptom", "Cause", "Cure", "Title"}
	var bad []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		from, _ := sel.X.(*ast.Ident)
		compares := from != nil && from.Name == "strings" && slices.Contains([]string{"Contains", "HasPrefix", "HasSuffix", "Cut", "CutPrefix", "CutSuffix", "EqualFold", "Index", "ContainsAny"}, sel.Sel.Name)
		compares = compares || from != nil && from.Name == "regexp" && sel.Sel.Name == "MustCompile" || strings.HasPrefix(sel.Sel.Name, "MatchString") || strings.HasPrefix(sel.Sel.Name, "FindString")
		if !compares {
			return true
		}
		for _, arg := range call.Args {
			switch arg := arg.(type) {
			case *ast.BasicLit:
				if english.MatchString(strings.Trim(arg.Value, "\"`")) {
					bad = append(bad, arg.Value)
				}
			case *ast.SelectorExpr:
				if slices.Contains(ours, arg.Sel.Name) {
					bad = append(bad, arg.Sel.Name)
				}
			}
		}
		return true
	})
	return bad
}

// TestHouseSentences: no code outside of the drivers, which read what nodes say, compares sentences.
func TestHouseSentences(t *testing.T) {
	for _, s := range sources(t) {
		if strings.HasPrefix(s.room, "vos") || strings.HasPrefix(s.room, "session") {
			continue
		}
		for _, bad := range sentences(s) {
			t.Errorf("%s compares %s", s.path, bad)
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", `package x
func f() { strings.Contains(t.Means, w); strings.HasPrefix(s, "fault:"); strings.Cut(s, " STOP"); regexp.MustCompile("clock is off"); strings.Cut(id, " "); re.MatchString(f.What) }`, 0)
	if err != nil || len(sentences(source{file: f})) != 5 {
		t.Errorf("the test cannot fail: %v", sentences(source{file: f}))
	}
}

// bothForms is how a sentence would print its singular and its plural at once.
var bothForms = regexp.MustCompile(`\b1 \w+[\w ]* / %`)

// TestHousePlurals: a sentence with a number has the one form that fits it.
func TestHousePlurals(t *testing.T) {
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && bothForms.MatchString(lit.Value) {
				t.Errorf("%s prints both forms: %s", s.path, lit.Value)
			}
			return true
		})
	}
	if !bothForms.MatchString(`"1 day left / %d days left"`) || bothForms.MatchString(`"step 1 of 3"`) {
		t.Error("the test cannot fail")
	}
}
