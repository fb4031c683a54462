package ui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/vt"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// hostile are words as a node, a certificate, a file or a session of another person could hold them.
func hostile() []string {
	return []string{"\x1b[2J\x1b[H", "\x1b]0;owned\x07", "\x1b]52;c;cm0gLXJm\x07", "\x1bPq#0\x1b\\", "\u009b31m", "a\u202egnp.exe", "a\u2066b\u2069", "zero\u200bwidth\ufeff", "nul\x00nul", "\xff\xfe\xc0", "cr\roverwritten", "bs\b\b\bback", "tab\ttab", "two\nlines",
		"e" + strings.Repeat("\u0301", 200), strings.Repeat("wide日本", 400), strings.Repeat("M", 1<<14), "<script>alert(1)</script>", "%s%d%!x(MISSING)"}
}

// every are some cases: all of them; with -short each nth, from the first.
func every[T any](n int, all []T) (some []T) {
	if !testing.Short() {
		return all
	}
	for i := 0; i < len(all); i += n {
		some = append(some, all[i])
	}
	return some
}

// colours are the only sequences that the screens hold; cursor and modes are the business of the library.
var colours = regexp.MustCompile("\x1b\\[[0-9;:]*m")

// ownLinks are the links that manual tasks and functional tests draw, to the nodes of these tests and to nothing else.
var ownLinks = regexp.MustCompile(`\x1b\]8;;(https://(uccx1|uccx2|ccp)\.example\.com(:[0-9]+)?/[a-z/]*)?\x07`)

// foreign returns what must not be in a drawn window, or "".
func foreign(drawn string, w, h int) string {
	if !utf8.ValidString(drawn) {
		return "invalid UTF-8"
	}
	lines := strings.Split(ownLinks.ReplaceAllString(colours.ReplaceAllString(drawn, ""), ""), "\n")
	if len(lines) > h {
		return fmt.Sprintf("%d lines in a window of %d", len(lines), h)
	}
	for _, l := range lines {
		if layout.Width(l) > w {
			return fmt.Sprintf("%d cells in a window of %d: %.200q", layout.Width(l), w, l)
		}
		for _, r := range l {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				return fmt.Sprintf("%q in %.200q", r, l)
			}
		}
	}
	return ""
}

// poisoned is a session whose every word is hostile.
func poisoned(word string) *journal {
	name := func(i int) string { return fmt.Sprintf("uccx%d%.60s.example.com", i, strings.ToValidUTF8(word, "")) }
	c := change.Change{Name: word, Path: change.PathSigned, Unit: "tomcat", Solution: vos.Solution{Name: word, Clusters: []vos.Cluster{{Nodes: []vos.Node{
		{FQDN: name(1), Address: word, Product: vos.UCCX, Role: vos.Publisher}, {FQDN: name(2), Product: vos.UCCX, Role: vos.Subscriber}}}}}}
	seen := plan.Seen{About: &vos.About{Host: word, Domain: word, Version: word}, HostKey: &vos.HostKey{Type: word, Fingerprint: word}, Services: []vos.Service{{Name: word, State: word, Reason: word}},
		Members: []vos.Member{{IP: word, FQDN: word, Host: word, State: word}}, Identity: word, CSR: word, Trust: []vos.TrustFile{{Store: word, File: word, About: word}},
		Served: []plan.Served{{Port: 443, Serial: word, Version: word, Until: word, Names: []string{word}, Error: word}}, Findings: []plan.Finding{{Severity: "warning", What: msg.Verbatim(word), Next: msg.Verbatim(word), Rule: word}}, Files: []string{word}}
	j := new(journal).add(plan.KindOpened, "", "", c)
	for _, step := range []string{"login", "survey"} {
		j.add(plan.KindDone, step, name(1), seen).add(plan.KindDone, step, name(2), seen)
	}
	j.add(plan.KindAsked, "preflight", name(1), plan.Question{ID: plan.AskFindings, Text: msg.T("%s", word), Lines: msg.Verbatims([]string{word, word}), Means: msg.Verbatim(word), Kind: plan.Choice, Options: []plan.Option{{Value: "no", Label: msg.Verbatim(word)}, {Value: "yes", Label: msg.Verbatim(word)}}})
	return j.add(plan.KindFailed, "preflight", name(2), plan.Trouble{Class: "refused", What: msg.Verbatim(word), Said: word, Means: msg.Verbatim(word), Next: msg.Verbatim(word)})
}

