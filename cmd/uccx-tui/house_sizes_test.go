package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The limits of a package: what a newcomer can hold in the head. Those that are larger are named, with what they have now:
// a number here may only fall.
const (
	packageFiles = 30
	packageLines = 3000
	typeMethods  = 40
	unusedNames  = 3
)

var largePackages = map[string][2]int{ // files, lines
	"vos/sim": {48, 7650}, // its parts need each other in every direction
}

var largeTypes = map[string]int{ // methods
	"vos/sim node": 101,
}

// TestSizesOfPackages: no package is larger than a person can hold in the head.
func TestSizesOfPackages(t *testing.T) {
	files, lines := map[string]int{}, map[string]int{}
	for _, s := range sources(t) {
		files[s.room]++
		lines[s.room] += s.set.Position(s.file.FileEnd).Line
	}
	for room := range files {
		most := [2]int{packageFiles, packageLines}
		if named, ok := largePackages[room]; ok {
			most = named
		}
		if files[room] > most[0] || lines[room] > most[1] {
			t.Errorf("package %s has %d files and %d lines, more than %d and %d: move a part into a package of its own", room, files[room], lines[room], most[0], most[1])
		}
	}
	for room, most := range largePackages {
		if files[room] <= packageFiles && lines[room] <= packageLines {
			t.Errorf("package %s is small enough now: take it out of the list (%v)", room, most)
		}
	}
}

// methods counts the methods of each type, as "room Type".
func methods(all []source) map[string]int {
	count := map[string]int{}
	for _, s := range all {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil {
				e := f.Recv.List[0].Type
				if star, ok := e.(*ast.StarExpr); ok {
					e = star.X
				}
				if id, ok := e.(*ast.Ident); ok {
					count[s.room+" "+id.Name]++
				}
			}
		}
	}
	return count
}

// TestSizesOfTypes: no type does everything.
func TestSizesOfTypes(t *testing.T) {
	for name, n := range methods(sources(t)) {
		most := max(typeMethods, largeTypes[name])
		if n > most {
			t.Errorf("%s has %d methods, more than %d", name, n, most)
		}
		if _, named := largeTypes[name]; named && n <= typeMethods {
			t.Errorf("%s is small enough now: take it out of the list", name)
		}
	}
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, "x.go", "package x\nfunc (t *T) A() {}\nfunc (T) B() {}\n", 0)
	if err != nil || methods([]source{{room: "x", file: f}})["x T"] != 2 {
		t.Error("the test cannot fail")
	}
}

// exports returns the exported functions, variables and constants of a file. Types are left out: a value is used without
// the name of its type. Of a group of constants one stands for all.
func exports(f *ast.File) []string {
	var all []string
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.IsExported() {
				all = append(all, d.Name.Name)
			}
		case *ast.GenDecl:
			if d.Tok != token.CONST && d.Tok != token.VAR {
				continue
			}
			group := ""
			for _, spec := range d.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					if name.IsExported() {
						group += " " + name.Name
					}
				}
			}
			if group != "" {
				all = append(all, strings.TrimSpace(group))
			}
		}
	}
	return all
}

// mentions adds the names "room Name" that a file of another package uses.
func mentions(s source, used map[string]bool) {
	local := map[string]string{}
	for _, i := range s.file.Imports {
		path, ours := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), module)
		if !ours || path == s.room && !strings.HasSuffix(s.file.Name.Name, "_test") {
			continue
		}
		name := path[strings.LastIndex(path, "/")+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		local[name] = path
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && local[id.Name] != "" {
				used[local[id.Name]+" "+sel.Sel.Name] = true
			}
		}
		return true
	})
}

// TestSizesOfExports: what no other package uses is not exported.
func TestSizesOfExports(t *testing.T) {
	used, unused := map[string]bool{}, map[string][]string{}
	all := sources(t)
	for _, s := range append(all, goFiles(t, true)...) {
		mentions(s, used)
	}
	for _, s := range all {
		for _, group := range exports(s.file) {
			if !slices.ContainsFunc(strings.Fields(group), func(name string) bool { return used[s.room+" "+name] }) {
				unused[s.room] = append(unused[s.room], group)
			}
		}
	}
	for room, names := range unused {
		if len(names) > unusedNames {
			t.Errorf("%s exports %d names that no other package uses, more than %d: %v", room, len(names), unusedNames, names)
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nconst A = 1\nfunc B() {}\nfunc c() {}\ntype D int\n", 0)
	if err != nil || len(exports(f)) != 2 {
		t.Error("the test cannot fail")
	}
}

// TestOneCA: tests make their certificates with vos/cert/certtest. The corpus of certificates makes its own: it is the same on
// every machine, and holds what cannot be signed as usual.
func TestOneCA(t *testing.T) {
	calls := 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") || strings.HasPrefix(d.Name(), "corpus_") || strings.HasSuffix(path, "house_sizes_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), "x509.CreateCertificate"+"(") {
			t.Errorf("%s signs certificates itself: use vos/cert/certtest", path)
		}
		calls += strings.Count(string(text), "certtest.")
		return err
	})
	if err != nil || calls < 50 {
		t.Errorf("%d calls of certtest, %v", calls, err)
	}
}
