package main_test

import (
	"encoding/json"
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var everyTarget = flag.Bool("targets", false, "check the types of the whole tree, with its tests, for Windows and macOS; takes half a minute")

// listed is a package as `go list -deps -test -json` prints it: those that it imports come before it.
type listed struct {
	ImportPath, Dir, Name string
	GoFiles               []string
	ImportMap             map[string]string // what stands in its files -> ImportPath, where they differ
	Module                *struct{ Path, GoVersion string }
	Error                 *struct{ Err string }
}

// target is an operating system and a processor, with the packages whose types are known.
type target struct {
	os, arch string
	set      *token.FileSet
	known    map[string]*types.Package
}

// importer finds what the files of a package import.
type importer struct {
	of    *target
	names map[string]string
}

func (i importer) Import(path string) (*types.Package, error) {
	if name, ok := i.names[path]; ok {
		path = name
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := i.of.known[path]; p != nil {
		return p, nil
	}
	return nil, errors.New("there is no package " + path)
}

// check returns what is wrong with the types of some files. Only what is ours is checked inside of its functions.
func (g *target) check(p listed, files []*ast.File) (wrong []error) {
	ours := p.Module != nil && p.Module.Path == strings.TrimSuffix(module, "/")
	c := types.Config{Importer: importer{g, p.ImportMap}, IgnoreFuncBodies: !ours, Sizes: types.SizesFor("gc", g.arch), Error: func(err error) { wrong = append(wrong, err) }}
	if p.Module != nil && p.Module.GoVersion != "" {
		c.GoVersion = "go" + p.Module.GoVersion
	}
	g.known[p.ImportPath], _ = c.Check(p.ImportPath, g.set, files, nil)
	return wrong
}

// all checks every package of the tree, and what they need.
func (g *target) all() (ours int, wrong []error) {
	list := exec.Command("go", "list", "-deps", "-test", "-e", "-json=ImportPath,Dir,Name,GoFiles,ImportMap,Module,Error", "./...")
	list.Dir, list.Env = filepath.Join("..", ".."), append(os.Environ(), "GOOS="+g.os, "GOARCH="+g.arch, "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		return 0, []error{err}
	}
	for in := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			return ours, wrong
		} else if err != nil {
			return ours, append(wrong, err)
		}
		if p.Error != nil {
			wrong = append(wrong, errors.New(p.Error.Err))
		}
		if p.ImportPath == "unsafe" || strings.HasSuffix(p.ImportPath, ".test") { // the main package of tests is generated
			continue
		}
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(g.set, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				wrong = append(wrong, err)
				continue
			}
			files = append(files, f)
		}
		if found := g.check(p, files); p.Module != nil {
			wrong = append(wrong, found...)
		}
		if strings.HasPrefix(p.ImportPath, module) {
			ours++
		}
	}
}

// TestTargets: the whole tree, with its tests, has sound types on the systems that this machine does not run.
func TestTargets(t *testing.T) {
	if !*everyTarget {
		t.Skip("left out without -targets")
	}
	for _, g := range []*target{{os: "windows", arch: "amd64"}, {os: "darwin", arch: "arm64"}} {
		g.set, g.known = token.NewFileSet(), map[string]*types.Package{}
		ours, wrong := g.all()
		for _, err := range wrong {
			t.Errorf("%s/%s: %v", g.os, g.arch, err)
		}
		if ours < 100 {
			t.Errorf("%s/%s: only %d packages", g.os, g.arch, ours)
		}
		bad, err := parser.ParseFile(g.set, "x.go", "package x\nimport \"syscall\"\nvar handle syscall.Handle = 1\nfunc f() { _ = syscall.Kill }\n", 0)
		found := g.check(listed{ImportPath: "x", Module: &struct{ Path, GoVersion string }{Path: strings.TrimSuffix(module, "/")}}, []*ast.File{bad})
		if err != nil || len(found) != 1 {
			t.Errorf("%s/%s: the test cannot fail: %v, %v", g.os, g.arch, err, found)
		}
	}
}
