package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// TestAnyByteOfAnyFile: a byte flipped, missing or doubled, and an end cut off at any byte, of any file of a session is found
// and named by its file; what the end of the journal itself has lost is found by a head that was kept elsewhere.
func TestAnyByteOfAnyFile(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	kept, log, journal := whole(t, h)
	sound, err := h.Verify("test")
	if err != nil || sound.Files != 1 || sound.Lines != 3 || sound.Behind != 0 || sound.Entries != 4 || len(sound.Bad)+len(sound.Unnamed) > 0 {
		t.Fatalf("sound: %+v, %v", sound, err)
	}
	for _, path := range []string{kept, log, journal} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for name, bad := range damages(data) {
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := h.Verify("test")
			found := err != nil
			for _, b := range got.Bad {
				found = found || b.File == filepath.ToSlash(strings.TrimPrefix(path, filepath.Dir(journal)+string(filepath.Separator)))
			}
			if entries, err := h.Read("test"); path == journal && err == nil {
				_, there := Since(entries, sound.Head)
				found = found || !there
			}
			if !found {
				t.Fatalf("%s %s: not found: %+v, %v", path, name, got, err)
			}
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := h.Verify("test"); err != nil || len(got.Bad) > 0 {
		t.Errorf("mended: %+v, %v", got, err)
	}
}

// whole is a closed session with a kept file, a transcript that was opened twice, and four entries.
func whole(t *testing.T, h Home) (kept, log, journal string) {
	t.Helper()
	s, err := h.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	if kept, err = s.Keep("outbox/a.csr", []byte("-----BEGIN\nabc\n-----END\n")); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "one\ntwo\n", "three\n", ""} {
		if text != "" {
			l, err := s.Log("transcripts/a.log")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := l.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
			_ = l.Close()
		}
		if _, err := s.Append("entry", "", "", text); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return kept, filepath.Join(s.Dir(), "transcripts", "a.log"), filepath.Join(s.Dir(), journalName)
}

// damages are all ways in which a file may be damaged at one place.
func damages(data []byte) map[string][]byte {
	all := map[string][]byte{"garbage behind": append(bytes.Clone(data), "\x00garbage"...), "a line behind": append(bytes.Clone(data), "a line of a person\n"...)}
	for i := 0; i < len(data); i += stride() {
		flipped := bytes.Clone(data)
		flipped[i] ^= 0x10
		at := " at byte " + strconv.Itoa(i)
		all["flipped"+at], all["missing"+at], all["doubled"+at], all["cut"+at] = flipped, append(bytes.Clone(data[:i]), data[i+1:]...), append(bytes.Clone(data[:i+1]), data[i:]...), data[:i]
	}
	return all
}

// TestVerifyNames: what is gone or foreign is named with what it was: an empty journal, a transcript that was removed, cut,
// emptied or rewritten with checksums of its own, unknown files, links and pipes.
func TestVerifyNames(t *testing.T) {
	for name, c := range map[string]struct {
		harm func(kept, log, journal string) error
		want string
	}{
		"empty journal": {func(_, _, j string) error { return os.WriteFile(j, nil, 0o600) }, "the journal is empty"},
		"torn journal":  {func(_, _, j string) error { return appendTo(j, "half a li") }, "9 bytes after the last entry"},
		"kept removed":  {func(k, _, _ string) error { return os.Remove(k) }, "outbox/a.csr: is missing; line 1 of the journal names it"},
		"log removed":   {func(_, l, _ string) error { return os.Remove(l) }, "transcripts/a.log: is missing; line 3 of the journal says that it has 3 lines"},
		"logs removed":  {func(_, l, _ string) error { return os.RemoveAll(filepath.Dir(l)) }, "is missing"},
		"log emptied":   {func(_, l, _ string) error { return os.WriteFile(l, nil, 0o600) }, "has 0 lines, and line 3 of the journal says 3"},
		"log cut by a line": {func(_, l, _ string) error {
			data, err := os.ReadFile(l)
			if err == nil {
				err = os.WriteFile(l, data[:bytes.LastIndexByte(data[:len(data)-1], '\n')+1], 0o600)
			}
			return err
		}, "has 2 lines, and line 3 of the journal says 3: the end is missing"},
		"log torn":       {func(_, l, _ string) error { return appendTo(l, "abc") }, "3 bytes follow the last line"},
		"log of another": {func(_, l, _ string) error { return rewrite(l, "uno\ndue\ntre\n") }, "the transcript was rewritten"},
		"log cut": {func(_, l, _ string) error {
			data, err := os.ReadFile(l)
			if err == nil {
				err = os.WriteFile(l, data[:bytes.IndexByte(data, '\n')+1], 0o600)
			}
			return err
		}, "has 1 lines, and line 3 of the journal says 3: the end is missing"},
	} {
		h := newHome(t)
		kept, log, journal := whole(t, h)
		if err := c.harm(kept, log, journal); err != nil {
			t.Fatal(err)
		}
		got, err := h.Verify("test")
		text := fmt.Sprint(err)
		for _, b := range got.Bad {
			text += "\n" + b.Text().String()
		}
		if !strings.Contains(text, c.want) {
			t.Errorf("%s: %s, want %q", name, text, c.want)
		}
	}
	h := newHome(t)
	_, log, journal := whole(t, h)
	if err := errors.Join(os.WriteFile(filepath.Join(filepath.Dir(journal), "stray"), nil, 0o600), rewriteEnd(log, "four\n")); err != nil {
		t.Fatal(err)
	}
	if got, err := h.Verify("test"); err != nil || len(got.Unnamed) != 1 || got.Behind != 1 || len(got.Bad) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func appendTo(path, text string) error {
	data, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, append(data, text...), 0o600)
	}
	return err
}

