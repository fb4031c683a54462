package lang

import (
	"io/fs"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// words are a language that has one sentence for each English one; of more than one, the second.
type words map[string]string

func (w words) Get(english string) string {
	if s, ok := w[english]; ok {
		return s
	}
	return english
}

func (w words) GetN(one, many string, n int) string {
	if n == 1 {
		return w.Get(one)
	}
	return w.Get(many)
}

// TestSay: English is the key; a sentence that a language lacks stays English; arguments are filled in.
func TestSay(t *testing.T) {
	german := New(words{"%d of %d": "%d von %d", "100 %% of it": "100 %% davon"})
	for _, c := range []struct {
		say  Localizer
		text string
		args []any
		want string
	}{
		{Localizer{}, "done", nil, "done"}, {Localizer{}, "100 %", nil, "100 %"}, {Localizer{}, "%d of %d", []any{1, 3}, "1 of 3"},
		{german, "%d of %d", []any{1, 3}, "1 von 3"}, {german, "done", nil, "done"}, {german, "100 % of it", nil, "100 % davon"},
	} {
		if got := c.say.Say(c.text, c.args...); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestT: numbers choose the words, sentences and errors inside a sentence are translated, their order may change, and words of nodes stay.
func TestT(t *testing.T) {
	german := New(words{"1 note": "1 Hinweis", "%d notes": "%d Hinweise", "%s: %s": "%s: %s", "port %d of %s is closed": "auf %[2]s ist Port %[1]d zu",
		"the file %q cannot be read: %s": "die Datei %q ist nicht lesbar: %s", "permission denied": "Zugriff verweigert"})
	shut := msg.T("port %d of %s is closed", 8443, "port")
	failed := msg.Errorf("the file %q cannot be read: %w", "a", fs.ErrPermission)
	for _, c := range []struct {
		text          msg.Text
		english, want string
	}{
		{msg.Text{}, "", ""}, {msg.N("1 note", "%d notes", 1), "1 note", "1 Hinweis"}, {msg.N("1 note", "%d notes", 2), "2 notes", "2 Hinweise"},
		{msg.T("%s: %s", shut, failed), "port 8443 of port is closed: the file \"a\" cannot be read: permission denied",
			"auf port ist Port 8443 zu: die Datei \"a\" ist nicht lesbar: Zugriff verweigert"},
		{msg.Verbatim("1 note"), "1 note", "1 note"},
	} {
		if got := (Localizer{}).T(c.text); got != c.english {
			t.Errorf("%q, want %q", got, c.english)
		}
		if got := german.T(c.text); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
