package lang

import "testing"

// TestSay: English is the key; a sentence that a language lacks stays English; arguments are filled in.
func TestSay(t *testing.T) {
	german := Localizer{words: map[string]string{"%d of %d": "%d von %d"}}
	for _, c := range []struct {
		tongue Localizer
		text   string
		args   []any
		want   string
	}{
		{Localizer{}, "done", nil, "done"}, {Localizer{}, "100 %", nil, "100 %"}, {Localizer{}, "%d of %d", []any{1, 3}, "1 of 3"},
		{german, "%d of %d", []any{1, 3}, "1 von 3"}, {german, "done", nil, "done"},
	} {
		if got := c.tongue.Say(c.text, c.args...); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
