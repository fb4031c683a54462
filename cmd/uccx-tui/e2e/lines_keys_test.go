package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// accepted counts the answers to questions about host keys in the journals of a place.
func (p place) accepted() int {
	p.t.Helper()
	n := 0
	for _, path := range p.journals() {
		data, err := os.ReadFile(path)
		if err != nil {
			p.t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if strings.Contains(line, `"answered"`) && strings.Contains(line, `"hostkey"`) && strings.Contains(line, `"value":"yes"`) {
				n++
			}
		}
	}
	return n
}

// journals are the journals of all sessions of a place.
func (p place) journals() []string {
	p.t.Helper()
	var all []string
	err := filepath.WalkDir(p.home, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Name() == "journal.jsonl" {
			all = append(all, path)
		}
		return err
	})
	if err != nil || len(all) == 0 {
		p.t.Fatalf("%d journals, %v", len(all), err)
	}
	return all
}

// TestSeveralKeysByLines: in line mode several new host keys are shown together. No phrase but the one that is shown accepts any of
// them; the phrase accepts all, yes the first alone, and no ends the run with none.
func TestSeveralKeysByLines(t *testing.T) {
	t.Parallel()
	const ask, phrase = "Number, yes or no", "Type the phrase"
	begin := func(t *testing.T) (place, *talk) {
		p := newPlace(t)
		k := p.talk("lab", "--plain")
		k.hear("First connection to 3 nodes")
		for _, node := range []string{"uccx1", "uccx2", "ccp"} {
			k.hear(node + "  ")
			k.hear("ssh-rsa SHA256:")
		}
		return p, k
	}
	t.Run("wrong phrase, then all", func(t *testing.T) {
		t.Parallel()
		p, k := begin(t)
		for _, typed := range []string{"", "yes", "accept", "accept 2", "accept 33", "all", "3", "uccx1", "accept 3 nodes"} {
			k.say(ask, "3")
			k.hear("Accept these 3 keys? Type: accept 3")
			k.say(phrase, typed)
			k.hear("That is not an answer. Nothing was recorded.")
			k.hear("First connection to 3 nodes") // asked again
			if n := p.accepted(); n != 0 {
				t.Fatalf("%q accepts %d keys", typed, n)
			}
		}
		k.say(ask, "3")
		k.say(phrase, "accept 3")
		k.hear("Have you sent all CSRs to the CA?")
		if n := p.accepted(); n != 3 {
			t.Errorf("%d keys accepted", n)
		}
		k.end()
	})
	t.Run("one by one", func(t *testing.T) {
		t.Parallel()
		p, k := begin(t)
		k.say(ask, "2")
		k.hear("First connection to 2 nodes")
		if n := p.accepted(); n != 1 {
			t.Errorf("%d keys accepted by the first yes", n)
		}
		k.say(ask, "yes")
		k.hear("First connection to ccp.lab.example")
		if n := p.accepted(); n != 2 {
			t.Errorf("%d keys accepted by two", n)
		}
		k.say(ask, "y")
		k.hear("Have you sent all CSRs to the CA?")
		if n := p.accepted(); n != 3 {
			t.Errorf("%d keys accepted", n)
		}
		k.end()
	})
	t.Run("no, and no answer", func(t *testing.T) {
		t.Parallel()
		p, k := begin(t)
		for _, typed := range []string{"4", "-1", "accept 3", "all of them"} {
			k.say(ask, typed)
		}
		k.say(ask, "no")
		k.end()
		if n := p.accepted(); n != 0 {
			t.Errorf("%d keys accepted", n)
		}
	})
}
