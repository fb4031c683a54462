package session

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func newHome(t *testing.T) Home {
	t.Helper()
	return Home{Dir: t.TempDir()}
}

// written is a session with some entries, closed; it returns the journal's path.
func written(t *testing.T, h Home, n int) string {
	t.Helper()
	s, err := h.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if _, err := s.Append("done", "step", fmt.Sprintf("node%d", i), map[string]int{"i": i}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(s.Dir(), journalName)
}

// stride is the distance between the bytes that a test damages: all, or with -short one of seven.
func stride() int {
	if testing.Short() {
		return 7
	}
	return 1
}

// TestCutAtEveryByte: a torn last line was never promised; all before it is whole, and writing goes on.
func TestCutAtEveryByte(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	path := written(t, h, 3)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := 0; cut < len(data); cut += stride() {
		if err := os.WriteFile(path, data[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := h.Open("test")
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		want := bytes.Count(data[:cut], []byte("\n"))
		if got := len(s.Entries()); got != want {
			t.Fatalf("cut at %d: %d entries, want %d", cut, got, want)
		}
		if _, err := s.Append("more", "", "", nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if all, err := h.Read("test"); err != nil || len(all) != want+1 || all[want].Seq != want+1 {
			t.Fatalf("cut at %d, then written: %d entries, %v", cut, len(all), err)
		}
	}
}

// TestAppendAll: entries that are written together are numbered and chained as if one had followed the other, the first names the
// files that were kept before it, and a value that is no JSON lets none of them be written.
func TestAppendAll(t *testing.T) {
	h := newHome(t)
	s, err := h.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Keep("a.csr", []byte("a")); err != nil {
		t.Fatal(err)
	}
	if none, err := s.AppendAll(nil); len(none) != 0 || err != nil {
		t.Errorf("of nothing: %v, %v", none, err)
	}
	if _, err := s.AppendAll([]Record{{Kind: "one", Data: 1}, {Kind: "two", Data: func() {}}}); err == nil {
		t.Error("a function was written as JSON")
	}
	written, err := s.AppendAll([]Record{{Kind: "one", Step: "csr", Node: "a", Data: 1}, {Kind: "two", Step: "csr", Node: "b", Data: 2}, {Kind: "three", Data: 3}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append("four", "", "", 4); err != nil {
		t.Fatal(err)
	}
	read, err := h.Read("test")
	if err != nil || len(read) != 4 {
		t.Fatalf("%d entries, %v", len(read), err)
	}
	for i, w := range written {
		if e := read[i]; e.Sum != w.Sum || e.Seq != i+1 || e.Kind != w.Kind || e.Node != w.Node || string(e.Data) != fmt.Sprint(i+1) || (len(e.Kept) == 1) != (i == 0) {
			t.Errorf("entry %d: %+v, written as %+v", i, e, w)
		}
	}
}

// TestDamageAtEveryByte: any byte flipped, missing or doubled is found, named by its line, and nothing is touched.
func TestDamageAtEveryByte(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	path := written(t, h, 3)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := len(data) - 1
	for i := last; i >= 0; i -= stride() {
		line := 1 + bytes.Count(data[:i], []byte("\n"))
		flipped := bytes.Clone(data)
		flipped[i] ^= 0x20
		missing := append(bytes.Clone(data[:i]), data[i+1:]...)
		doubled := append(bytes.Clone(data[:i+1]), data[i:]...)
		for name, bad := range map[string][]byte{"flipped": flipped, "missing": missing, "doubled": doubled} {
			if i == last && name != "doubled" { // without its newline the last line is torn, not damaged
				continue
			}
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := h.Open("test")
			var d *Damaged
			if !errors.As(err, &d) || d.Line < line || d.Line > line+1 || d.File != path {
				t.Fatalf("byte %d of line %d %s: %v", i, line, name, err)
			}
			if now, _ := os.ReadFile(path); !bytes.Equal(now, bad) {
				t.Fatal("a damaged journal was touched")
			}
		}
	}
}

// TestLines: lines that are missing, doubled or swapped break the chain although each is sound.
func TestLines(t *testing.T) {
	h := newHome(t)
	path := written(t, h, 4)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	l := bytes.SplitAfter(data, []byte("\n"))
	for name, lines := range map[string][][]byte{"missing": {l[0], l[2], l[3]}, "doubled": {l[0], l[1], l[1], l[2]}, "swapped": {l[0], l[2], l[1], l[3]}, "no first": {l[1], l[2]}} {
		if err := os.WriteFile(path, bytes.Join(lines, nil), 0o600); err != nil {
			t.Fatal(err)
		}
		var d *Damaged
		if _, err := h.Open("test"); !errors.As(err, &d) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRewrittenLine: a line that was rewritten with a checksum of its own is found by the next one.
func TestRewrittenLine(t *testing.T) {
	h := newHome(t)
	path := written(t, h, 4)
	entries, err := h.Read("test")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	forged := entries[1]
	forged.Who, forged.Sum = "other@elsewhere", ""
	line, err := forged.line()
	if err != nil {
		t.Fatal(err)
	}
	l := bytes.SplitAfter(data, []byte("\n"))
	l[1] = line
	if err := os.WriteFile(path, bytes.Join(l, nil), 0o600); err != nil {
		t.Fatal(err)
	}
	var d *Damaged
	if _, err := h.Open("test"); !errors.As(err, &d) || d.Line != 3 {
		t.Errorf("%v", err)
	}
}

// TestNewer: a journal of a newer program is refused with a reason.
func TestNewer(t *testing.T) {
	h := newHome(t)
	path := written(t, h, 1)
	e := Entry{V: Format + 1, Seq: 1, Kind: "opened"}
	line, err := e.line()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, line, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Open("test"); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Errorf("got %v", err)
	}
}

// TestOlder: a journal of an older program opens.
func TestOlder(t *testing.T) {
	h := newHome(t)
	path := written(t, h, 1)
	e := Entry{V: 1, Seq: 1, Kind: "opened"}
	line, err := e.line()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, line, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := h.Open("test")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Append("more", "", "", nil); err != nil {
		t.Error(err)
	}
}

// TestHeld: two at once never both hold; the holder is named.
func TestHeld(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	s, err := h.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append("opened", "", "", nil); err != nil {
		t.Fatal(err)
	}
	_, err = h.Open("test")
	var held *Held
	if !errors.As(err, &held) || held.Holder.PID != os.Getpid() || held.Holder.Host == "" {
		t.Fatalf("got %v", err)
	}
	if list, err := h.List(); err != nil || len(list) != 1 || list[0].Held == nil {
		t.Errorf("list: %+v, %v", list, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append("late", "", "", nil); err == nil {
		t.Error("a closed session was written to")
	}
	again, err := h.Open("test")
	if err != nil {
		t.Fatal(err)
	}
	_ = again.Close()
}

// TestFreeLockTakenForHeld: a lock that comes free is had, however long the machine stood still meanwhile: what counts is
// that it was tried for, not that time went by. A free session was once refused as held, on a machine under load.
func TestFreeLockTakenForHeld(t *testing.T) {
	h := newHome(t)
	dir := filepath.Dir(written(t, h, 1))
	looks, _, err := lockOf(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	waits := 0
	l, ok, err := lockOf(dir, func(time.Duration) {
		if waits++; waits == tries-1 {
			_ = looks.Unlock()
		}
	})
	if err != nil || !ok {
		t.Fatalf("held after %d waits: %v", waits, err)
	}
	if _, ok, err := lockOf(dir, func(time.Duration) {}); ok || err != nil {
		t.Errorf("two at once: %v", err)
	}
	if err := l.Unlock(); err != nil {
		t.Fatal(err)
	}
}

// TestKeep: a file is never overwritten.
func TestKeep(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	s, err := h.Create("my / change")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	one, err := s.Keep("outbox/a.csr", []byte("one"))
	if err != nil {
		t.Fatal(err)
	}
	same, _ := s.Keep("outbox/a.csr", []byte("one"))
	two, _ := s.Keep("outbox/a.csr", []byte("two"))
	if same != one || two == one || filepath.Base(two) != "a-2.csr" {
		t.Errorf("%s %s %s", one, same, two)
	}
	for _, bad := range []string{"../x", "/etc/x", ""} {
		if _, err := s.Keep(bad, nil); err == nil {
			t.Errorf("%q was written", bad)
		}
	}
	info, err := os.Stat(one)
	if err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" { // Windows has no such modes
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestHome: no place for sessions is said, not guessed.
func TestHome(t *testing.T) {
	t.Setenv("HOME", "")
	t.Setenv("USERPROFILE", "") // the same on Windows
	t.Setenv("XDG_STATE_HOME", "")
	if h, err := DefaultHome(); err == nil {
		t.Errorf("got %s", h.Dir)
	}
	somewhere := t.TempDir()
	t.Setenv("XDG_STATE_HOME", somewhere)
	if h, err := DefaultHome(); err != nil || h.Dir != filepath.Join(somewhere, "uccx-tui") {
		t.Errorf("got %s, %v", h.Dir, err)
	}
}

func FuzzScan(f *testing.F) {
	h := Home{Dir: f.TempDir()}
	s, err := h.Create("seed")
	if err != nil {
		f.Fatal(err)
	}
	for range 3 {
		_, _ = s.Append("a", "b", "c", "d")
	}
	data, _ := os.ReadFile(filepath.Join(s.Dir(), journalName))
	_ = s.Close()
	f.Add(data)
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, whole, err := scan("fuzz", data)
		if whole > len(data) || err == nil && len(entries) != bytes.Count(data[:whole], []byte("\n")) {
			t.Errorf("%d entries in %d bytes", len(entries), whole)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for _, n := range []int{1000, 100000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var data []byte
			var last *Entry
			for i := range n {
				e := Entry{Seq: i + 1, Kind: "done", Step: "survey", Node: "uccx1.example.com", Who: "ada@jump"}
				if last == nil {
					e.V = Format
				} else {
					e.Prev = last.Sum
				}
				line, err := e.line()
				if err != nil {
					b.Fatal(err)
				}
				data, last = append(data, line...), &e
			}
			for b.Loop() {
				if got, _, err := scan("x", data); err != nil || len(got) != n {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	s, err := Home{Dir: b.TempDir()}.Create("bench")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		if _, err := s.Append("done", "survey", "uccx1.example.com", "x"); err != nil {
			b.Fatal(err)
		}
	}
}

// TestOnce: an entry that was appended is read once by all who hold a copy of it; one that was read from a file is read by each.
func TestOnce(t *testing.T) {
	h := newHome(t)
	s, err := h.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	appended, err := s.Append("entry", "", "", "words")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	of := func(e Entry) *string {
		text, err := Once(e, func() (*string, error) {
			read++
			var text string
			return &text, e.Read(&text)
		})
		if err != nil || *text != "words" {
			t.Errorf("%v, %v", text, err)
		}
		return text
	}
	if first, second := of(appended), of(appended); first != second || read != 1 {
		t.Errorf("read %d times", read)
	}
	all, err := h.Read("test")
	if err != nil {
		t.Fatal(err)
	}
	if first, second := of(all[0]), of(all[0]); first == second {
		t.Error("what was read from a file is shared")
	}
	if _, err := Once(appended, func() (*int, error) { return nil, errors.New("not read") }); err == nil {
		t.Error("an error was lost")
	}
}
