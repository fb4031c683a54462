package cert

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestPrintableUnseen: what no one sees is shown as an escape, also where JSON is shown; letters of any script stay, with
// the marks that they have.
func TestPrintableUnseen(t *testing.T) {
	for _, r := range []rune{0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180e, 0x200b, 0x200d, 0x2028, 0x202e, 0x2060, 0x2066, 0x2800, 0x3000, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xe0001, 0xe0100, 0xe01ef} {
		for _, text := range []string{"uccx" + string(r) + "1", string(r), string(r) + string(r) + "x"} {
			got := Printable(text)
			if strings.ContainsRune(got, r) || !strings.Contains(got, `\`) {
				t.Errorf("%U is shown as it is in %q", r, got)
			}
			data, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			var back string
			if shown := PrintableJSON(data); strings.ContainsRune(string(shown), r) || json.Unmarshal(shown, &back) != nil || back != text {
				t.Errorf("JSON of %U is %q", r, shown)
			}
		}
	}
	for r := range rune(0xa0) {
		if r >= ' ' && r < 0x7f {
			continue
		}
		if got := Printable("a" + string(r) + "b"); strings.ContainsRune(got, r) || !strings.Contains(got, `\`) {
			t.Errorf("%U is shown as it is in %q", r, got)
		}
	}
	for _, text := range []string{"Müller", "Mu\u0308ller", "Việt Nam", "Viê\u0323t", "שָׁלוֹם", "नमस्ते", "日本語", "ἀρχή", "a\u0301\u0302\u0303"} {
		if got := Printable(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	for _, mark := range []string{"\u0301", "\u0489", "\u20dd", "\u1ab0", "\u0e49"} {
		for _, text := range []string{"e" + strings.Repeat(mark, 50), mark + "abc", "a " + mark, "a\x1b" + mark} {
			got := Printable(text)
			if strings.Count(got, mark) > maxMarks || Printable("x"+got) != "x"+got || strings.HasPrefix(got, mark) {
				t.Errorf("%q becomes %q", text, got)
			}
		}
	}
}
