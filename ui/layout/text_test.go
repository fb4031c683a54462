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
