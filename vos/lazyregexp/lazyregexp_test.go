package lazyregexp_test

import (
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// TestRegexp: it answers as regexp does.
func TestRegexp(t *testing.T) {
	r := lazyregexp.MustCompile(`(\d+)-(\w)`)
	if r.MatchString("a") || !r.MatchString("12-x") || !r.Match([]byte("12-x")) || r.ReplaceAllString("12-x 3-y", "$2$1") != "x12 y3" {
		t.Error("it answers otherwise")
	}
	if got := r.FindStringSubmatch("a 12-x"); !slices.Equal(got, []string{"12-x", "12", "x"}) {
		t.Errorf("%q", got)
	}
	if got := r.FindAllString("12-x 3-y", -1); !slices.Equal(got, []string{"12-x", "3-y"}) || !slices.Equal(r.FindStringIndex("a 12-x"), []int{2, 6}) {
		t.Errorf("%q", got)
	}
}

// TestMistake: a package with an expression that is none fails its tests, not the first use of the program.
func TestMistake(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an expression that is none is taken")
		}
	}()
	lazyregexp.MustCompile(`(`)
}
