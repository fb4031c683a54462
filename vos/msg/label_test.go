package msg

import "testing"

// TestLabel: what a person reads is another word than what journals and JSON hold, where the two differ.
func TestLabel(t *testing.T) {
	for word, want := range map[string]string{"proven": "verified", "owed": "pending", "unsure": "unknown", "fault": "error", "warning": "warning", "done": "done", "": ""} {
		if got := Label(word); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
}
