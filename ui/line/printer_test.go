package line

import (
	"bytes"
	"strings"
	"testing"
)

// TestToldLinesHang: in line mode, too, what does not fit on the first line of a finding begins below its text.
func TestToldLinesHang(t *testing.T) {
	long := strings.Repeat("eleven cell", 12)
	for w := 30; w < 120; w++ {
		var out bytes.Buffer
		p := &printer{out: &out, width: func() int { return w }}
		for _, text := range []string{"warning: " + long, "   " + long, "-> " + long} {
			p.hang("  ", 3, text)
		}
		for line := range strings.Lines(out.String()) {
			line = strings.TrimSuffix(line, "\n")
			text := strings.TrimLeft(line, " ")
			want := 2 + 3
			if strings.HasPrefix(text, "warning: ") || strings.HasPrefix(text, "-> ") {
				want = 2
			}
			if in := len(line) - len(text); in != want || len(line) > w {
				t.Fatalf("at %d, %q of %d cells is indented by %d, not %d:\n%s", w, line, len(line), in, want, out.String())
			}
		}
	}
}
