package exitcode_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
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
	main, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "exit.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(main, func(n ast.Node) bool {
		if s, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(s.Names[0].Name, "exit") && len(s.Values) == 1 {
			if lit, own := s.Values[0].(*ast.BasicLit); own {
				t.Errorf("%s = %s is a number of its own", s.Names[0].Name, lit.Value)
			}
		}
		return true
	})
}
