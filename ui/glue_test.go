package ui

import (
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/files"
	"github.com/uccx-tui/uccx-tui/ui/files/filestest"
	"github.com/uccx-tui/uccx-tui/ui/form"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// plainTheme is the theme of the tests.
func plainTheme() layout.Theme {
	return layout.NewTheme(os.Getenv("UCCX_TUI_TEST_ASCII") != "", speaking())
}

// shown is the window as it is drawn.
func shown(m *Model) string {
	text, _, _ := m.draw()
	return text
}

// pressKey gives one named key to a model.
func keyOf(k string) tea.KeyPressMsg {
	codes := map[string]tea.KeyPressMsg{"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "space": {Code: tea.KeySpace, Text: " "},
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
		"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete}, "f1": {Code: tea.KeyF1}}
	if m, ok := codes[k]; ok {
		return m
	}
	for prefix, mod := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "alt+": tea.ModAlt} {
		if rest, found := cutPrefix(k, prefix); found {
			m := keyOf(rest)
			m.Mod, m.Text = mod, ""
			return m
		}
	}
	return tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
}

func cutPrefix(s, prefix string) (string, bool) {
	if len(s) > len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):], true
	}
	return s, false
}

// typed presses each letter of a text, slower than a paste.
func typed(m *Model, text string) {
	for _, r := range text {
		m.keysSeen = 0
		m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	m.keysSeen = 0
}

// asking is a question with something typed.
func asking(text string, asked plan.Asked) screen {
	return typedInto(newQuestion(&env{View: draw.View{Theme: plainTheme()}}, asked), text)
}

// typedInto types letters into a dialog.
func typedInto(s screen, text string) screen {
	for _, a := range s.actions(nil) {
		for _, r := range text {
			if a.Typing {
				a.Do(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
	}
	return s
}

func typedLogin() screen {
	return typedInto(newLogin(&env{View: draw.View{Theme: plainTheme()}, user: "administrator"}, ""), "secret")
}

// takesKeys is the line of the screen on which letters go, as it is drawn; "" where they go nowhere.
func takesKeys(m *Model) string {
	c := m.View().Cursor
	if c == nil {
		return ""
	}
	return strings.TrimSpace(strings.Split(ansi.Strip(shown(m)), "\n")[c.Y])
}

// filledForm is a form whose fields were taken one after the other, each with its text; "downN" moves in a list first.
func filledForm(texts ...string) *formView {
	s := &formView{form: form.New(plainTheme())}
	for i, text := range texts {
		switch {
		case len(text) == 5 && text[:4] == "down" || text == "down":
			n := 1
			if len(text) == 5 {
				n = int(text[4] - '0')
			}
			for range n {
				s.form.Update(keyOf("down"))
			}
		case text == " ":
			s.form.Update(keyOf("space"))
			continue
		default:
			s.form.Update(tea.PasteMsg{Content: text})
		}
		if i < len(texts)-1 {
			_, _ = s.form.Enter()
		}
	}
	return s
}

// chooserOf is a chooser on a folder that holds what cannot be chosen.
func chooserOf(t *testing.T) *chooserView {
	t.Helper()
	a := filestest.New(t, monday)
	dir := t.TempDir()
	a.WriteFile(dir, "readme.txt", []byte("hello"))
	a.WriteFile(dir, "odd\x1b[31m\u202e.cer", []byte("x"))
	a.WriteFile(dir, "longlonglonglonglonglonglonglonglonglonglonglonglong.p7b", []byte("x"))
	c := files.New(plainTheme(), nil, func([]cert.File) cert.Verdict { return cert.Verdict{} }, monday)
	follow(c, files.Open(dir))
	return &chooserView{Chooser: c}
}

// follow carries out a command of a chooser and everything that follows from it, as the program would.
func follow(c *files.Chooser, cmd tea.Cmd) {
	for cmd != nil {
		_, cmd = c.Message(cmd())
	}
}

// replied is a session that waits for a CA, with the chooser on the folder of its reply.
func replied(t *testing.T, a *filestest.Authority, j *journal, w, h int, dir string) (*Model, *chooserView) {
	t.Helper()
	m := model(t, j, w, h)
	p := m.Plan
	c := files.New(plainTheme(), reply.Requests(p), func(all []cert.File) cert.Verdict { return reply.Verdict(p, all, monday) }, monday)
	follow(c, files.Open(dir))
	s := &chooserView{Chooser: c}
	m.stack = append(m.stack, s)
	return m, s
}

// waitingFor is a session whose CSRs are with a CA.
func waitingFor(a *filestest.Authority) *journal {
	j := opened3().all("login").all("survey").all("preflight")
	for _, n := range fqdns {
		j.add(plan.KindDone, "csr", n, plan.Seen{CSR: a.CSR(n)})
	}
	return j.add(plan.KindDone, "outbox", "", plan.Seen{}).add(plan.KindAnswered, "handover", "", plan.Answer{Question: "handed", Value: "yes"}).add(plan.KindDone, "handover", "", plan.Seen{})
}

// scrolled is a screen whose page was scrolled down.
func scrolled[S scroller](s S, by int) S {
	for range by {
		s.scroll().Move("down")
	}
	return s
}

var _ = ask.Option{}
