package session

import (
	"bytes"
	"errors"
	"os"
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
	for _, long := range []string{strings.Repeat("a", 59) + ".b", strings.Repeat("a.", 40), "-." + strings.Repeat("x", 70)} {
		name := safeName(long)
		if strings.HasSuffix(name, ".") || safeName(name) != name {
			t.Errorf("%q becomes %q, which Windows makes another name, or is not found again", long, name)
		}
	}
	if Portable("uccx1.example.com") != "uccx1.example.com" || Portable("aux.example.com") != "_aux.example.com" {
		t.Error("names of nodes")
	}
}

// TestPortableFiles: neither a file of a session, nor a session that comes from another machine or gets another name, nor a solution file is
// called like a device of Windows.
func TestPortableFiles(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	h := newHome(t)
	s, err := h.Create("HQ")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append("note", "", "", nil); err != nil {
		t.Fatal(err)
	}
	path, err := s.Keep("reply/aux.example.com.pem", []byte("pem"))
	if err != nil || filepath.Base(path) != "_aux.example.com.pem" {
		t.Errorf("%s, %v", path, err)
	}
	log, err := s.Log("transcripts/nul.log")
	if err != nil {
		t.Fatal(err)
	}
	_ = log.Close()
	if _, err := os.Stat(filepath.Join(s.Dir(), "transcripts", "_nul.log")); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if to, err := h.Rename("HQ", "Con"); err != nil || to != "_Con" {
		t.Errorf("%s, %v", to, err)
	}
	if to, err := h.Rename("_Con", "_Con"); err == nil {
		t.Errorf("to its own name: %s", to)
	}
	b, err := ReadBundle(bytes.NewReader(packed(t, newHome(t), 1)), "lab")
	if err != nil {
		t.Fatal(err)
	}
	b.Name = "LPT1"
	if name, err := h.Unpack(b, "lab"); err != nil || name != "_LPT1" {
		t.Errorf("%s, %v", name, err)
	}
	file, err := SaveSolution("con", []byte("x"))
	if err != nil || filepath.Base(file) != "_con.toml" {
		t.Errorf("%s, %v", file, err)
	}
}

// TestMoveOnWindows: there the lock is given up before the folder moves; a session that is held is not moved, and what was moved can be opened.
func TestMoveOnWindows(t *testing.T) {
	h := newHome(t)
	s, err := h.Create("HQ")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append("note", "", "", nil); err != nil {
		t.Fatal(err)
	}
	if err := h.moveOn("windows", "HQ", h.dir("other")); !errors.As(err, new(*Held)) {
		t.Errorf("a held session: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := h.moveOn("windows", "HQ", h.dir("other")); err != nil {
		t.Fatal(err)
	}
	if s, err = h.Open("other"); err != nil || len(s.Entries()) != 1 {
		t.Fatalf("%v", err)
	}
	_ = s.Close()
	if endCommand("windows", 7) != "taskkill /PID 7" || endCommand("darwin", 7) != "kill 7" {
		t.Error("how a holder is ended")
	}
}
