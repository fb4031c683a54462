package ui

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

// TestKeysPage: docs/keys.md is printed from the actions of all screens.
func TestKeysPage(t *testing.T) {
	rows := map[string]map[string]bool{} // key and explanation -> titles of screens
	add := func(name string, all []action) {
		for _, a := range all {
			k := strings.Join(a.Keys(), " ")
			if a.Typing {
				k = "letters"
			}
			row := fmt.Sprintf("| `%s` | %s |", strings.ReplaceAll(k, "|", "\\|"), a.Explain)
			if a.Explain == "" {
				continue
			}
			if rows[row] == nil {
				rows[row] = map[string]bool{}
			}
			rows[row][name] = true
		}
	}
	all := screens(t, 80, 24)
	for _, m := range all {
		m.help = false
		name := m.top().title(&m.env)
		switch m.top().(type) {
		case *home:
			name = "Home"
		case *planView:
			name = "Plan"
		case *stepView:
			name = "Step"
		case *adviceView:
			name = "Explanation"
		case *detailView:
			name = "Details"
		}
		add(name, m.keys())
	}
	var b strings.Builder
	b.WriteString("# Keys\n\nPrinted from the actions of the screens (`go test ./ui -run TestKeysPage -update`): what is listed here works.\nA letter means the same on every screen where it is not text.\n\n| keys | what they do | where |\n| --- | --- | --- |\n")
	for _, row := range slices.SortedFunc(maps.Keys(rows), func(x, y string) int {
		if c := strings.Compare(strings.ToLower(x), strings.ToLower(y)); c != 0 {
			return c
		}
		return strings.Compare(x, y)
	}) {
		where := "every screen"
		if len(rows[row]) < 12 {
			where = strings.Join(slices.Sorted(maps.Keys(rows[row])), ", ")
		}
		fmt.Fprintf(&b, "%s %s |\n", row, where)
	}
	goldentest.File(t, filepath.Join("..", "docs", "keys.md"), []byte(b.String()))
}
