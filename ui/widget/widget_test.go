package widget

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
)

func theme() layout.Theme { return layout.NewTheme(false, lang.Localizer{}) }

// press is a key by the name that the library gives it.
func press(name string) tea.KeyPressMsg {
	codes := map[string]tea.KeyPressMsg{"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "delete": {Code: tea.KeyDelete},
		"backspace": {Code: tea.KeyBackspace}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+left": {Code: tea.KeyLeft, Mod: tea.ModCtrl}, "ctrl+v": {Code: 'v', Mod: tea.ModCtrl}}
	if m, ok := codes[name]; ok {
		return m
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// TestFieldEdits: each editing key does in a field what it does elsewhere, and the cursor stands where the next letter goes,
// counted in cells.
func TestFieldEdits(t *testing.T) {
	for _, c := range []struct {
		text, keys, want string
		cursor           int
	}{
		{"", "a b", "ab", 2}, {"abc", "left X", "abXc", 3}, {"abc", "home X", "Xabc", 1}, {"abc", "home right delete", "ac", 1}, {"abc", "home end X", "abcX", 4},
		{"one two", "ctrl+w", "one ", 4}, {"one two", "ctrl+left X", "one Xtwo", 5}, {"abc", "left ctrl+u", "c", 0}, {"日本語", "left", "日本語", 4}, {"日本語", "left X", "日本X語", 5}, {"abc", "ctrl+v", "abc", 3},
	} {
		f := NewField(c.text)
		for _, k := range strings.Fields(c.keys) {
			f.Update(press(k))
		}
		line, x := layout.CutCursor(f.View(theme(), 40))
		if f.Text() != c.want || x != c.cursor || strings.TrimRight(ansi.Strip(line), " ") != strings.TrimRight(c.want, " ") {
			t.Errorf("%q and %s: %q with the cursor at %d, drawn %q; want %q, %d", c.text, c.keys, f.Text(), x, line, c.want, c.cursor)
		}
	}
}

// TestFieldIsOneCleanLine: whatever is pasted or typed, a field holds one line without escapes, and draws no more than its room.
func TestFieldIsOneCleanLine(t *testing.T) {
	for _, word := range []string{"a\nb", "a\tb", "x\x1b[31mred", "a\u202eb", "z\u200bw\ufeff", "nul\x00nul", "\x9b31m", strings.Repeat("日本", 300)} {
		f := NewField("")
		f.Update(tea.PasteMsg{Content: word})
		f.Update(tea.KeyPressMsg{Code: 'a', Text: word})
		line, x := layout.CutCursor(f.View(theme(), 30))
		if strings.ContainsAny(f.Text(), "\n\t\x1b\x00\u202e\u200b\ufeff\u009b") || layout.Width(line) > 30 || x < 0 || x > 30 {
			t.Errorf("%.20q: holds %.40q, draws %d cells with the cursor at %d", word, f.Text(), layout.Width(line), x)
		}
	}
}

// TestFieldSurvivesAnyKeys: no order of editing keys stops the program, and the cursor never leaves the text.
func TestFieldSurvivesAnyKeys(t *testing.T) {
	keys := []tea.KeyPressMsg{{Code: 'a', Text: "a"}, {Code: ' ', Text: " "}, {Code: '日', Text: "日"}, {Code: tea.KeyLeft}, {Code: tea.KeyRight}, {Code: tea.KeyHome}, {Code: tea.KeyEnd}, {Code: tea.KeyBackspace}, {Code: tea.KeyDelete},
		{Code: tea.KeyLeft, Mod: tea.ModCtrl}, {Code: tea.KeyRight, Mod: tea.ModCtrl}, {Code: tea.KeyDelete, Mod: tea.ModCtrl}, {Code: tea.KeyBackspace, Mod: tea.ModAlt}, {Code: 'd', Mod: tea.ModAlt}, {Code: 'w', Mod: tea.ModCtrl}, {Code: 'k', Mod: tea.ModCtrl}, {Code: 'u', Mod: tea.ModCtrl}}
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		f, pressed := NewField(""), []string{}
		for range 60 {
			k := keys[r.IntN(len(keys))]
			pressed = append(pressed, k.String())
			f.Update(k)
			if line, x := layout.CutCursor(f.View(theme(), 12)); x < 0 || x > 12 || layout.Width(line) > 12 {
				t.Fatalf("after %v: the cursor stands at %d of %q", pressed, x, line)
			}
		}
	}
}

// TestSecretIsWiped: nothing of a password stays in its array.
func TestSecretIsWiped(t *testing.T) {
	var s Secret
	for _, k := range []string{"p", "ä", "s", "backspace"} {
		s.Update(press(k))
	}
	s.Update(tea.PasteMsg{Content: "word\n"})
	all := s.typed[:cap(s.typed)]
	if got := s.Take(); got != "päword" {
		t.Errorf("typed %q", got)
	}
	for _, r := range all {
		if r != 0 {
			t.Fatalf("%q stays in memory", string(all))
		}
	}
	if line, x := layout.CutCursor(s.View(theme(), 20, true)); line != "" || x != 0 {
		t.Errorf("%q, %d", line, x)
	}
}

// TestListMoves: each moving key, among all things and among those that fit a filter; the mark is in sight in every window.
func TestListMoves(t *testing.T) {
	var lines []string
	for i := range 30 {
		lines = append(lines, fmt.Sprintf("row %d", i))
	}
	rows, l := Lines(lines), &List{}
	for _, c := range []struct {
		k    string
		want int
	}{{"j", 1}, {"down", 2}, {"k", 1}, {"up", 0}, {"k", 0}, {"G", 29}, {"j", 29}, {"g", 0}, {"end", 29}, {"home", 0}, {"pgdown", 8}, {"pgup", 0}} {
		l.View(theme(), rows, 40, 10) // a list moves by the window it was drawn in
		if !l.Move(c.k, rows) || l.At() != c.want {
			t.Errorf("%s: at %d, want %d", c.k, l.At(), c.want)
		}
		if drawn := l.View(theme(), rows, 40, 10); len(drawn) != 10 || !strings.Contains(ansi.Strip(strings.Join(drawn, "\n")), "▸ "+lines[c.want]) {
			t.Errorf("%s: %d lines\n%s", c.k, len(drawn), strings.Join(drawn, "\n"))
		}
	}
	l.BeginFilter()
	for _, k := range []string{"2", "7"} {
		l.Filter(press(k), rows)
	}
	drawn := ansi.Strip(strings.Join(l.View(theme(), rows, 40, 10), "\n"))
	if l.At() != 27 || !strings.Contains(drawn, "1 of 30") || strings.Contains(drawn, "row 3") || !l.Filtering() {
		t.Errorf("at %d:\n%s", l.At(), drawn)
	}
	l.EndFilter(false)
	if l.Move("x", rows) || l.Filtered() {
		t.Error("a key that does not move moves, or the filter stays")
	}
}

// TestPageBounds: no key leads behind the end or before the beginning, and the lines that are left are counted right.
func TestPageBounds(t *testing.T) {
	var lines []string
	for i := range 50 {
		lines = append(lines, fmt.Sprintf("line %d", i))
	}
	p := &Page{}
	see := func() string { return ansi.Strip(strings.Join(p.View(theme(), lines, 30, 11), "\n")) }
	for _, c := range []struct{ k, first, note string }{{"", "line 0\n", "40 more lines"}, {"k", "line 0\n", "40 more"}, {"j", "line 1\n", "39 more"}, {"pgdown", "line 10\n", "30 more"}, {"G", "line 40\n", "the end"}, {"j", "line 40\n", "the end"},
		{"k", "line 39\n", "1 more line:"}, {"pgdown", "line 40\n", "the end"}, {"home", "line 0\n", "40 more"}, {"end", "line 40\n", "the end"}, {"g", "line 0\n", "40 more"}, {"pgup", "line 0\n", "40 more"}} {
		see()
		p.Move(c.k)
		if got := see(); !strings.HasPrefix(got, c.first) || !strings.Contains(got, c.note) || strings.Count(got, "\n") != 10 {
			t.Errorf("after %q:\n%s", c.k, got)
		}
	}
	p.Move("G")
	if got := p.View(theme(), lines[:3], 30, 11); len(got) != 3 || strings.TrimSpace(got[0]) != "line 0" {
		t.Errorf("a page that became short: %q", got)
	}
	if got := p.View(theme(), nil, 30, 11); len(got) > 1 {
		t.Errorf("an empty page: %q", got)
	}
}

// TestPageNamesItsKeys: the last line of a long page names the arrow keys in the language of the person, and other keys as they are printed on them.
func TestPageNamesItsKeys(t *testing.T) {
	say, err := lang.Open("pt-BR")
	if err != nil {
		t.Fatal(err)
	}
	note := func(p *Page, n int) string {
		shown := p.View(layout.NewTheme(false, say), strings.Split(strings.Repeat("x\n", n)+"x", "\n"), 60, 5)
		return ansi.Strip(shown[len(shown)-1])
	}
	arrows, keys := &Page{}, &Page{Down: "pgdown", Up: "pgup"}
	for _, c := range []struct{ got, want string }{{note(arrows, 9), "baixo"}, {note(arrows, 4), ""}, {note(keys, 9), "pgdown"}} {
		if !strings.HasSuffix(c.got, c.want) || strings.Contains(c.got, "down") != strings.Contains(c.want, "pgdown") {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	note(arrows, 9)
	arrows.Move("G")
	keys.Move("G")
	if up, pgup := note(arrows, 9), note(keys, 9); !strings.Contains(up, "cima") || strings.Contains(up, "up") || !strings.Contains(pgup, "pgup") {
		t.Errorf("at the end: %q, %q", up, pgup)
	}
}

// TestTable: the heads stay, the row of the mark is in sight, and cells are cut to their columns.
func TestTable(t *testing.T) {
	l := &List{}
	cells := Cells{N: 5000, Row: func(i int) []string { return []string{fmt.Sprintf("%d", i), "a name that is much too long", "ok"} }}
	l.Select(4321)
	got := Table(theme(), l, []Column{{"port", 6}, {"node", 10}, {"state", 8}}, cells, 40, 12)
	drawn := ansi.Strip(strings.Join(got, "\n"))
	if len(got) != 12 || !strings.HasPrefix(drawn, "  port  node      state") || !strings.Contains(drawn, "▸ 4321  a name t… ok") || !strings.Contains(drawn, "4322 of 5000") {
		t.Errorf("%d lines\n%s", len(got), drawn)
	}
	if got := Table(theme(), &List{}, []Column{{"port", 6}}, Cells{}, 40, 12); len(got) != 1 {
		t.Errorf("an empty table: %q", got)
	}
}

// TestBar: a bar is as full as it is said, and never more.
func TestBar(t *testing.T) {
	for part, want := range map[float64]int{-1: 0, 0: 0, 0.5: 10, 1: 20, 7: 20} {
		if got := strings.Count(Bar(theme(), part, 20), "█"); got != want {
			t.Errorf("%v: %d of 20", part, got)
		}
	}
}

// TestViewLazy: of a thousand lines those are drawn that a window shows, and what it shows is what View would show, wherever it was
// scrolled to; a filter reads all.
func TestViewLazy(t *testing.T) {
	theme := theme()
	plain, all := make([]string, 1000), make([]string, 1000)
	for i := range plain {
		plain[i], all[i] = fmt.Sprint(i), fmt.Sprintf("line %d", i)
	}
	drawn := 0
	draw := func(lines []string) []string {
		drawn += len(lines)
		out := make([]string, len(lines))
		for i, l := range lines {
			out[i] = "line " + l
		}
		return out
	}
	for _, h := range []int{0, 1, 2, 10} {
		for _, n := range []int{0, 1, 5, 10, 11, 1000} {
			var lazy, whole Page
			for _, k := range []string{"", "down", "pgdown", "end", "up", "home"} {
				lazy.Move(k)
				whole.Move(k)
				drawn = 0
				got := lazy.ViewLazy(theme, plain[:n], draw, 40, h)
				if want := whole.View(theme, all[:n], 40, h); !slices.Equal(got, want) || drawn > max(h, 0) {
					t.Fatalf("%d lines in %d after %q: %d drawn, %q, want %q", n, h, k, drawn, got, want)
				}
			}
		}
	}
}
