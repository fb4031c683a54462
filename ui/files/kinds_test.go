package files

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/files/filestest"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// TestKindsInFull: what a file contains is not cut, and a space follows it, however wide its name is in the language.
func TestKindsInFull(t *testing.T) {
	for _, tag := range []string{"en", "ja", "ko", "zh-Hant", "nl", "pt-BR"} {
		say, err := lang.Open(tag)
		if err != nil {
			t.Fatal(err)
		}
		a := filestest.New(t, monday, fqdns...)
		c := on(t, a, a.Reply())
		c.theme = layout.NewTheme(false, say)
		if name := say.Say(cert.Application.String()) + " "; !strings.Contains(c.screen(), name) {
			t.Errorf("%s: no %q\n%s", tag, name, c.screen())
		}
	}
}
