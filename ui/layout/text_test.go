package layout

import (
	"slices"
	"strings"
	"testing"
)

// TestWrapUnspaced: lines of Chinese and Japanese break between letters, never before a comma or a closing bracket nor after an opening
// one; names, times and paths stay whole, and what is wider than a line is cut between letters.
func TestWrapUnspaced(t *testing.T) {
	for _, c := range []struct {
		text string
		w    int
		want []string
	}{
		{"再起動します、次に", 12, []string{"再起動しま", "す、次に"}},
		{"再起動します、次に", 13, []string{"再起動しま", "す、次に"}},
		{"再起動します、次に", 14, []string{"再起動します、", "次に"}},
		{"証明書を「発行」する", 10, []string{"証明書を", "「発行」す", "る"}},
		{"請在 OS Administration 刪除", 10, []string{"請在 OS", "Administra", "tion 刪除"}},
		{"今 /home/a-b/c を開く", 12, []string{"今", "/home/a-b/c", "を開く"}},
		{"字", 1, []string{"字"}},
		{"無", 2, []string{"無"}},
		{"一行目\n二行目", 6, []string{"一行目", "二行目"}},
		{"", 4, []string{""}},
		{"한국어 문장은 단어 사이에서", 10, []string{"한국어", "문장은", "단어", "사이에서"}},
	} {
		got := Wrap(c.text, c.w)
		if !slices.Equal(got, c.want) {
			t.Errorf("%q in %d: %q, want %q", c.text, c.w, got, c.want)
		}
	}
	long := strings.Repeat("手順(各ノード)、「再起動」。", 40)
	for w := 2; w < 60; w++ {
		lines := Wrap(long, w)
		for _, l := range lines {
			if Width(l) > w || w > 7 && strings.ContainsAny(firstOf(l), "、。」)") {
				t.Errorf("%d cells: %q", w, l)
			}
		}
		if strings.Join(lines, "") != long {
			t.Errorf("%d cells: something was lost", w)
		}
	}
}

func firstOf(l string) string { return string([]rune(l + " ")[:1]) }

// TestHanging: what does not fit on the first line begins below its text, whole, and no line is wider than it may be.
func TestHanging(t *testing.T) {
	text := "the node's own name is uccx1.example.com, and the name of the solution is another-name.example.com"
	for _, one := range []struct {
		before string
		indent int
	}{{"", 3}, {"   ", 3}, {"-> ", 3}, {"    -> ", 7}, {"→ ", 2}, {"  ", 2}} {
		for w := 36; w < 110; w++ {
			lines := Hanging(one.before+text, 3, w)
			for i, l := range lines {
				if Width(l) > w || i > 0 && len(l)-len(strings.TrimLeft(l, " ")) != one.indent {
					t.Fatalf("%q at %d:\n%s", one.before, w, strings.Join(lines, "\n"))
				}
			}
			if got := strings.Join(strings.Fields(strings.Join(lines, " ")), " "); got != strings.TrimSpace(one.before+text) {
				t.Fatalf("%q at %d: %q", one.before, w, got)
			}
		}
	}
	wide := "   証明書の共通名はノードの名前と違います。証明書を新しい名前で作り直す必要があります。"
	for w := 16; w < 60; w++ {
		lines := Hanging(wide, 3, w)
		for i, l := range lines {
			if Width(l) > w || i > 0 && !strings.HasPrefix(l, "   ") {
				t.Fatalf("at %d:\n%s", w, strings.Join(lines, "\n"))
			}
		}
		if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.TrimSpace(wide) {
			t.Fatalf("at %d: %q", w, got)
		}
	}
}

// TestFingerprintsKeepTheirBytes: a fingerprint that is wider than a line is broken behind a colon, never within a byte, in every script.
func TestFingerprintsKeepTheirBytes(t *testing.T) {
	sum := strings.TrimSuffix(strings.Repeat("A5:0F:", 16), ":")
	for _, text := range []string{sum, "SHA-256 " + sum, "uccx1: " + sum + " (since 10:06:33)", "指紋は" + sum + "です。"} {
		for w := 12; w < 120; w++ {
			lines := Wrap(text, w)
			for i, l := range lines {
				if Width(l) > w || strings.Contains(l, "\ue003") || strings.Contains(l, "\u200b") {
					t.Fatalf("at %d: %q", w, l)
				}
				if next := strings.Join(lines[i+1:], ""); strings.HasSuffix(l, "A") && strings.HasPrefix(next, "5") || strings.HasSuffix(l, "0") && strings.HasPrefix(next, "F") ||
					strings.HasSuffix(l, "10:") || strings.HasSuffix(l, "06:") && strings.HasPrefix(next, "33") {
					t.Fatalf("at %d a byte is cut:\n%s", w, strings.Join(lines, "\n"))
				}
			}
			if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
				t.Fatalf("at %d: %q", w, got)
			}
		}
	}
}

// TestPathsBreakAtTheirFolders: a path that is wider than a line is broken behind a slash, in every script, and stays what it is.
func TestPathsBreakAtTheirFolders(t *testing.T) {
	const path = "/home/ada/.local/state/uccx-tui/sessions/hq-renewal/outbox"
	for _, text := range []string{path, "file: " + path, "フォルダは" + path, "https://uccx1.example.com:8443/cmplatform/certificates/of/all"} {
		for w := 32; w < len(text); w++ {
			lines := Wrap(text, w)
			for i, l := range lines {
				if Width(l) > w || strings.ContainsAny(l, "\ue001\ue004") {
					t.Fatalf("at %d: %q", w, l)
				}
				if i < len(lines)-1 && !strings.HasSuffix(l, "/") && l != "file:" && !strings.HasPrefix(lines[i+1], "/home") {
					t.Fatalf("at %d a name is cut:\n%s", w, strings.Join(lines, "\n"))
				}
				if strings.HasSuffix(l, ":/") || l == "/" {
					t.Fatalf("at %d the beginning is cut:\n%s", w, strings.Join(lines, "\n"))
				}
			}
			if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
				t.Fatalf("at %d: %q", w, got)
			}
		}
	}
	if got := Wrap("choose Upload Certificate/Certificate chain", 30); len(got) != 2 || got[0] != "choose Upload" {
		t.Errorf("a word that fits a line is broken: %q", got)
	}
}
