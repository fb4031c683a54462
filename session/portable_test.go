package session

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestPortable: no session gets a name that Windows reserves, whatever it is called, and it is found again by the name it got.
func TestPortable(t *testing.T) {
	h := newHome(t)
	for _, name := range []string{"CON", "con", "nul.txt", "Aux", "com1", "LPT9.x", "prn", "COM10", "console", "HQ renewal.", "...", "a/b\\c:d*?"} {
		s, err := h.Create(name)
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		got := s.Name()
		stem, _, _ := strings.Cut(strings.ToLower(got), ".")
		switch stem {
		case "con", "prn", "aux", "nul", "com1", "lpt9":
			t.Errorf("%q became %q, which Windows reserves", name, got)
		}
		if strings.ContainsAny(got, `<>:"/\|?*`) || strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") || filepath.Base(s.Dir()) != got {
			t.Errorf("%q became %q in %s", name, got, s.Dir())
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if again, err := h.Open(got); err != nil {
			t.Errorf("%q: %v", got, err)
		} else {
			_ = again.Close()
		}
	}
	if Portable("uccx1.example.com") != "uccx1.example.com" || Portable("aux.example.com") != "_aux.example.com" {
		t.Error("names of nodes")
	}
}
