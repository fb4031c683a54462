package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
)

var fqdns = []string{"uccx1.example.com", "uccx2.example.com", "ccp.example.com"}

// played is a form with what became of it.
type played struct {
	*Form
	t    *testing.T
	got  *change.Change
	told string
}

func begin(t *testing.T) *played {
	return &played{Form: New(layout.NewTheme(false, lang.Localizer{})), t: t}
}

// press plays keys as the screen does: the named ones, and letters.
func (p *played) press(keys ...string) *played {
	codes := map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown, "home": tea.KeyHome, "end": tea.KeyEnd, "left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace}
	for _, k := range keys {
		var err error
		switch code, named := codes[k]; {
		case k == "enter":
			var c *change.Change
			if c, err = p.Enter(); c != nil {
				p.got = c
			}
		case k == "tab":
			err = p.Next()
		case k == "shift+tab":
			p.Back()
		case named:
			p.Update(tea.KeyPressMsg{Code: code})
		default:
			for _, r := range k {
				p.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
		if p.told = ""; err != nil {
			p.told = err.Error()
		}
	}
	return p
}

func (p *played) sees(words ...string) {
	p.t.Helper()
	screen := strings.ReplaceAll(ansi.Strip(p.View(76, 20)), layout.CursorMark, "") + p.told
	if n := strings.Count(screen, "\n"); n > 19 {
		p.t.Errorf("%d lines", n+1)
	}
	for _, w := range words {
		if !strings.Contains(screen, w) {
			p.t.Fatalf("%q is not seen on\n%s", w, screen)
		}
	}
}

// filled is the form with a UCCX pair and CCP, at the question what the fourth node is.
func filled(t *testing.T) *played {
	t.Helper()
	return begin(t).press("HQ", "enter", "enter", "enter", fqdns[0], "enter", "enter", "enter", fqdns[1], "enter", "enter", "enter", fqdns[2], "enter", "enter")
}

// TestTypedAhead: a whole form that comes in one write, as from a slow line, reaches the fields it was meant for; a name
// that is refused is asked for until it is right, however many Enters come.
func TestTypedAhead(t *testing.T) {
	p := begin(t).press("enter", "enter", "enter", "uccx1.example.com", "enter", "enter", "enter", "uccx2.example.com", "enter", "10.0.0.5 22=40022", "enter", "enter", "enter", "enter")
	if p.at != 9 || !strings.Contains(p.told, "Enter the full name") {
		t.Fatalf("a name that is missing was taken: field %d, %q", p.at, p.told)
	}
	p.press("ccp.example.com", "enter", "enter", "enter")
	if p.got == nil {
		t.Fatalf("it does not begin: %q\n%s", p.told, p.View(76, 20))
	}
	s := p.got.Solution
	if p.got.Name != UsualName || len(s.Clusters) != 2 || s.Clusters[0].Nodes[1].FQDN != "uccx2.example.com" || s.Clusters[0].Nodes[1].Address != "10.0.0.5" || s.Clusters[1].Nodes[0].FQDN != "ccp.example.com" || p.got.Path != change.PathSigned {
		t.Errorf("got %+v", p.got)
	}
}

// TestTwoEnters: on every field, two Enters take no more than the field and what an Enter alone answers behind it; a field
// that refuses stands there after any number of them.
func TestTwoEnters(t *testing.T) {
	p := filled(t)
	total := len(p.fields(p.theme))
	for at := range total {
		p := filled(t)
		p.to(at)
		if !p.Text() || p.asked.line == lineName || strings.Contains(p.asked.ask, "optional") {
			continue
		}
		for range 80 {
			p.press("backspace")
		}
		p.press("enter", "enter", "enter")
		if p.at != at || p.told == "" {
			t.Errorf("field %d (%s): three Enters on nothing lead to field %d", at, p.asked.ask, p.at)
		}
		p.press("node.example.com", "enter")
		if p.at != at+1 {
			t.Errorf("field %d does not take a name: %q", at, p.told)
		}
	}
}

// TestPassingChangesNothing: going through all fields in both directions, and moving the marks of lists without taking them,
// leaves the change as it was.
func TestPassingChangesNothing(t *testing.T) {
	p := filled(t)
	before := p.values
	for range 20 {
		p.press("up", "up", "shift+tab")
	}
	if p.at != 0 {
		t.Fatalf("shift+tab leads to field %d", p.at)
	}
	for range 20 {
		p.press("down", "up", "up", "tab")
	}
	if p.values.nodes != before.nodes || p.values.path != before.path || p.values.name != before.name {
		t.Errorf("passing changed %+v\ninto %+v", before, p.values)
	}
}

// TestTextInTheMiddle: a name is corrected where it is wrong.
func TestTextInTheMiddle(t *testing.T) {
	p := begin(t).press("HQ rnewal", "left", "left", "left", "left", "left", "e", "home", "the ", "enter")
	if p.values.name != "the HQ renewal" {
		t.Errorf("got %q", p.values.name)
	}
}

// TestTwiceTheSameName is told in the field where it is typed.
func TestTwiceTheSameName(t *testing.T) {
	p := begin(t).press("HQ", "enter", "enter", "enter", fqdns[0], "enter", "enter", "enter", strings.ToUpper(fqdns[0]), "enter")
	if p.told != fqdns[0]+" is already node 1" || p.at != 6 {
		t.Errorf("field %d: %q", p.at, p.told)
	}
	p.press("shift+tab", "tab", "tab") // it was kept as it stands, and is refused again
	if p.at != 6 || p.told == "" {
		t.Errorf("field %d: %q", p.at, p.told)
	}
}

// TestBackAndForth: kinds and paths are chosen by the arrows, a field can be gone back to, and nodes can be taken out.
func TestBackAndForth(t *testing.T) {
	p := begin(t).press("enter", "down", "enter")
	if p.values.path == change.PathSigned {
		t.Error("the arrow chooses no path")
	}
	p.press("shift+tab", "home", "enter", "down", "down", "enter", fqdns[0], "enter", "enter", "home", "enter")
	if len(p.fields(p.theme)) != 6 || p.values.nodes[0].kind != 2 || p.got == nil {
		t.Errorf("%d fields, kind %d: a single node and no more were wanted", len(p.fields(p.theme)), p.values.nodes[0].kind)
	}
	p.Back()
	p.Update(tea.PasteMsg{Content: " 10.0.0.5\n22=40022 "})
	p.press("enter")
	if got := strings.Join(strings.Fields(p.values.nodes[0].address), " "); got != "10.0.0.5 22=40022" {
		t.Errorf("pasted %q", got)
	}
	p.values.nodes[0].fqdn = ""
	if _, err := p.values.Change(); err == nil {
		t.Error("a node without a name is taken")
	}
}

// TestFilterOfKinds: a kind among nineteen is found by its letters, and Enter takes it; Esc leaves the filter alone.
func TestFilterOfKinds(t *testing.T) {
	p := begin(t).press("enter", "enter", "/", "cuic sec")
	if !p.Typing() {
		t.Fatal("it does not filter")
	}
	p.press("enter")
	if k := kinds()[p.values.nodes[0].kind]; k.product != vos.CUIC || k.role != vos.Subscriber || p.at != 3 {
		t.Errorf("took %+v, at field %d", k, p.at)
	}
	p = begin(t).press("enter", "enter", "/", "zzz", "enter")
	if p.told == "" || p.at != 2 || !p.Cancel() || p.Cancel() || p.press("enter").at != 3 {
		t.Errorf("a filter that nothing fits: %q, field %d", p.told, p.at)
	}
}

// TestSaysMore: neighbours, servers, a subset and a shared certificate are said behind the nodes, and a change that has
// nothing of the kind sees no field of them.
func TestSaysMore(t *testing.T) {
	p := filled(t)
	p.sees("▸ Done")
	if !p.Ends() {
		t.Error("Enter does not say that it makes the plan")
	}
	p.press("down", "enter")
	p.sees("More options", "▸ None", "Peer")
	p.press("down", "enter", "enter", "cucm1.example.com", "enter", "enter")
	p.sees("Peer      Unified CM publisher  cucm1.example.com", "▸ None")
	p.press("down", "down", "enter", "api.example.net:8443", "enter", "10.0.0.9", "enter", "end", "up", "enter", "enter")
	p.sees("Scripts   api.example.net:8443 10.0.0.9", "Shared    one certificate for uccx1, uccx2", "▸ None")
	p.press("down", "down", "down", "enter")
	p.sees("[x] UCCX publisher")
	p.press("down", "down", " ", "enter")
	p.sees("Replace   only uccx1, uccx2")
	p.press("enter")
	if p.got == nil {
		t.Fatalf("it does not begin: %q", p.told)
	}
	s := p.got.Solution
	if len(s.Peers) != 1 || s.Peers[0].FQDN != "cucm1.example.com" || s.Peers[0].Product != vos.CUCM || s.Peers[0].Role != vos.Publisher {
		t.Errorf("neighbours %+v", s.Peers)
	}
	if want := (vos.Target{Host: "api.example.net", Port: 8443, Dial: "10.0.0.9:8443"}); len(s.Targets) != 1 || s.Targets[0] != want {
		t.Errorf("targets %+v", s.Targets)
	}
	if !slices.Equal(p.got.Replace, fqdns[:2]) || !p.got.MultiServer || len(s.Nodes()) != 3 {
		t.Errorf("replace %v, multi-server %v, %d nodes", p.got.Replace, p.got.MultiServer, len(s.Nodes()))
	}
}

// TestSaysWhyNot: what does not go with the change so far says why, and what was said can be taken out again.
func TestSaysWhyNot(t *testing.T) {
	p := filled(t).press("down", "enter", "down", "down", "down", "enter")
	p.sees("Nodes that get a new certificate")
	p.press(" ", "down", " ", "down", " ", "enter")
	p.sees("Select at least one node")
	p.press(" ", "enter", "end", "up")
	p.sees("not available: Needs a UCCX publisher and its subscriber")
	p.press("enter")
	p.sees("Needs a UCCX publisher and its subscriber")
	p.press("home", "down", "enter", "home", "enter") // a neighbour, and none after all
	p.sees("Peer      removed")
	p.press("home", "down", "down", "enter", "enter", "enter") // a server without a name is none
	if p.got == nil || len(p.got.Solution.Peers)+len(p.got.Solution.Targets) != 0 || !slices.Equal(p.got.Replace, fqdns[2:]) {
		t.Fatalf("%+v", p.got)
	}
	p.values.path = change.PathThirdParty
	if _, err := p.values.Change(); err != ErrNoServer {
		t.Errorf("the path of a server without a server: %v", err)
	}
}

// TestKeptWhenLeft: a text that was not taken yet is in the form when it comes back.
func TestKeptWhenLeft(t *testing.T) {
	p := begin(t)
	if p.Begun() {
		t.Error("an empty form is worth keeping")
	}
	p.press("HQ")
	if !p.Begun() || p.Name() != "HQ" {
		t.Errorf("kept %q", p.Name())
	}
}

// TestEveryKind: whatever can be chosen makes a change of that product and place.
func TestEveryKind(t *testing.T) {
	for i, k := range kinds() {
		if k.role == vos.Subscriber {
			continue
		}
		v := NewValues("x", change.PathSigned)
		v.nodes[0] = node{fqdn: "a.example.com", kind: i}
		c, err := v.Change()
		if err != nil || c.Solution.Nodes()[0].Product != k.product || c.Solution.Nodes()[0].Role != k.role {
			t.Errorf("%s: %+v, %v", k.label, c.Solution, err)
		}
	}
}

// TestAddresses: what a person may type where a node is dialled.
func TestAddresses(t *testing.T) {
	for text, want := range map[string]string{"": " map[]", "10.0.0.5": "10.0.0.5 map[]", "jump:2022": "jump map[22:jump:2022]", "127.0.0.1 22=40022 8443=40843": "127.0.0.1 map[22:127.0.0.1:40022 8443:127.0.0.1:40843]"} {
		host, ports, err := ParseAddress(text)
		if got := fmt.Sprint(host, " ", ports); err != nil || got != want {
			t.Errorf("%q: %s, want %s, %v", text, got, want, err)
		}
	}
	for _, bad := range []string{"h 22", "h 0=5", "h 70000=1", "h a=b"} {
		if _, _, err := ParseAddress(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// TestPublicCA: nodes whose certificate a public CA signs are marked in the form; CCP is marked already (PRE-7). A private name is
// refused, and tasks in which no CA signs do not offer it.
func TestPublicCA(t *testing.T) {
	p := filled(t).press("down", "enter").press("down", "down", "down", "down", "down", "enter")
	p.sees("Nodes with a certificate from a public CA", "[x] CCP", "[ ] UCCX publisher")
	p.press("enter").sees("Public CA", "ccp")
	p.press("enter")
	if p.got == nil {
		t.Fatalf("no plan: %s", p.told)
	}
	for _, n := range p.got.Solution.Nodes() {
		if (n.CA == vos.PublicCA) != (n.Product == vos.CCP) {
			t.Errorf("%s: CA %q", n.FQDN, n.CA)
		}
	}
	for _, path := range []string{change.PathSelfSigned, change.PathRegenerate, change.PathCleanup, change.PathThirdParty} {
		p.values.path, p.values.extra = path, nil
		if p.values.offBecause(extraPublic) == "" {
			t.Errorf("%s offers a public CA", path)
		}
	}
	p.values.path, p.values.nodes[2].fqdn = change.PathSigned, "ccp.corp.local"
	if _, err := p.values.Change(); err == nil || !strings.Contains(err.Error(), "private name") {
		t.Errorf("a private name: %v", err)
	}
}

// TestPublicCAInLine: in line mode the nodes are named, or those with chat are meant.
func TestPublicCAInLine(t *testing.T) {
	theme := layout.NewTheme(false, lang.Localizer{})
	for _, c := range []struct{ words, want string }{{"u", "ccp.example.com"}, {"u uccx1", "uccx1.example.com"}, {"u uccx1 ccp.example.com", "uccx1.example.com ccp.example.com"}, {"u other", ""}} {
		v := filled(t).values
		err := v.AddExtra(theme, strings.Fields(c.words))
		if got := strings.Join(v.public(), " "); got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q, %v", c.words, got, err)
		}
	}
}
