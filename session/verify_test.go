package session

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnyByteOfAnyFile: a byte flipped, missing or doubled in a kept file or a transcript is found, and named by file
// and line. (TestDamageAtEveryByte does the same for the journal.)
func TestAnyByteOfAnyFile(t *testing.T) {
	h := newHome(t)
	s, err := h.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := s.Keep("outbox/a.csr", []byte("-----BEGIN\nabc\n-----END\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append("opened", "", "", nil); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"one\ntwo\n", "three\n"} { // opened twice: the chain goes on
		l, err := s.Log("transcripts/a.log")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		_ = l.Close()
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := h.Verify("test"); err != nil || got.Files != 1 || got.Lines != 3 || len(got.Bad)+len(got.Unnamed) > 0 {
		t.Fatalf("sound: %+v, %v", got, err)
	}
	for _, path := range []string{kept, filepath.Join(s.Dir(), "transcripts", "a.log")} {
		everyByte(t, h, path)
	}
	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	if got, _ := h.Verify("test"); len(got.Bad) != 1 || !strings.Contains(got.Bad[0].String(), "is missing (journal line 1)") {
		t.Errorf("missing: %+v", got)
	}
	if err := os.WriteFile(filepath.Join(s.Dir(), "outbox", "stray"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, _ := h.Verify("test"); len(got.Unnamed) != 1 {
		t.Errorf("a file that is not ours: %+v", got)
	}
}

func everyByte(t *testing.T, h Home, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	log := strings.HasSuffix(path, ".log")
	for i := range data {
		flipped := bytes.Clone(data)
		flipped[i] ^= 0x10
		for name, bad := range map[string][]byte{"flipped": flipped, "missing": append(bytes.Clone(data[:i]), data[i+1:]...), "doubled": append(bytes.Clone(data[:i+1]), data[i:]...)} {
			if log && i == len(data)-1 && name != "doubled" { // without its newline the last line is torn, not damaged
				continue
			}
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := h.Verify("test")
			if err != nil || len(got.Bad) == 0 {
				t.Fatalf("byte %d of %s %s: not found, %v", i, path, name, err)
			}
			line := 1 + bytes.Count(data[:i], []byte("\n"))
			if at := got.Bad[0].Line; log && (at < line || at > line+1) || !log && at != 1 {
				t.Fatalf("byte %d of line %d of %s %s: line %d is named", i, line, path, name, at)
			}
		}
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestTornLog: what a kill left of a transcript's last line is cut, and the chain goes on.
func TestTornLog(t *testing.T) {
	h := newHome(t)
	path := filepath.Join(filepath.Dir(written(t, h, 1)), "a.log")
	for _, text := range []string{"one\n", "two\n"} {
		s, err := h.Open("test")
		if err != nil {
			t.Fatal(err)
		}
		l, err := s.Log("a.log")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		_ = l.Close()
		_ = s.Close()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(data, "half a li"...), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := h.Verify("test"); err != nil || len(got.Bad) > 0 {
			t.Fatalf("%+v, %v", got, err)
		}
	}
}
