package files

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

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

// TestNamesHaveTheirRoom: the name of a file is whole where blanks stand beside it, two blanks follow it, how long a certificate is valid is never
// cut, and the severity of a finding is told without colour.
func TestNamesHaveTheirRoom(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	dir := a.Reply()
	long := "certificate-of-the-publisher-of-the-contact-center.cer"
	a.Write(dir, long, a.Root)
	for _, size := range [][2]int{{56, 14}, {76, 20}, {116, 36}, {156, 41}} {
		c := on(t, a, dir).sel("old.cer")
		drawn := ansi.Strip(c.View(size[0], size[1]))
		for _, want := range []string{"matches uccx2   198 days", "matches no CSR  expired", "error: the certificate for ccp"} {
			if !strings.Contains(drawn, want) {
				t.Errorf("at %v: no %q\n%s", size, want, drawn)
			}
		}
		if size[0] > 100 && !strings.Contains(drawn, long+"  root") {
			t.Errorf("at %v a name is cut beside blanks\n%s", size, drawn)
		}
		if !strings.Contains(drawn, ".cer  root") {
			t.Errorf("at %v a name touches what it is\n%s", size, drawn)
		}
	}
}
