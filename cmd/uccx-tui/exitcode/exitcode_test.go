package exitcode_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

// TestDocument: docs/exit-codes.md is printed from the table.
func TestDocument(t *testing.T) {
	goldentest.File(t, filepath.Join("..", "..", "..", "docs", "exit-codes.md"), exitcode.Markdown())
}

// TestEveryNumberIsExplained: each constant has one line, in the order of the numbers, and says what to do; the program has no
// number of its own.
func TestEveryNumberIsExplained(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "exitcode.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	numbers := 0
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.ValueSpec); ok && s.Names[0].IsExported() {
			numbers++
		}
		return true
	})
	last := -1
	for _, c := range exitcode.All() {
		if c.Number <= last || c.Means == "" || c.Next == "" {
			t.Errorf("%+v behind %d", c, last)
		}
		last = c.Number
	}
	if numbers < 19 || len(exitcode.All()) != numbers {
		t.Errorf("%d numbers, %d lines", numbers, len(exitcode.All()))
	}
	if own := ownNumbers(t, filepath.Join("..", "*.go")); len(own) > 0 {
		t.Errorf("numbers of their own: %v", own)
	}
	if own := ownNumbers(t, filepath.Join("..", "*", "*.go")); len(own) > 0 {
		t.Errorf("numbers of their own: %v", own)
	}
}

// ownNumbers returns where the files of a pattern end the program with a number that is written out.
func ownNumbers(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	var all []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if lit, own := call.Args[0].(*ast.BasicLit); own && ok && slices.Contains([]string{"With", "Only", "Exit"}, sel.Sel.Name) {
				all = append(all, set.Position(lit.Pos()).String())
			}
			return true
		})
	}
	return all
}
