package session

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// packed is a session with entries, a kept file, a transcript and a lab, as one file; it is closed.
func packed(t *testing.T, h Home, entries int) []byte {
	t.Helper()
	s, err := h.Create("change")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Keep("outbox/a.csr", []byte("csr")); err != nil {
		t.Fatal(err)
	}
	log, err := s.Log("transcripts/a.log")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(log, "one\ntwo\n")
	_ = log.Close()
	return appended(t, s, entries)
}

func appended(t *testing.T, s *Session, entries int) []byte {
	t.Helper()
	for range entries {
		if _, err := s.Append("entry", "", "", "x"); err != nil {
			t.Fatal(err)
		}
	}
	lab := t.TempDir()
	for name, content := range map[string]string{"disk.json": "{}", "agents.log": "a log without sums\n"} {
		if err := os.WriteFile(filepath.Join(lab, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	data, err := s.Pack("1.0", map[string]string{"lab": lab})
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := s.Pack("1.0", map[string]string{"lab": lab}); !bytes.Equal(again, data) {
		t.Error("the same content gives another file")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

// arrive reads and unpacks.
func arrive(h Home, data []byte) (string, error) {
	b, err := ReadBundle(bytes.NewReader(data), "lab")
	if err != nil {
		return "", err
	}
	return h.Unpack(b, "lab")
}

// TestBundle: what was packed is there on the other machine, byte by byte, and may come back with more; what went on in
// both places is refused.
func TestBundle(t *testing.T) {
	t.Parallel()
	here, there := newHome(t), newHome(t)
	data := packed(t, here, 3)
	name, err := arrive(there, data)
	if err != nil || name != "change" {
		t.Fatalf("%q, %v", name, err)
	}
	if c, err := there.Verify(name); err != nil || c.Entries != 3 || c.Files != 1 || c.Lines != 2 || len(c.Bad)+len(c.Unnamed) > 0 {
		t.Errorf("%+v, %v", c, err)
	}
	b, err := ReadBundle(bytes.NewReader(data), "lab")
	if err != nil || !b.Has("lab") || b.Has("la") || b.Program != "1.0" {
		t.Fatalf("%+v, %v", b, err)
	}
	lab := filepath.Join(t.TempDir(), "labs", "x")
	if err := b.Extract("lab", lab); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(lab, "disk.json")); err != nil || string(text) != "{}" {
		t.Errorf("%q, %v", text, err)
	}
	if err := b.Extract("lab", lab); err == nil {
		t.Error("a lab that is there was written over")
	}
	var refused *BadBundle
	if _, err := arrive(there, data); !errors.As(err, new(*Already)) || !strings.Contains(err.Error(), "already") {
		t.Errorf("twice: %v", err)
	}
	s, err := there.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Keep("reply/b.pem", []byte("pem")); err != nil {
		t.Fatal(err)
	}
	back := appended(t, s, 2)
	if name, err := arrive(here, back); err != nil || name != "change" {
		t.Fatalf("%q, %v", name, err)
	}
	if c, err := here.Verify("change"); err != nil || c.Entries != 5 || c.Files != 2 || len(c.Bad) > 0 {
		t.Errorf("%+v, %v", c, err)
	}
	for _, h := range []Home{here, there} {
		s, err := h.Open("change")
		if err != nil {
			t.Fatal(err)
		}
		if data = appended(t, s, 1); h == there {
			if _, err := arrive(here, data); !errors.As(err, &refused) || !strings.Contains(err.Error(), "After entry 5") {
				t.Errorf("both: %v", err)
			}
		}
	}
}

// TestBundleDamaged: any byte flipped, the file cut anywhere, or something behind it, is refused, and nothing is written.
func TestBundleDamaged(t *testing.T) {
	t.Parallel()
	data := packed(t, newHome(t), 2)
	there := newHome(t)
	for i := range data {
		flipped := bytes.Clone(data)
		flipped[i] ^= 0x20
		if _, err := arrive(there, flipped); err == nil {
			t.Fatalf("byte %d flipped: taken", i)
		}
	}
	for i := 0; i < len(data); i += 37 {
		if _, err := arrive(there, data[:i]); err == nil {
			t.Fatalf("cut at %d: taken", i)
		}
	}
	if _, err := arrive(there, append(bytes.Clone(data), make([]byte, 512)...)); err == nil {
		t.Error("more behind it: taken")
	}
	nothing(t, there)
}

func nothing(t *testing.T, h Home) {
	t.Helper()
	if all, err := os.ReadDir(h.Dir); err != nil || len(all) > 0 {
		t.Errorf("something was written: %v, %v", all, err)
	}
}

// TestBundleHostile: archives that were made to do harm are refused whole.
func TestBundleHostile(t *testing.T) {
	t.Parallel()
	there := newHome(t)
	good, err := ReadBundle(bytes.NewReader(packed(t, newHome(t), 2)), "lab")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*tar.Writer){
		"up":         func(w *tar.Writer) { evil(w, "../x", tar.TypeReg, "x") },
		"up inside":  func(w *tar.Writer) { evil(w, "outbox/../../x", tar.TypeReg, "x") },
		"root":       func(w *tar.Writer) { evil(w, "/etc/x", tar.TypeReg, "x") },
		"drive":      func(w *tar.Writer) { evil(w, "C:x", tar.TypeReg, "x") },
		"backslash":  func(w *tar.Writer) { evil(w, `..\x`, tar.TypeReg, "x") },
		"hidden":     func(w *tar.Writer) { evil(w, ".bashrc", tar.TypeReg, "x") },
		"escape":     func(w *tar.Writer) { evil(w, "a\x1b[2J", tar.TypeReg, "x") },
		"lock":       func(w *tar.Writer) { evil(w, "lock", tar.TypeReg, "x") },
		"symlink":    func(w *tar.Writer) { evil(w, "outbox/l", tar.TypeSymlink, "") },
		"hardlink":   func(w *tar.Writer) { evil(w, "outbox/l", tar.TypeLink, "") },
		"device":     func(w *tar.Writer) { evil(w, "outbox/l", tar.TypeChar, "") },
		"folder":     func(w *tar.Writer) { evil(w, "outbox/", tar.TypeDir, "") },
		"twice":      func(w *tar.Writer) { evil(w, "outbox/a.csr", tar.TypeReg, "other") },
		"twice, big": func(w *tar.Writer) { evil(w, "outbox/A.CSR", tar.TypeReg, "other") },
		"below":      func(w *tar.Writer) { evil(w, "outbox/a.csr/x", tar.TypeReg, "x") },
		"two heads":  func(w *tar.Writer) { evil(w, manifestName, tar.TypeReg, "{}") },
		"bomb": func(w *tar.Writer) {
			_ = w.WriteHeader(&tar.Header{Name: "bomb", Size: 1 << 60, Format: tar.FormatPAX})
		},
	} {
		var buf bytes.Buffer
		w := tar.NewWriter(&buf)
		evil(w, manifestName, tar.TypeReg, `{"format":1,"name":"x","program":"1"}`+"\n")
		for file, data := range good.files {
			evil(w, file, tar.TypeReg, string(data))
		}
		change(w)
		_ = w.Close()
		var refused *BadBundle
		if _, err := arrive(there, buf.Bytes()); !errors.As(err, &refused) || refused.File == "" { // for itself, not for the missing seal
			t.Errorf("%s: %v", name, err)
		}
	}
	newer := bytes.Replace(mustEncode(t, good), []byte(`"format":1`), []byte(`"format":9`), 1)
	if _, err := arrive(there, newer); err == nil || !strings.Contains(err.Error(), "newer uccx-tui (1.0") {
		t.Errorf("newer: %v", err)
	}
	for file, content := range map[string]string{journalName: "", "outbox/a.csr": "other", "transcripts/a.log": "one\n"} {
		bad := Bundle{Name: "x", files: map[string][]byte{}}
		for name, data := range good.files {
			bad.files[name] = data
		}
		bad.files[file] = []byte(content)
		if _, err := arrive(there, mustEncode(t, &bad)); err == nil {
			t.Errorf("%s is not what the journal says: taken", file)
		}
	}
	nothing(t, there)
}

func mustEncode(t *testing.T, b *Bundle) []byte {
	t.Helper()
	data, err := b.encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func evil(w *tar.Writer, name string, kind byte, content string) {
	_ = w.WriteHeader(&tar.Header{Name: name, Typeflag: kind, Linkname: "/etc/passwd", Mode: 0o600, Size: int64(len(content))})
	_, _ = io.WriteString(w, content)
}

func FuzzBundle(f *testing.F) {
	f.Add([]byte("no archive"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if b, err := ReadBundle(bytes.NewReader(data), "lab"); err == nil {
			if again, err := b.encode(); err != nil || !bytes.Equal(again, data) {
				t.Error("taken, but not as it was packed")
			}
		}
	})
}
