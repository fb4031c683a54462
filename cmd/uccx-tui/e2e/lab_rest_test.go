package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLabREST: the whole change over the API of the nodes that are named, by the command line on the others.
func TestLabREST(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	if out, errout, code := p.run("lab", "--auto", "--rest=uccx1,ccp"); code != 0 {
		t.Fatalf("exit %d\n%s%s", code, out, errout)
	}
	for node, api := range map[string]bool{"uccx1": true, "uccx2": false, "ccp": true} {
		text, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "transcripts", node+".lab.example.log"))
		if err != nil {
			t.Fatal(err)
		}
		for words, want := range map[string]bool{"POST https://" + node: api, "set csr gen": !api, "set cert import own": !api, "utils system restart": true} {
			if strings.Contains(string(text), words) != want {
				t.Errorf("%s: %q is there: %v", node, words, !want)
			}
		}
	}
	p.onceEach("lab")
	if _, errout, code := p.run("lab", "--auto", "--rest=uccx9", "--name", "other"); code != 2 || !strings.Contains(errout, "no such node") {
		t.Errorf("exit %d, %s", code, errout)
	}
}
