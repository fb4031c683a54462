package print

import (
	"bytes"
	"strings"
	"testing"
)

// TestEscaping: nothing that gives orders to a terminal passes the output of a command, wherever a write is cut; what a
// person may read comes through as it is.
func TestEscaping(t *testing.T) {
	for in, want := range map[string]string{
		"plain\nlines\t1\r\n":      "plain\nlines\t1\r\n",
		"é日本語 – 🙂\n":               "é日本語 – 🙂\n",
		"\x1b[31mred\r over":       `\x1b[31mred\x0d over`,
		"c1 \u009b31m \u009d52;c;": `c1 \x9b31m \x9d52;c;`,
		"bidi \u202e zero\u200b":   `bidi \u202e zero\u200b`,
		"bad \xff\xc3":             `bad \xff`,
		"\x9b31m":                  `\x9b31m`,
	} {
		for cut := 0; cut <= len(in); cut++ {
			var got bytes.Buffer
			w := &Text{To: &got}
			for _, part := range []string{in[:cut], in[cut:]} {
				if n, err := w.Write([]byte(part)); n != len(part) || err != nil {
					t.Fatal(n, err)
				}
			}
			if !strings.Contains(in, "\r\n") && got.String() != want || strings.Contains(in, "\r\n") && cut == 0 && got.String() != want {
				t.Errorf("%q cut at %d: %q, want %q", in, cut, got.String(), want)
			}
		}
	}
}
