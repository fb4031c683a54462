package layout

import (
	"strings"
	"testing"
)

// TestWrapWhole: lines are broken between words, and never inside a word, a path or a command of this program.
func TestWrapWhole(t *testing.T) {
	path := "/home/ada/.local/state/uccx-tui/sessions/a-very-long-name-of-a-change/journal.jsonl"
	for _, c := range []struct {
		text string
		w    int
		want []string
	}{
		{"the node refused the certificate", 14, []string{"the node", "refused the", "certificate"}},
		{"cannot write " + path + ": no space left", 40, []string{"cannot write", path + ":", "no space left"}},
		{"Progress is saved. Continue with: uccx-tui resume rt", 40, []string{"Progress is saved. Continue with:", "uccx-tui resume rt"}},
		{"Nothing was done. See: uccx-tui lab --help", 34, []string{"Nothing was done. See:", "uccx-tui lab --help"}},
		{"First run uccx-tui new --solution hq.toml, then continue as before.", 44, []string{"First run uccx-tui new --solution hq.toml,", "then continue as before."}},
		{"証明書は発行元によって署名されていません。", 12, []string{"証明書は発行", "元によって署", "名されていま", "せん。"}},
		{"", 20, []string{""}},
	} {
		got := WrapWhole(c.text, c.w)
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q in %d cells: %q", c.text, c.w, got)
		}
	}
}
