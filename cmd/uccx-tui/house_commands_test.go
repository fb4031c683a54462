package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// commandsIn returns the names of the commands that a file makes: the first word of each Use of a cobra.Command.
func commandsIn(f *ast.File) []string {
	var all []string
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if sel, ok := lit.Type.(*ast.SelectorExpr); !ok || sel.Sel.Name != "Command" {
			return true
		}
		for _, e := range lit.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok && kv.Key.(*ast.Ident).Name == "Use" {
				if use, ok := kv.Value.(*ast.BasicLit); ok {
					name, _, _ := strings.Cut(strings.Trim(use.Value, "\"`"), " ")
					all = append(all, name)
				}
			}
		}
		return true
	})
	return all
}

// TestHouseCommands: a command is found by its name: it is in cmd_NAME.go; one below another command may be beside that one.
func TestHouseCommands(t *testing.T) {
	below := map[string]string{"archive": "sessions", "delete": "sessions", "rename": "sessions"}
	seen := 0
	for _, s := range sources(t) {
		if s.room != "cmd/uccx-tui" {
			continue
		}
		for _, name := range commandsIn(s.file) {
			if name == "uccx-tui" {
				continue
			}
			seen++
			if file := filepath.Base(s.path); file != "cmd_"+name+".go" && file != "cmd_"+below[name]+".go" {
				t.Errorf("the command %s is in %s", name, s.path)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d commands were found", seen)
	}
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nvar c = &cobra.Command{Use: \"lab [NAME]\"}\n", 0)
	if err != nil || len(commandsIn(f)) != 1 || commandsIn(f)[0] != "lab" {
		t.Error("the test cannot fail")
	}
}