// TestHostileWords: whatever nodes, certificates, files and sessions say, no screen sends an escape that is not ours, or
// draws more than its window; the emulator shows what was drawn, and nothing else happens to it.
func TestHostileWords(t *testing.T) {
	for _, word := range every(2, hostile()) {
		j := poisoned(word)
		p := mustPlan(t, j)
		all := map[string]screen{"plan": nil, "step": &stepView{id: "preflight"}, "survey": &stepView{id: "survey"}, "question": asking("", *p.Next().Question),
			"report": newReport(p, nil), "prove": &proveView{}, "trust": newTrust(p), "restarts": &detailView{about: pages.Env{Plan: p}.Restarts("")}, "login": newLogin(&env{View: draw.View{Theme: plainTheme()}}, p.Nodes()[0].FQDN)}
		for name, s := range all {
			for _, size := range [][2]int{{60, 18}, {80, 24}} {
				m := model(t, j, size[0], size[1])
				if s != nil {
					m.push(s)
				}
				m.Tell(true, "%s", "notice")
				m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				drawn := shown(m)
				if bad := foreign(drawn, size[0], size[1]); bad != "" {
					t.Errorf("%s with %.30q: %s", name, word, bad)
				}
				emulated(t, drawn, size[0], size[1])
			}
		}
	}
}

// emulated fails unless a terminal shows a drawn window as it is.
func emulated(t *testing.T, drawn string, w, h int) {
	t.Helper()
	e := vt.NewEmulator(w, h)
	titled := false
	e.SetCallbacks(vt.Callbacks{Title: func(string) { titled = true }, IconName: func(string) { titled = true }})
	_, _ = e.WriteString(strings.ReplaceAll(drawn, "\n", "\r\n"))
	if titled || e.IsAltScreen() {
		t.Error("a word gave the terminal an order")
	}
}

// TestHugeWord: a line of 1 MB is cut to what a window can show.
func TestHugeWord(t *testing.T) {
	word := strings.Repeat("M", 1<<20)
	m := model(t, opened3().all("login").all("survey").add(plan.KindFailed, "preflight", fqdns[0], plan.Trouble{Class: "refused", What: msg.Verbatim(word), Said: word, Means: msg.Verbatim(word), Next: msg.Verbatim(word)}), 80, 24)
	m.push(&stepView{id: "preflight"})
	if bad := foreign(shown(m), 80, 24); bad != "" {
		t.Error(bad)
	}
	if n := len(layout.Wrap(strings.Repeat("M", 1<<20), 80)); n > layout.MaxWrapped/80+2 {
		t.Errorf("%d lines are laid out for a window of 24", n)
	}
}

// TestHostilePaste: what is pasted is drawn as text.
func TestHostilePaste(t *testing.T) {
	for _, word := range every(3, hostile()) {
		for name, m := range screens(t, 80, 24) {
			m.Update(tea.PasteMsg{Content: word})
			if bad := foreign(shown(m), 80, 24); bad != "" {
				t.Errorf("%s with %.30q pasted: %s", name, word, bad)
			}
		}
	}
}

// FuzzScreens plays keys, pastes, sizes and ticks on every screen: no panic, nothing foreign, nothing larger than the
// window. Each two bytes are one event.
func FuzzScreens(f *testing.F) {
	f.Add(uint8(3), "jjkkqq?x\r", "pasted")
	f.Add(uint8(9), "\x01\x02\x03abc\x1b\x1b", "\x1b[2J")
	f.Add(uint8(12), strings.Repeat("ab", 40), hostile()[5])
	names := []string{"home", "plan", "step", "failed", "restart", "handover", "login", "prove", "trust", "help", "report", "form", "path", "chooser"}
	f.Fuzz(func(t *testing.T, which uint8, events, word string) {
		m := screens(t, 80, 24)[names[int(which)%len(names)]]
		for i := 0; i+1 < min(len(events), 120); i += 2 {
			event(m, events[i], events[i+1], word)
			if bad := foreign(shown(m), m.Width, m.Height); bad != "" {
				t.Fatalf("after %q at %dx%d: %s", events[:i+2], m.Width, m.Height, bad)
			}
		}
	})
}

// event is one thing that happens to a screen.
func event(m *Model, kind, value byte, word string) {
	codes := []rune{tea.KeyEnter, tea.KeyEscape, tea.KeyUp, tea.KeyDown, tea.KeyLeft, tea.KeyRight, tea.KeyTab, tea.KeyBackspace, tea.KeyDelete, tea.KeyHome, tea.KeyEnd, tea.KeyPgUp, tea.KeyPgDown, tea.KeyF1}
	switch kind % 6 {
	case 0:
		m.Update(tea.KeyPressMsg{Code: codes[int(value)%len(codes)]})
	case 1:
		m.Update(tea.KeyPressMsg{Code: rune(value%95) + ' ', Text: string(rune(value%95) + ' ')})
	case 2:
		m.Update(tea.PasteMsg{Content: word})
	case 3:
		m.Update(tea.WindowSizeMsg{Width: int(value), Height: int(value) / 3})
	case 4:
		m.Update(tickMsg{})
	case 5:
		m.Update(tea.KeyPressMsg{Code: 'a', Text: word})
	}
}
