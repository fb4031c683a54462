package line

import (
	"strings"
	"testing"
)

// TestSecretLine: what the keys of a line make of a password.
func TestSecretLine(t *testing.T) {
	for typed, want := range map[string]string{"abc\r": "abc", "abc\nd": "abc", "ab\x7fc\r": "ac", "\x7f\x08x\r": "x", "wrong\x15right\r": "right", "\r": "",
		"a\u00e4\x7fb\r": "ab", "a\u65e5\x7f\x7f\x7fb\r": "b", "p\xff\x7fq\r": "pq", // a letter, not a byte
		"a\x1b[Ab\x1b[1;5Cc\x1bOPd\x1b[3~e\x1b[[Af\r": "abcdef", "\x1b[200~pasted\x1b[201~\r": "pasted", "a\x1b\r": "a", "a\x1b\x1b[Bb\r": "ab", "a\x1bxb\r": "ab",
		"one two\x17three\r": "one three", "word\x17x\r": "x", "a\tb\x01\x05c\r": "abc"} {
		if got, err := secretLine(strings.NewReader(typed)); err != nil || string(got) != want {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"ab\x03", "ab\x04", "ab", ""} {
		if got, err := secretLine(strings.NewReader(typed)); err == nil {
			t.Errorf("%q: %q", typed, got)
		}
	}
	if got, err := secretLine(strings.NewReader(strings.Repeat("x", 5000) + "\r")); err != nil || len(got) != maxSecret {
		t.Errorf("%d, %v", len(got), err)
	}
}
