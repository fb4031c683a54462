package ui

import (
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// drawnAt are all screens in a window of a size, without colour.
func drawnAt(t *testing.T, size [2]int) map[string]string {
	t.Helper()
	all := map[string]string{}
	for name, m := range screens(t, size[0], size[1]) {
		m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		all[name] = ansi.Strip(shown(m))
	}
	return all
}

// TestKeysAreApart: in the line of keys, help is as far from the last key as the keys are from each other.
func TestKeysAreApart(t *testing.T) {
	near := regexp.MustCompile(`\S {1,2}(\?|f1) (more|help)`)
	for _, size := range append(sizes(), [2]int{66, 20}, [2]int{100, 30}, [2]int{133, 40}) {
		for name, drawn := range drawnAt(t, size) {
			if line := drawn[strings.LastIndex(drawn, "\n")+1:]; near.MatchString(line) {
				t.Errorf("%s at %v: %q", name, size, line)
			}
		}
	}
}

// TestWholeWhereThereIsRoom: in the smallest window, nothing of these screens is cut beside blanks.
func TestWholeWhereThereIsRoom(t *testing.T) {
	for name, drawn := range drawnAt(t, [2]int{60, 18}) {
		if (name == "prove" || name == "home") && strings.Contains(drawn, "…") {
			t.Errorf("%s is cut:\n%s", name, drawn)
		}
	}
}

// TestSaidOnce: what a restart does to the services stands once on a screen.
func TestSaidOnce(t *testing.T) {
	for _, size := range sizes() {
		all := drawnAt(t, size)
		for _, name := range []string{"restart", "late"} {
			if drawn := strings.Join(strings.Fields(all[name]), " "); strings.Contains(drawn, "Services on this node stop") {
				t.Errorf("%s at %v says twice that services stop:\n%s", name, size, all[name])
			}
		}
	}
}

// TestOneMark: where the search of the adviser takes no letters, the mark is before one symptom alone, and what is whole in the list
// does not stand below it again.
func TestOneMark(t *testing.T) {
	for _, size := range sizes() {
		drawn := drawnAt(t, size)["symptoms"]
		if strings.Count(drawn, "▸") != 1 {
			t.Errorf("at %v there is not one mark:\n%s", size, drawn)
		}
		if size[0] >= 120 && strings.Count(drawn, "SSLHandshakeException") != 1 {
			t.Errorf("at %v the selected symptom is said again below the list:\n%s", size, drawn)
		}
		if !strings.Contains(drawn, "type it after /") {
			t.Errorf("at %v it is not said how a symptom is typed:\n%s", size, drawn)
		}
	}
}

// TestCutTextsSaySo: what has no room below the table of trusts ends with dots.
func TestCutTextsSaySo(t *testing.T) {
	drawn := drawnAt(t, [2]int{60, 18})["trust"]
	if !strings.Contains(drawn, "REL-1") && !strings.Contains(drawn, "…") {
		t.Errorf("the end is missing without a sign:\n%s", drawn)
	}
	wide := drawnAt(t, [2]int{160, 45})["trust"]
	if strings.Contains(wide, "ccp"+strings.Repeat(" ", 20)) {
		t.Errorf("the columns are torn apart:\n%s", wide)
	}
}

// TestPendingStandsApart: where there is room, an empty line follows what is pending, and in the usual window none.
func TestPendingStandsApart(t *testing.T) {
	for _, size := range sizes() {
		lines := strings.Split(drawnAt(t, size)["restarting"], "\n")
		if empty := strings.TrimSpace(lines[3]) == ""; !strings.Contains(lines[2], "pending") || empty != (size[1] >= 30) {
			t.Errorf("at %v: %q, %q", size, lines[2], lines[3])
		}
	}
}