// rewrite puts lines with sums of their own in the place of a transcript.
func rewrite(path, text string) error {
	if err := os.Remove(path); err != nil {
		return err
	}
	return rewriteEnd(path, text)
}

func rewriteEnd(path, text string) error {
	l, err := openLog(system{}, path, func(int, string) {})
	if err == nil {
		_, err = l.Write([]byte(text))
		err = errors.Join(err, l.Close())
	}
	return err
}

// TestSince: a head that was kept elsewhere tells a journal that continues from one that was rewritten.
func TestSince(t *testing.T) {
	h := newHome(t)
	whole(t, h)
	first, err := h.Verify("test")
	if err != nil {
		t.Fatal(err)
	}
	s, err := h.Open("test")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append("entry", "", "", "more"); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	entries, err := h.Read("test")
	if err != nil {
		t.Fatal(err)
	}
	_, sum, _ := strings.Cut(first.Head, ":")
	for head, want := range map[string]int{first.Head: 1, sum: 1, " " + strings.ToUpper(first.Head) + "\n": 1, headOf(entries[4]): 0, headOf(entries[0]): 4} {
		if behind, ok := Since(entries, head); !ok || behind != want {
			t.Errorf("%s: %d, %v", head, behind, ok)
		}
	}
	for _, head := range []string{"", "5:" + sum, "4:", sum[:63], strings.Repeat("0", 64), "x:y:z"} {
		if _, ok := Since(entries, head); ok {
			t.Errorf("%q is there", head)
		}
	}
}

// TestJournalIsText: whatever an entry holds, its line has no control character, no bidi override and nothing that cannot be
// seen; it means the same, and the chain fits.
func TestJournalIsText(t *testing.T) {
	h := newHome(t)
	s, err := h.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"c1 \u009b31m \u009d52;c;x\u009c", "bidi \u202e\u2066", "zero\u200b\u200d\ufeff", "\u034f\ufe0f\u3164\u115f\u2800\U000e0100\U000e0041", "del\x7f", "z\u0301\u0301\u0301", "esc\x1b[31m\r\n\t", "Zürich 日本語 🙂"}
	for _, w := range words {
		e, err := s.Append("kind", w, w, w)
		if err != nil || !strings.Contains(string(e.Data), "") {
			t.Fatal(err)
		}
	}
	_ = s.Close()
	data, err := os.ReadFile(filepath.Join(s.Dir(), journalName))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range string(data) {
		if r != '\n' && (r < ' ' || unseen(r) || r == 0x7f || unicode.Is(unicode.Cf, r)) {
			t.Errorf("the journal holds %q", r)
		}
	}
	if !strings.Contains(string(data), "Zürich 日本語 🙂") {
		t.Error("letters are escaped")
	}
	entries, err := h.Read("test")
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		var text string
		if json.Unmarshal(e.Data, &text) != nil || text != words[i] || e.Step != words[i] || e.Node != words[i] {
			t.Errorf("%q comes back as %q %q", words[i], text, e.Node)
		}
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
		if got, err := h.Verify("test"); err != nil || len(got.Bad) != 1 || got.Bad[0].What.String()[:1] != "9" {
			t.Fatalf("%+v, %v", got, err)
		}
	}
}
