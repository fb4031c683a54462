package pages

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// TestWhole: the letter stands first, and each CSR whole under its name.
func TestWhole(t *testing.T) {
	csr := func(key string) []byte {
		return []byte("-----BEGIN CERTIFICATE REQUEST-----\n" + key + "\n-----END CERTIFICATE REQUEST-----\n")
	}
	got := Whole([]plan.OutFile{{Name: "uccx1.csr", Node: "uccx1.example.com", Data: csr("one")}, {Name: "ccp.csr", Node: "ccp.example.com", Data: csr("two")}, {Name: "to-the-ca.txt", Data: []byte("Please sign.\n\n")}})
	want := "Please sign.\n\nTHE REQUESTS\n\nuccx1.csr\n" + string(csr("one")) + "\nccp.csr\n" + string(csr("two"))
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if strings.Count(got, "BEGIN") != 2 {
		t.Error("a request is missing")
	}
}
