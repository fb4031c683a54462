package line

import (
	"strings"
	"testing"
)

// TestSecretLine: what the keys of a line make of a password.
func TestSecretLine(t *testing.T) {
	for typed, want := range map[string]string{"abc\r": "abc", "abc\nd": "abc", "ab\x7fc\r": "ac", "\x7f\x08x\r": "x", "wrong\x15right\r": "right", "\r": ""} {
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
