package po_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/lang/po"
)

// TestPlurals: the rule of the language chooses the words; where they are missing, that of English does, whatever the language.
func TestPlurals(t *testing.T) {
	const head = "msgid \"\"\nmsgstr \"\"\n\"Plural-Forms: "
	for _, c := range []struct {
		rule, entry string
		want        map[int]string
	}{
		{"nplurals=1; plural=0;", "msgstr[0] \"%d x\"\n", map[int]string{0: "%d x", 1: "%d x", 2: "%d x"}},
		{"nplurals=1; plural=0;", "msgstr[0] \"\"\n", map[int]string{0: "%d notes", 1: "1 note", 5: "%d notes"}},
		{"nplurals=2; plural=(n > 1);", "msgstr[0] \"%d a\"\nmsgstr[1] \"%d b\"\n", map[int]string{0: "%d a", 1: "%d a", 2: "%d b"}},
		{"nplurals=2; plural=(n != 1);", "", map[int]string{0: "%d notes", 1: "1 note"}},
	} {
		entry := ""
		if c.entry != "" {
			entry = "\nmsgid \"1 note\"\nmsgid_plural \"%d notes\"\n" + c.entry
		}
		words, err := po.Parse([]byte(head + c.rule + "\\n\"\n" + entry))
		if err != nil {
			t.Fatal(err)
		}
		for n, want := range c.want {
			if got := words.GetN("1 note", "%d notes", n); got != want {
				t.Errorf("%s %q, %d: %q, want %q", c.rule, c.entry, n, got, want)
			}
		}
	}
	if _, err := po.Parse([]byte("msgid \"a\"\nmsgstr \"b\"\n")); err == nil {
		t.Error("a file without a rule for plurals is read")
	}
}
