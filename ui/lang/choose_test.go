package lang

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/lang/po"
)

// TestNear: tags of BCP 47 and names of locales find the language that is meant; Chinese by its script.
func TestNear(t *testing.T) {
	all := []string{"en", "ja", "pt-BR", "zh-Hant"}
	for tag, want := range map[string]string{"en": "en", "en_GB.UTF-8": "en", "pt-BR": "pt-BR", "pt_BR.UTF-8": "pt-BR", "pt": "pt-BR", "PT-br": "pt-BR", "ja_JP.eucJP@x": "ja",
		"zh_TW": "zh-Hant", "zh-Hant-HK": "zh-Hant", "zh_HK.UTF-8": "zh-Hant", "zh_CN.UTF-8": "", "zh": "", "C": "", "C.UTF-8": "", "POSIX": "", "de_DE": "", "": "", "-": "", "p": ""} {
		if got, ok := near(tag, all); got != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
	}
}

// TestChosen: the flag, then the variable of the program, then the order of POSIX: the first that is set, known or not.
func TestChosen(t *testing.T) {
	dir := t.TempDir()
	made := func(tag string) string {
		name := filepath.Join(dir, tag+".po")
		text := "msgid \"\"\nmsgstr \"\"\n\"Language: " + tag + "\\n\"\n\"Plural-Forms: nplurals=1; plural=0;\\n\"\n\nmsgid \"done\"\nmsgstr \"" + tag + "!\"\n"
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	one, two := made("xx"), made("yy")
	for _, c := range []struct {
		args string
		env  map[string]string
		want string
	}{
		{"", nil, "done"}, {"--lang " + one, map[string]string{Variable: two}, "xx!"}, {"report --lang=" + one, nil, "xx!"}, {"--lang " + one + " --lang " + two, nil, "yy!"},
		{"run -- --lang " + one, nil, "done"}, {"", map[string]string{Variable: two, "LC_ALL": "C"}, "yy!"}, {"--lang", nil, "done"}, {"--lang nothing", nil, "done"},
		{"--lang en", map[string]string{Variable: two}, "done"}, {"", map[string]string{"LC_ALL": "C", "LANG": two}, "done"}, {"", map[string]string{"LANG": two}, "done"},
	} {
		say := Chosen(strings.Fields(c.args), func(name string) string { return c.env[name] })
		if got := say.Say("done"); got != c.want {
			t.Errorf("%q %v: %q, want %q", c.args, c.env, got, c.want)
		}
	}
	if say, err := Open(one); err != nil || say.Tag() != "xx" || say.Wide() {
		t.Errorf("%+v, %v", say, err)
	}
	for _, tag := range []string{"klingon", filepath.Join(dir, "none.po")} {
		if _, err := Open(tag); err == nil {
			t.Errorf("%q is a language", tag)
		}
	}
	for _, tag := range po.Tags() {
		if say, err := Open(tag); err != nil || (say.words == nil) != (tag == po.English) {
			t.Errorf("%s: %v", tag, err)
		}
	}
}

// TestWide: signs of ambiguous width are left out where terminals draw them in two cells.
func TestWide(t *testing.T) {
	for tag, want := range map[string]bool{"": false, "ja": true, "ko": true, "zh-Hant": true, "nl": false, "jam": false} {
		if got := (Localizer{tag: tag}).Wide(); got != want {
			t.Errorf("%q: %t", tag, got)
		}
	}
}

// TestTranslationFileHasAnEnd: a translation that is worked on is a regular file of at most 16 MiB; nothing else is waited for.
func TestTranslationFileHasAnEnd(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large.po")
	f, err := os.Create(large)
	if err == nil {
		err = errors.Join(f.Truncate(16<<20+1), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "folder.po")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{large, folder} {
		if _, err := Open(path); err == nil || !strings.Contains(err.Error(), "not a regular file") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
