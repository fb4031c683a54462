package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
)

// productTables are the files that may name a product, each with the reason: all others ask the product table what they need
// to know of it.
var productTables = map[string]string{
	"vos/facts.go":                 "the product table",
	"vos/node.go":                  "the ids that the tables below share",
	"vos/facts/notices.go":         "which products a field notice names",
	"steps/trust/relation.go":      "which products must trust which",
	"steps/restart/table.go":       "what documents say about restarts of a product",
	"steps/advice/table.go":        "which product a trouble is looked for on",
	"vos/facts/builds.go":          "ids of families of build numbers, of which ccx is one",
	"vos/sim/topology.go":          "what stands in a lab of which nothing is said",
	"steps/stepstest/stepstest.go": "a solution for tests",
	"vos/vostest/hostile.go":       "a node for tests",
}

// productNames returns where a file names a product: an id as a text, or a constant of vos.
func productNames(s source) []string {
	constants := map[string]vos.Product{"UCCX": vos.UCCX, "CCP": vos.CCP, "MediaSense": vos.MediaSense, "Finesse": vos.Finesse, "CUIC": vos.CUIC, "LiveData": vos.LiveData, "CUCM": vos.CUCM}
	var bad []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if from, ok := n.X.(*ast.Ident); ok && from.Name == "vos" && constants[n.Sel.Name] != "" {
				bad = append(bad, "vos."+n.Sel.Name)
			}
			return s.room != "vos" // in vos itself a field of that name is no product
		case *ast.Ident:
			if s.room == "vos" && constants[n.Name] != "" {
				bad = append(bad, n.Name)
			}
		case *ast.BasicLit:
			text := strings.Trim(n.Value, "\"`")
			if p, ok := vos.ParseProduct(text); ok && (string(p) == text || p.Title("") != text && !strings.Contains(text, " ")) {
				bad = append(bad, n.Value)
			}
		}
		return true
	})
	return bad
}

// TestHouseProducts: a product is one row of vos/facts.go, with its rows in the tables of trust and restarts. Code that names
// a product forgets the next one.
func TestHouseProducts(t *testing.T) {
	named := map[string]bool{}
	for _, s := range sources(t) {
		for _, bad := range productNames(s) {
			if named[s.path] = true; productTables[s.path] == "" {
				t.Errorf("%s names the product %s: ask its row (vos.Product.Facts, Traits)", s.path, bad)
			}
		}
	}
	for path := range productTables {
		if !named[path] {
			t.Errorf("%s names no product: take it out of the list", path)
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", `package x
func f() { if p == vos.UCCX || p == "cucm" { g("vvb", vos.Publisher, "uccx, ccp", "socialminer") } }`, 0)
	if got := productNames(source{file: f}); err != nil || !slices.Equal(got, []string{"vos.UCCX", `"cucm"`, `"vvb"`, `"socialminer"`}) {
		t.Errorf("the test cannot fail: %v", got)
	}
}

// TestProductRows: every row of the product table is whole, so that form, flags, simulator and proof find what they ask for.
func TestProductRows(t *testing.T) {
	names := map[string]vos.Product{}
	for _, p := range vos.Products() {
		f := p.Facts()
		if f.Title == "" || f.Label == "" || len(f.Roles) == 0 || len(f.Marks) == 0 || len(f.Listed) == 0 || len(f.Releases()) == 0 {
			t.Errorf("%s: %+v", p, f)
		}
		for _, name := range append(f.Aliases, string(p)) {
			if other, twice := names[name]; twice {
				t.Errorf("%q is %s and %s", name, other, p)
			}
			if names[name] = p; strings.ToLower(name) != name || strings.ContainsAny(name, " -_") {
				t.Errorf("%s: the alias %q cannot be typed: small letters without separators", p, name)
			}
		}
		var listed []vos.Service
		for _, l := range f.Listed {
			listed = append(listed, vos.Service{Name: l.Name, State: "STARTED", Reason: l.Off})
		}
		if got, ok := vos.ProductOf(listed); !ok || got != p {
			t.Errorf("a node that lists the services of %s is taken for %q", p, got)
		}
		for _, r := range f.Releases() {
			if r.Product != p {
				t.Errorf("%s has a release of %s", p, r.Product)
			}
			for _, name := range r.Services {
				if name != "Cisco Tomcat" && !slices.ContainsFunc(f.Listed, func(l vos.ListedService) bool { return l.Name == name }) {
					t.Errorf("%s %s: %s must run, and is not listed", p, r.From, name)
				}
			}
		}
	}
	for name, p := range names {
		if got, ok := vos.ParseProduct(name); !ok || got != p || !strings.Contains(vos.ProductList().String(), string(p)) {
			t.Errorf("%s is no name of a product: %q", name, got)
		}
	}
}
