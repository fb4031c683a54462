package files

import (
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/files/filestest"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

var (
	fqdns  = []string{"uccx1.example.com", "uccx2.example.com", "ccp.example.com"}
	monday = time.Date(2026, 11, 23, 1, 10, 0, 0, time.UTC)
)

// played is a chooser with what it gave to be taken.
type played struct {
	*Chooser
	t     testing.TB
	taken []cert.File
}

// on opens a chooser on a folder.
func on(t testing.TB, a *filestest.Authority, dir string) *played {
	t.Helper()
	var requests []cert.Request
	if a != nil {
		requests = a.Requests()
	}
	p := &played{Chooser: New(layout.NewTheme(false, lang.Localizer{}), requests, func(all []cert.File) cert.Verdict { return cert.Judge(requests, all, nil, monday) }, monday), t: t}
	p.dir = dir
	return p.follow(Open(dir))
}

// follow carries out a command and everything that follows from it, as the program would.
func (p *played) follow(cmd tea.Cmd) *played {
	for cmd != nil {
		var take []cert.File
		if take, cmd = p.Message(cmd()); take != nil {
			p.taken = take
		}
	}
	return p
}

// enter presses Enter.
func (p *played) enter() *played {
	take, cmd := p.Enter()
	if take != nil {
		p.taken = take
	}
	return p.follow(cmd)
}

// at selects a file by its name.
func (p *played) sel(name string) *played {
	p.t.Helper()
	for i, e := range p.entries {
		if e.name == name {
			p.Select(i)
			return p
		}
	}
	p.t.Fatalf("no file %q", name)
	return p
}

func (p *played) screen() string { return ansi.Strip(p.View(76, 20)) }

// TestFolders: a folder that cannot be opened is said in a line of its own; the old list stays under the old path.
func TestFolders(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.cer", "b.txt", "odd\x1b[2J"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("no certificate"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	c := on(t, nil, dir)
	if len(c.entries) != 5 || c.read != 5 || c.entries[1].name != "empty" {
		t.Fatalf("%d entries, %d read: %+v", len(c.entries), c.read, c.entries)
	}
	c.Message(folder{dir: "/home/\x1b[2Jsecret", err: &os.PathError{Op: "open", Path: "x", Err: syscall.EACCES}})
	view := c.View(76, 20)
	if c.dir != dir || len(c.entries) != 5 || !strings.Contains(view, "permission denied") || strings.Contains(view, "\x1b[2J") {
		t.Errorf("%s, %d entries\n%s", c.dir, len(c.entries), view)
	}
	c.follow(Open(filepath.Join(dir, "empty")))
	if !strings.Contains(c.screen(), "empty") || c.At() != 0 {
		t.Errorf("an empty folder:\n%s", c.screen())
	}
	c.follow(c.Parent())
	if c.dir != dir || c.at().name != "empty" {
		t.Errorf("the folder above selects %q in %s", c.at().name, c.dir)
	}
	c.follow(goTo(filepath.Join(dir, "a.cer")))
	if !c.chosen[filepath.Join(dir, "a.cer")] || c.dir != dir {
		t.Error("a path that was typed is not chosen")
	}
}

// TestMany: ten thousand files are listed, and only what is in sight is drawn; a filter finds one of them.
func TestMany(t *testing.T) {
	c := &Chooser{theme: layout.NewTheme(false, lang.Localizer{}), dir: "/x", chosen: map[string]bool{}, judged: 1, asked: 1, listed: true}
	for i := range 10000 {
		c.entries = append(c.entries, entry{name: fmt.Sprintf("%05d.cer", i)})
	}
	c.read = len(c.entries)
	for _, at := range []int{0, 1, 5000, 9998, 9999} {
		c.Select(at)
		if view := c.View(76, 18); strings.Count(view, "\n")+1 > 18 || !strings.Contains(view, fmt.Sprintf("%05d.cer", at)) {
			t.Errorf("at %d the mark is out of sight:\n%s", at, view)
		}
	}
	c.BeginFilter()
	c.Filter(tea.PasteMsg{Content: "07777"}, c.Rows(76))
	if c.at().name != "07777.cer" {
		t.Errorf("the filter finds %s", c.at().name)
	}
}

// BenchmarkChooser draws a list of ten thousand files.
func BenchmarkChooser(b *testing.B) {
	c := &Chooser{theme: layout.NewTheme(false, lang.Localizer{}), dir: "/x", chosen: map[string]bool{}, judged: 1, asked: 1, listed: true}
	for i := range 10000 {
		c.entries = append(c.entries, entry{name: fmt.Sprintf("%05d.cer", i)})
	}
	for i := 0; b.Loop(); i++ {
		c.Select(i % len(c.entries))
		c.View(76, 18)
	}
}

// TestReply: what belongs to the reply is chosen before any key is pressed; Enter takes nothing until all is there (SIG-3 to
// SIG-7), and then at once.
func TestReply(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	dir := a.Reply()
	c := on(t, a, dir).sel("a91f.cer")
	if c.enter(); c.taken != nil || c.Mode() != Why || !c.Faulty() {
		t.Fatalf("Enter took a reply that is incomplete: %d files\n%s", len(c.taken), c.screen())
	}
	c.ToList()
	a.Write(dir, "late.cer", a.Leaf(fqdns[2], 198))
	c.follow(Open(dir)).sel("a91f.cer").enter()
	if len(c.taken) != 4 {
		t.Fatalf("taken %d files\n%s", len(c.taken), c.screen())
	}
}

// TestKindColumn: what a file is stands apart from its name in every language, also where the word is longer than in English.
func TestKindColumn(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	dir := t.TempDir()
	a.Write(dir, "sub.crt", a.Sub)
	a.Write(dir, "root.crt", a.Root)
	for _, tag := range []string{"en", "pt-BR", "ja", "ko", "zh-Hant", "nl"} {
		say, err := lang.Open(tag)
		if err != nil {
			t.Fatal(err)
		}
		c := on(t, a, dir)
		c.theme = layout.NewTheme(false, say)
		if word := say.Say("intermediate"); !strings.Contains(c.screen(), word+" ") {
			t.Errorf("%s: no blank after %q\n%s", tag, word, c.screen())
		}
	}
}

// TestCompletesAChain: where CA certificates are missing, those that complete the chain are chosen before any key is pressed, and
// no others of the folder; with none chosen Enter says so and takes nothing.
func TestCompletesAChain(t *testing.T) {
	a, other := filestest.New(t, monday, fqdns...), filestest.New(t, monday, "other.example.com")
	dir, empty := t.TempDir(), t.TempDir()
	a.Write(dir, "top.pem", a.Root)
	a.Write(dir, "between.pem", a.Sub)
	other.Write(dir, "elsewhere.pem", other.Root)
	other.Write(empty, "elsewhere.pem", other.Root)
	leaf := a.Leaf(fqdns[0], 100)
	verdict := func(all []cert.File) cert.Verdict {
		var pool []*x509.Certificate
		for _, f := range all {
			for _, it := range f.Items {
				pool = append(pool, it.Cert)
			}
		}
		chain, err := cert.Build(leaf, pool)
		if err != nil {
			return cert.Verdict{Findings: []cert.Finding{{Severity: cert.Fault, What: msg.Verbatim(err.Error())}}}
		}
		return cert.Verdict{Chains: map[string]cert.Chain{fqdns[0]: chain}, Roots: chain.CAs[len(chain.CAs)-1:], Intermediates: chain.CAs[:len(chain.CAs)-1]}
	}
	p := &played{Chooser: NewChain(layout.NewTheme(false, lang.Localizer{}), verdict, monday), t: t}
	if p.follow(Open(empty)).sel("elsewhere.pem").enter(); p.taken != nil || p.Mode() != Listing || !strings.Contains(p.screen(), "No file is selected") {
		t.Errorf("Enter with no file selected:\n%s", p.screen())
	}
	p.follow(Open(dir)).sel("between.pem").enter()
	var names []string
	for _, f := range p.taken {
		names = append(names, filepath.Base(f.Name))
	}
	if got := strings.Join(names, " "); got != "between.pem top.pem" {
		t.Errorf("taken %q\n%s", got, p.screen())
	}
}

// TestEnterTooEarly: Enter before the folder is listed neither takes nor explains anything, whatever comes after it; and files
// that are being taken are not taken once more.
func TestEnterTooEarly(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	dir := a.Reply()
	a.Write(dir, "late.cer", a.Leaf(fqdns[2], 198))
	requests := a.Requests()
	p := &played{Chooser: New(layout.NewTheme(false, lang.Localizer{}), requests, func(all []cert.File) cert.Verdict { return cert.Judge(requests, all, nil, monday) }, monday), t: t}
	p.enter()
	if p.follow(Open(dir)); p.taken != nil || p.Mode() != Listing {
		t.Errorf("%d files are taken, the mode is %d", len(p.taken), p.Mode())
	}
	p.sel("late.cer").enter()
	first := len(p.taken)
	p.taken = nil
	if p.enter(); first != 4 || p.taken != nil {
		t.Errorf("%d files are taken, then %d", first, len(p.taken))
	}
	p.Refused()
	if p.enter(); len(p.taken) != 4 {
		t.Errorf("after a refusal %d files are taken", len(p.taken))
	}
}

// TestPartOfAReply: files that do not answer everything are taken where a person can be asked about them, and explained where not.
func TestPartOfAReply(t *testing.T) {
	for _, partly := range []bool{true, false} {
		a := filestest.New(t, monday, fqdns...)
		dir := a.Reply() // one certificate is missing
		requests := a.Requests()
		c := New(layout.NewTheme(false, lang.Localizer{}), requests, func(all []cert.File) cert.Verdict { return cert.Judge(requests, all, nil, monday) }, monday)
		c.Partly = func(all []cert.File, v cert.Verdict) bool { return partly && len(all) > 0 && !v.OK() }
		p := &played{Chooser: c, t: t}
		p.follow(Open(dir))
		keys := Keys(c, Doing{})
		if p.enter(); (p.taken != nil) != partly || (p.Mode() == Why) == partly {
			t.Errorf("partly %v: %d files are taken, the mode is %d\n%s", partly, len(p.taken), p.Mode(), p.screen())
		}
		if says := map[bool]string{true: "use what is right", false: "show errors"}[partly]; keys[0].Help().Desc != says {
			t.Errorf("Enter says %q, want %q", keys[0].Help().Desc, says)
		}
	}
}

// TestJudgedOutside: choosing a file judges nothing by itself: a command does, and Enter waits for it. A verdict on files that
// are no longer the chosen ones is dropped.
func TestJudgedOutside(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	dir := a.Reply()
	a.Write(dir, "late.cer", a.Leaf(fqdns[2], 198))
	c, judged := on(t, a, dir), 0
	verdict := c.verdict
	c.verdict = func(all []cert.File) cert.Verdict { judged++; return verdict(all) }
	c.sel("late.cer")
	first := c.Toggle()
	if _, ready := c.Verdict(); judged != 0 || first == nil || ready {
		t.Fatalf("a key judged %d times; a verdict is ready: %v", judged, ready)
	}
	second := c.Toggle()
	take, enter := c.Enter()
	if take != nil || judged != 0 {
		t.Fatal("Enter did not wait for the verdict")
	}
	for _, late := range []tea.Cmd{first, second} {
		if take, _ := c.Message(late()); take != nil {
			t.Error("files were taken on a verdict that is not of them")
		}
	}
	if c.follow(enter); len(c.taken) != 4 {
		t.Errorf("%d files are taken", len(c.taken))
	}
}

// TestKeepsWhatIsChosen: files chosen in a folder stay chosen in the next one; what no person chose does not.
func TestKeepsWhatIsChosen(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	first, second := a.Reply(), t.TempDir()
	a.Write(second, "late.cer", a.Leaf(fqdns[2], 198))
	c := on(t, a, first).follow(Open(second))
	if elsewhere(c.chosen, c.dir) != 0 || !c.chosen[filepath.Join(second, "late.cer")] {
		t.Errorf("preselected: %v", c.chosen)
	}
	c.follow(Open(first)).sel("old.cer")
	c.follow(c.Toggle())
	c.follow(c.Toggle())
	c.follow(Open(second))
	c.chosen[filepath.Join(second, "late.cer")] = true
	if err := os.Remove(filepath.Join(first, "a91f.cer")); err != nil { // what was read is judged, also when it is gone
		t.Fatal(err)
	}
	if c.follow(c.judge()); elsewhere(c.chosen, c.dir) != 3 || !c.found.OK() {
		t.Errorf("%d of elsewhere, %+v", elsewhere(c.chosen, c.dir), c.found.Findings)
	}
	if c.follow(Open(first)); c.chosen[filepath.Join(first, "a91f.cer")] {
		t.Error("a file that is gone is still chosen")
	}
}

// TestSpace: a file that holds something is chosen, others say why not; all are chosen, and none.
func TestSpace(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	c := on(t, a, a.Reply())
	for _, e := range c.entries {
		c.sel(e.name)
		before := c.chosen[filepath.Join(c.dir, e.name)]
		c.follow(c.Toggle())
		changed := c.chosen[filepath.Join(c.dir, e.name)] != before
		if holds := e.file != nil && len(e.file.Items) > 0; changed != holds || !holds && !e.dir && c.err == "" {
			t.Errorf("%q: chosen %v, %q", e.name, changed, c.err)
		}
	}
	if c.follow(c.All()); len(c.Chosen()) != 5 {
		t.Errorf("all: %d files", len(c.Chosen()))
	}
	if c.follow(c.All()); len(c.Chosen()) != 0 {
		t.Errorf("none: %d files", len(c.Chosen()))
	}
}

// TestPath: a typed path is completed as far as there is one way to go; what is no file does not stop the program.
func TestPath(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	dir := a.Reply()
	if err := os.Mkdir(filepath.Join(dir, "año"), 0o700); err != nil {
		t.Fatal(err)
	}
	a.WriteFile(dir, "añil.cer", nil)
	c := on(t, a, dir)
	c.TypePath()
	for typed, want := range map[string]string{"chai": "chain.p7b", "a9": "a9", "a": "a", "añ": "añ", "año": "año/", "none": "none"} {
		c.path.SetText(filepath.Join(dir, typed))
		if c.follow(c.Complete()); c.path.Text() != dir+"/"+want {
			t.Errorf("%s: %s", typed, c.path.Text())
		}
		if several := typed == "a9" || typed == "a" || typed == "añ"; several != (c.hint != "") {
			t.Errorf("%s: hint %q", typed, c.hint)
		}
	}
	c.path.SetText("'" + filepath.Join(dir, "old.cer") + "'")
	if c.follow(c.Go()); c.Mode() != Listing || c.at().name != "old.cer" || !c.chosen[filepath.Join(dir, "old.cer")] {
		t.Errorf("at %s, chosen %v", c.at().name, c.chosen)
	}
	other := t.TempDir()
	for _, pasted := range []string{other, "'" + other + "'"} { // behind the folder that the field begins with
		c.TypePath()
		c.path.SetText(c.path.Text() + pasted)
		if c.follow(c.Go()); c.err != "" || c.dir != other {
			t.Errorf("pasted %s: in %s, %q", pasted, c.dir, c.err)
		}
		c.follow(Open(dir))
	}
	for _, path := range []string{os.DevNull, filepath.Join(dir, "none")} {
		c.TypePath()
		c.path.SetText(path)
		if c.follow(c.Go()); c.err == "" || c.dir != dir {
			t.Errorf("%s: %q, in %s", path, c.err, c.dir)
		}
	}
}

// TestClimbs: where the first folder does not open, the nearest above it does, and the reason is said.
func TestClimbs(t *testing.T) {
	dir := t.TempDir()
	if c := on(t, nil, filepath.Join(dir, "gone", "too")); c.dir != dir || c.err == "" {
		t.Errorf("in %s, %q", c.dir, c.err)
	}
}

// TestStart: the first folder is where downloads are, or the home folder.
func TestStart(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	if m := Start()().(folder); m.dir != home {
		t.Errorf("%+v", m)
	}
	if err := os.Mkdir(filepath.Join(home, "Downloads"), 0o700); err != nil {
		t.Fatal(err)
	}
	if m := Start()().(folder); m.dir != filepath.Join(home, "Downloads") {
		t.Errorf("%+v", m)
	}
}

// TestReads: Enter while files are still read takes nothing, and says so.
func TestReads(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	c := on(t, a, a.Reply()).sel("a920.CER")
	c.read = 2
	if c.enter(); c.taken != nil || c.err == "" {
		t.Errorf("%d taken, %q", len(c.taken), c.err)
	}
	if _, cmd := c.Message(contents{dir: c.dir, from: 0}); cmd != nil || c.read != 2 {
		t.Error("a late answer was taken")
	}
}

// TestPasted: a PEM text is taken however the terminal hands it over; one that is no certificate is said to be none.
func TestPasted(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	text := string(cert.PEM(a.Leaf(fqdns[2], 198)))
	c := on(t, a, a.Reply())
	paste := func(text string) {
		_, cmd := c.Message(tea.PasteMsg{Content: text})
		c.follow(cmd)
	}
	if paste("Dear customer"); len(c.pasted) != 0 || c.err == "" {
		t.Errorf("%d pasted, %q", len(c.pasted), c.err)
	}
	if paste(text); len(c.pasted) != 1 || !c.found.OK() {
		t.Fatalf("%d pasted, %+v", len(c.pasted), c.found.Findings)
	}
	c.follow(c.DropPasted())
	now := monday
	for name, keys := range map[string]string{"line by line": text, "line ends lost": strings.ReplaceAll(text, "\n", "")} {
		c.pasted = nil
		now = now.Add(time.Second)
		c.BeginPaste("", now)
		for _, r := range strings.TrimSuffix(keys, "\n") {
			k := tea.KeyPressMsg{Code: r, Text: string(r)}
			if r == '\n' {
				k = tea.KeyPressMsg{Code: tea.KeyEnter}
			}
			c.follow(c.TypePaste(k, now))
		}
		if c.Mode() != Pasting || len(c.pasted) != 0 || !strings.Contains(c.screen(), "END lines so far: 1") {
			t.Fatalf("%s: %v, %d pasted\n%s", name, c.Mode(), len(c.pasted), c.screen())
		}
		now = now.Add(time.Second)
		c.follow(c.TypePaste(tea.KeyPressMsg{Code: tea.KeyEnter}, now))
		if c.Mode() != Listing || len(c.pasted) != 1 || !c.found.OK() {
			t.Errorf("%s: %v, %d pasted, %q", name, c.Mode(), len(c.pasted), c.err)
		}
	}
	c.BeginPaste("-", now)
	if c.ToList(); c.Mode() != Listing || len(c.pasted) != 1 {
		t.Error("the text was taken by leaving it")
	}
}

// TestSizes: the full chooser, its findings and its paste page fit every window, with the mark in sight.
func TestSizes(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	dir := a.Reply()
	for i := range 40 {
		a.Write(dir, fmt.Sprintf("many-%d.cer", i), a.Root)
	}
	for _, size := range [][2]int{{56, 13}, {76, 20}, {196, 45}} {
		c := on(t, a, dir).sel("old.cer")
		for name, do := range map[string]func(){"list": func() {}, "why": c.Explain, "paste": func() { c.BeginPaste("", monday) }, "path": c.TypePath} {
			c.ToList()
			do()
			lines := strings.Split(ansi.Strip(c.View(size[0], size[1])), "\n")
			for _, l := range lines {
				if layout.Width(l) > size[0] {
					t.Errorf("%s at %v: %d cells: %q", name, size, layout.Width(l), l)
				}
			}
			if len(lines) > size[1] || name == "list" && !strings.Contains(strings.Join(lines, "\n"), "old.cer") {
				t.Errorf("%s at %v: %d lines\n%s", name, size, len(lines), strings.Join(lines, "\n"))
			}
		}
	}
}

// TestRefusedFilesAreMarked: before a person chose, nothing is red; a chosen file that the node would refuse is marked without colour,
// with the reason in its line, and is not called one that matches.
func TestRefusedFilesAreMarked(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	dir := a.Reply()
	red := "\x1b[31m"
	c := on(t, a, dir)
	for line := range strings.Lines(c.View(78, 20)) {
		if strings.Contains(line, red) && !strings.Contains(line, "old.cer") && !strings.Contains(line, "oops.key") {
			t.Errorf("red before a choice: %q", line)
		}
	}
	a.Write(dir, "late.cer", a.Leaf(fqdns[2], -3))
	c.follow(Open(dir)).sel("late.cer")
	c.follow(c.Toggle())
	c.follow(c.Toggle())
	line := ""
	for l := range strings.Lines(c.screen()) {
		if strings.Contains(l, "late.cer") && strings.Contains(l, "[x]") {
			line = l
		}
	}
	if !strings.Contains(line, "[x]!") || !strings.Contains(line, "refused: ") || strings.Contains(line, "matches ccp") {
		t.Errorf("the line of a refused file is %q\n%s", line, c.screen())
	}
	if !strings.Contains(c.View(78, 20), red+"error") {
		t.Error("after a choice the error is not red")
	}
}
