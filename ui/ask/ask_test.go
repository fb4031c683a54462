package ask

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
)

func theme() layout.Theme { return layout.NewTheme(false, lang.Localizer{}) }

func press(f Field, keys ...string) {
	codes := map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "enter": tea.KeyEnter, "tab": tea.KeyTab, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "esc": tea.KeyEscape}
	for _, k := range keys {
		msg := tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
		if code, ok := codes[k]; ok {
			msg = tea.KeyPressMsg{Code: code}
		}
		if k == "space" {
			msg = tea.KeyPressMsg{Code: ' ', Text: " "}
		}
		f.Update(msg)
	}
}

func options(n int) []Option {
	var all []Option
	for i := range n {
		all = append(all, Option{Label: fmt.Sprintf("option %d", i)})
	}
	return all
}

// TestText: the text is edited with a cursor, checked when it is taken, and Enter, Tab and Esc do nothing by themselves.
func TestText(t *testing.T) {
	f := NewText(theme(), "Name", "", "such as uccx1", func(s string) error {
		if s == "" {
			return errors.New("a name is needed")
		}
		return nil
	})
	if line, x := layout.CutCursor(f.View(40, 5)[1]); x != 2 || !strings.Contains(ansi.Strip(line), "such as uccx1") {
		t.Errorf("empty: %q, cursor at %d", line, x)
	}
	press(f, "enter", "enter")
	if f.Take() == nil {
		t.Error("nothing is taken for a name")
	}
	press(f, "b", "d", "left", "c", "enter", "tab", "esc", "home", "a")
	if line, x := layout.CutCursor(f.View(40, 5)[1]); f.Text() != "abcd" || x != 3 || ansi.Strip(line) != "▸ abcd" {
		t.Errorf("%q, drawn %q, cursor at %d", f.Text(), line, x)
	}
	if err := f.Take(); err != nil {
		t.Error(err)
	}
	press(f, "x") // it goes on asking until another field is shown
	if f.Text() != "axbcd" {
		t.Errorf("%q", f.Text())
	}
}

// TestChoice: the mark stops at the ends, an option that is off says why, and a filter finds one.
func TestChoice(t *testing.T) {
	all := options(19)
	all[3].Off = "not now"
	f := NewChoice(theme(), "Which", all, 2)
	for _, c := range []struct {
		keys string
		want int
	}{{"", 2}, {"up", 1}, {"up up", 0}, {"k", 0}, {"end", 18}, {"j", 18}, {"down", 18}, {"g", 0}, {"G k", 17}, {"home", 0}, {"down down down", 3}, {"enter tab", 3}} {
		press(f, strings.Fields(c.keys)...)
		lines := f.View(40, 8)
		if f.At() != c.want || len(lines) > 8 || !strings.Contains(ansi.Strip(strings.Join(lines, "\n")), fmt.Sprintf("▸ option %d", c.want)) {
			t.Errorf("%s: at %d, want %d\n%s", c.keys, f.At(), c.want, strings.Join(lines, "\n"))
		}
	}
	if err := f.Take(); err == nil || err.Error() != "not now" {
		t.Errorf("an option that is off: %v", err)
	}
	press(f, "end")
	if err := f.Take(); err != nil || f.At() != 18 {
		t.Errorf("at %d: %v", f.At(), err)
	}
	press(f, "/", "1", "4")
	if !f.Typing() || f.At() != 14 || f.Take() != nil {
		t.Errorf("filtered: at %d", f.At())
	}
	if drawn := strings.Join(f.View(40, 8), "\n"); !strings.Contains(drawn, layout.CursorMark) || strings.Contains(drawn, "\x1b[7m") {
		t.Errorf("the filter has no cursor:\n%q", drawn)
	}
	press(f, "z")
	if f.At() != -1 || f.Take() == nil {
		t.Error("nothing fits, and something is taken")
	}
	press(f, "home")
	if !f.Cancel() || f.Typing() || f.Cancel() {
		t.Error("the filter is not left")
	}
	press(f, "home")
	if f.At() != 0 || len(f.View(40, 30)) != 20 {
		t.Errorf("at %d\n%s", f.At(), strings.Join(f.View(40, 30), "\n"))
	}
}

// TestChoiceWithoutTitle: all options are seen, and one far down is in sight at once.
func TestChoiceWithoutTitle(t *testing.T) {
	for _, title := range []string{"", "Which"} {
		f := NewChoice(theme(), title, options(2), 0)
		if drawn := ansi.Strip(strings.Join(f.View(40, 3), "\n")); !strings.Contains(drawn, "▸ option 0") || !strings.Contains(drawn, "option 1") {
			t.Errorf("with the title %q:\n%s", title, drawn)
		}
		f = NewChoice(theme(), title, options(19), 16)
		if drawn := ansi.Strip(strings.Join(f.View(40, 8), "\n")); !strings.Contains(drawn, "▸ option 16") || !strings.Contains(drawn, "17 of 19") {
			t.Errorf("with the title %q:\n%s", title, drawn)
		}
	}
}

// TestMarks: marks are set and taken, and checked when they are taken.
func TestMarks(t *testing.T) {
	f := NewMarks(theme(), "Which nodes", []string{"a", "b", "c"}, []int{0, 1, 2}, func(on []int) error {
		if len(on) == 0 {
			return errors.New("one at least")
		}
		return nil
	})
	press(f, "down", "space")
	if got := fmt.Sprint(f.On()); got != "[0 2]" || f.Take() != nil || !strings.Contains(ansi.Strip(strings.Join(f.View(40, 9), "\n")), "▸ [ ] b") {
		t.Errorf("%s\n%s", got, strings.Join(f.View(40, 9), "\n"))
	}
	if drawn := strings.Join(f.View(40, 9), "\n"); strings.Count(drawn, "]") != 3 {
		t.Errorf("not all can be seen:\n%s", drawn)
	}
	press(f, "home", "space", "end", "space")
	if f.Take() == nil {
		t.Errorf("%v is taken", f.On())
	}
}

// TestYesNo: y and n and the arrows choose, and the choice is seen without colour.
func TestYesNo(t *testing.T) {
	f := NewYesNo(theme(), "Shall it", "yes, it shall", "no", true)
	for _, c := range []struct {
		k    string
		want bool
	}{{"n", false}, {"y", true}, {"right", false}, {"left", true}, {"enter", true}, {"down", false}, {"k", true}} {
		press(f, c.k)
		want := "▸ yes, it shall"
		if !c.want {
			want = "▸ no"
		}
		if drawn := ansi.Strip(strings.Join(f.View(60, 5), "\n")); f.Yes() != c.want || !strings.Contains(drawn, want) || strings.Count(drawn, "▸") != 1 {
			t.Errorf("%s: %v\n%s", c.k, f.Yes(), drawn)
		}
	}
}
