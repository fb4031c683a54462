package sim

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

// TestRefusalsHaveWords: every refusal of the lab has its words, and no words are left that nothing says.
func TestRefusalsHaveWords(t *testing.T) {
	all, err := transcripts.Refusals()
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	said := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if ok && lit.Kind == token.STRING {
				word, _ := strconv.Unquote(lit.Value)
				said[word] = true
			}
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "refuse" {
				if word, ok := call.Args[0].(*ast.BasicLit); !ok || all[strings.Trim(word.Value, `"`)].CLI == "" {
					t.Errorf("%s: a refusal without words in refusals.toml: %v", name, call.Args[0])
				}
			}
			return true
		})
	}
	for name := range all {
		if !said[name] {
			t.Errorf("refusals.toml has words for %q, which nothing says", name)
		}
	}
}
