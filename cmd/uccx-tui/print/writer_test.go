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

// TestFold: a line that is wider than the terminal is broken between words; what follows begins below the text of its last column, behind
// the arrow, or in from the edge; fingerprints are broken between bytes.
func TestFold(t *testing.T) {
	sum := strings.TrimSuffix(strings.Repeat("24:36:", 16), ":")
	for _, one := range []struct{ line, second string }{
		{"ok       state     the state folder is accessible only to you, and this line goes on", strings.Repeat(" ", 19)},
		{"    -> Ask the CA for the certificate of the issuing CA, and for those above it up to its root.", strings.Repeat(" ", 7)},
		{"error: reply.pem, block 1: the chain is incomplete: the issuer of uccx1.example.com is missing", strings.Repeat(" ", 4)},
		{"    a cause that goes on and on, over more than a line of the terminal on which it is printed", strings.Repeat(" ", 4)},
		{"    SHA-256    " + sum, strings.Repeat(" ", 15)},
	} {
		lines := fold(one.line, 60)
		for i, l := range lines {
			rest := strings.TrimLeft(l, " ")
			if len(l) > 60 || i > 0 && l != one.second+rest || strings.HasPrefix(rest, ":") {
				t.Errorf("%q becomes\n%s", one.line, strings.Join(lines, "\n"))
				break
			}
		}
		if len(lines) < 2 || strings.Join(strings.Fields(strings.Join(lines, "")), "") != strings.Join(strings.Fields(one.line), "") {
			t.Errorf("%q becomes\n%s", one.line, strings.Join(lines, "\n"))
		}
	}
}
