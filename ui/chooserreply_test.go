package ui

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// authority is a CA of two floors that answers CSRs of the three nodes.
type authority struct {
	t         testing.TB
	root, sub *x509.Certificate
	rootKey   *ecdsa.PrivateKey
	subKey    *ecdsa.PrivateKey
	keys      map[string]*ecdsa.PrivateKey
	serial    int64
}

func newAuthority(t testing.TB) *authority {
	a := &authority{t: t, keys: map[string]*ecdsa.PrivateKey{}}
	ca := func(name string) *x509.Certificate {
		return &x509.Certificate{Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
			NotBefore: monday.AddDate(-1, 0, 0), NotAfter: monday.AddDate(9, 0, 0)}
	}
	a.rootKey, a.subKey = a.key(), a.key()
	a.root = a.sign(ca("Example Root G2"), nil, a.rootKey, a.rootKey)
	a.sub = a.sign(ca("Example Issuing CA 3"), a.root, a.subKey, a.rootKey)
	for _, n := range fqdns {
		a.keys[n] = a.key()
	}
	return a
}

func (a *authority) key() *ecdsa.PrivateKey {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	return k
}

func (a *authority) sign(tpl, parent *x509.Certificate, key, by *ecdsa.PrivateKey) *x509.Certificate {
	a.serial++
	tpl.SerialNumber = big.NewInt(a.serial)
	if parent == nil {
		parent = tpl
	}
	der, err := x509.CreateCertificate(rand.Reader, tpl, parent, &key.PublicKey, by)
	if err != nil {
		a.t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return c
}

// leaf is a certificate for a node, until some days after monday.
func (a *authority) leaf(node string, key *ecdsa.PrivateKey, days int) *x509.Certificate {
	return a.sign(&x509.Certificate{Subject: pkix.Name{CommonName: node}, DNSNames: []string{node}, NotBefore: monday.AddDate(0, 0, -200), NotAfter: monday.AddDate(0, 0, days),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageDataEncipherment | x509.KeyUsageKeyAgreement, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}, a.sub, key, a.subKey)
}

// waiting is a session that waits for this CA.
func (a *authority) waiting() *journal {
	j := opened3().all("login").all("survey").all("preflight")
	for _, n := range fqdns {
		der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{Subject: pkix.Name{CommonName: n}, DNSNames: []string{n}}, a.keys[n])
		if err != nil {
			a.t.Fatal(err)
		}
		j.add(plan.KindDone, "csr", n, plan.Seen{CSR: string(cert.RequestPEM(der))})
	}
	return j.add(plan.KindDone, "outbox", "", plan.Seen{}).add(plan.KindAnswered, "handover", "", plan.Answer{Question: "handed", Value: "yes"}).add(plan.KindDone, "handover", "", plan.Seen{})
}

func (a *authority) write(dir, name string, certs ...*x509.Certificate) string {
	var text []byte
	for _, c := range certs {
		text = append(text, cert.PEM(c)...)
	}
	return write(a.t, dir, name, text)
}

func write(t testing.TB, dir, name string, data []byte) string {
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// reply is a folder as it comes from the CA: odd names, other files between them, the CCP's certificate not there.
func (a *authority) reply() string {
	dir := a.t.TempDir()
	a.write(dir, "a91f.cer", a.leaf(fqdns[0], a.keys[fqdns[0]], 198))
	write(a.t, dir, "a920.CER", a.leaf(fqdns[1], a.keys[fqdns[1]], 198).Raw) // DER
	a.write(dir, "chain.p7b", a.sub, a.root)
	a.write(dir, "old.cer", a.leaf(fqdns[0], a.key(), -3))
	write(a.t, dir, "notes \u202efdp.txt", []byte("certificates attached"))
	write(a.t, dir, "oops.key", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("x")}))
	return dir
}

// at opens the chooser on a folder.
func at(t testing.TB, m *Model, dir string) *chooser {
	c, cmd := newChooser(&m.face, dir)
	m.stack = append(m.stack, c)
	follow(c, m, cmd)
	return c
}

func press(c *chooser, m *Model, keys ...string) wish {
	var last wish
	for _, k := range keys {
		msg := tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
		if code, ok := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "down": tea.KeyDown, "up": tea.KeyUp, "end": tea.KeyEnd}[k]; ok {
			msg = tea.KeyPressMsg{Code: code}
		}
		w, cmd := c.update(&m.face, msg)
		follow(c, m, cmd)
		last = w
	}
	return last
}

// TestChooserReply: what belongs to the reply is chosen before any key is pressed; what is missing is said with its cure;
// Enter takes nothing until all is there (SIG-3 to SIG-7).
func TestChooserReply(t *testing.T) {
	a := newAuthority(t)
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		m := model(t, a.waiting(), size[0], size[1])
		dir := a.reply()
		c := at(t, m, dir)
		c.at = 2
		golden(t, "reply-"+strconv.Itoa(size[0])+"x"+strconv.Itoa(size[1])+".golden", strings.ReplaceAll(ansi.Strip(m.draw()), tailOf(m, dir), "DIR")+"\n")
		if w := press(c, m, "enter"); w != nil || !c.why {
			t.Fatalf("Enter took a reply that is incomplete: %v", w)
		}
		golden(t, "why-"+strconv.Itoa(size[0])+"x"+strconv.Itoa(size[1])+".golden", strings.ReplaceAll(ansi.Strip(m.draw()), tailOf(m, dir), "DIR")+"\n")
		press(c, m, "x")
		a.write(dir, "late.cer", a.leaf(fqdns[2], a.keys[fqdns[2]], 198))
		follow(c, m, openFolder(dir))
		w, ok := press(c, m, "end", "enter").(taken)
		if !ok || len(w.files) != 4 {
			t.Fatalf("taken %d files, ok %v\n%s", len(w.files), ok, ansi.Strip(m.draw()))
		}
	}
}

// tailOf is a folder as the head of the list shows it, which differs from run to run.
func tailOf(m *Model, dir string) string {
	w, _ := m.room()
	return m.Middle(dir, w-len("Load the CA's reply")-2)
}

// TestChooserKeepsWhatIsChosen: files chosen in a folder stay chosen in the next one; what nobody chose does not.
func TestChooserKeepsWhatIsChosen(t *testing.T) {
	a := newAuthority(t)
	m := model(t, a.waiting(), 80, 24)
	first, second := a.reply(), t.TempDir()
	a.write(second, "late.cer", a.leaf(fqdns[2], a.keys[fqdns[2]], 198))
	c := at(t, m, first)
	follow(c, m, openFolder(second))
	if c.elsewhere() != 0 || !c.chosen[filepath.Join(second, "late.cer")] {
		t.Errorf("preselected: %v", c.chosen)
	}
	follow(c, m, openFolder(first))
	press(c, m, "end", "space", "space") // a person chooses
	follow(c, m, openFolder(second))
	c.chosen[filepath.Join(second, "late.cer")] = true
	if err := os.Remove(filepath.Join(first, "a91f.cer")); err != nil { // what was read is judged, also when it is gone
		t.Fatal(err)
	}
	if c.judge(&m.face); c.elsewhere() != 3 || !c.verdict.OK() {
		t.Errorf("%d of elsewhere, %+v", c.elsewhere(), c.verdict.Findings)
	}
	follow(c, m, openFolder(first))
	if c.chosen[filepath.Join(first, "a91f.cer")] {
		t.Error("a file that is gone is still chosen")
	}
}

// TestChooserSpace: space chooses what holds something, says of other files why not; a chooses all, and none.
func TestChooserSpace(t *testing.T) {
	a := newAuthority(t)
	m := model(t, a.waiting(), 80, 24)
	c := at(t, m, a.reply())
	for i, e := range c.entries {
		c.at = i
		before := c.chosen[filepath.Join(c.dir, e.name)]
		press(c, m, "space")
		changed := c.chosen[filepath.Join(c.dir, e.name)] != before
		if holds := e.file != nil && len(e.file.Items) > 0; changed != holds || !holds && !e.dir && c.err == "" {
			t.Errorf("%q: chosen %v, %q", e.name, changed, c.err)
		}
	}
	press(c, m, "a")
	if n := len(c.files()); n != 5 {
		t.Errorf("all: %d files", n)
	}
	press(c, m, "a")
	if n := len(c.files()); n != 0 {
		t.Errorf("none: %d files", n)
	}
}

// TestChooserPath: a typed path is completed as far as there is one way to go; what is no file does not stop the program.
func TestChooserPath(t *testing.T) {
	a := newAuthority(t)
	m := model(t, a.waiting(), 80, 24)
	dir := a.reply()
	if err := os.Mkdir(filepath.Join(dir, "año"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "añil.cer", nil)
	c := at(t, m, dir)
	press(c, m, "/")
	if !m.writing() {
		t.Fatal("letters are keys while a path is typed")
	}
	for typed, want := range map[string]string{"chai": "chain.p7b", "a9": "a9", "a": "a", "añ": "añ", "año": "año/", "none": "none"} {
		c.path = []rune(filepath.Join(dir, typed))
		if press(c, m, "tab"); string(c.path) != filepath.Join(dir)+"/"+want {
			t.Errorf("%s: %s", typed, string(c.path))
		}
		if several := typed == "a9" || typed == "a" || typed == "añ"; several != (c.hint != "") {
			t.Errorf("%s: hint %q", typed, c.hint)
		}
	}
	c.path = []rune("'" + filepath.Join(dir, "old.cer") + "'")
	press(c, m, "enter")
	if c.typing || c.entries[c.at].name != "old.cer" || !c.chosen[filepath.Join(dir, "old.cer")] {
		t.Errorf("at %s, chosen %v", c.entries[c.at].name, c.chosen)
	}
	for _, path := range []string{os.DevNull, filepath.Join(dir, "none"), ""} {
		press(c, m, "/")
		c.path = []rune(path)
		if press(c, m, "enter"); path != "" && (c.err == "" || c.dir != dir) {
			t.Errorf("%s: %q, in %s", path, c.err, c.dir)
		}
	}
}

// TestChooserClimbs: where the first folder does not open, the nearest above it does, and the reason is said.
func TestChooserClimbs(t *testing.T) {
	m := model(t, waiting(), 80, 24)
	dir := t.TempDir()
	c := at(t, m, filepath.Join(dir, "gone", "too"))
	if c.dir != dir || c.err == "" {
		t.Errorf("in %s, %q", c.dir, c.err)
	}
}

// TestChooserReads: Enter while files are still read takes nothing, and says so.
func TestChooserReads(t *testing.T) {
	a := newAuthority(t)
	m := model(t, a.waiting(), 80, 24)
	c := at(t, m, a.reply())
	c.read, c.at = 2, 3
	if w := press(c, m, "enter"); w != nil || c.err == "" {
		t.Errorf("%v, %q", w, c.err)
	}
	if _, cmd := c.update(&m.face, contents{dir: c.dir, from: 0}); cmd != nil || c.read != 2 {
		t.Error("a late answer was taken")
	}
}

// TestChooserPaste: a PEM text is taken however the terminal hands it over; one that is no certificate is said to be none.
func TestChooserPaste(t *testing.T) {
	a := newAuthority(t)
	text := string(cert.PEM(a.leaf(fqdns[2], a.keys[fqdns[2]], 198)))
	m := model(t, a.waiting(), 80, 24)
	c := at(t, m, a.reply())
	c.update(&m.face, tea.PasteMsg{Content: "Dear customer"})
	if len(c.pasted) != 0 || c.err == "" {
		t.Errorf("%d pasted, %q", len(c.pasted), c.err)
	}
	c.update(&m.face, tea.PasteMsg{Content: text})
	if len(c.pasted) != 1 || !c.verdict.OK() {
		t.Fatalf("%d pasted, %+v", len(c.pasted), c.verdict.Findings)
	}
	press(c, m, "x")
	for name, keys := range map[string]string{"line by line": text, "line ends lost": strings.ReplaceAll(text, "\n", "")} {
		c.pasted = nil
		m.now = m.now.Add(time.Second)
		for _, r := range strings.TrimSuffix(keys, "\n") {
			if r == '\n' {
				press(c, m, "enter")
			} else {
				press(c, m, string(r))
			}
		}
		if !c.pasting.on || len(c.pasted) != 0 || !strings.Contains(m.draw(), "END lines so far: 1") {
			t.Fatalf("%s: %v, %d pasted\n%s", name, c.pasting.on, len(c.pasted), m.draw())
		}
		m.now = m.now.Add(time.Second)
		if press(c, m, "enter"); c.pasting.on || len(c.pasted) != 1 || !c.verdict.OK() {
			t.Errorf("%s: %v, %d pasted, %q", name, c.pasting.on, len(c.pasted), c.err)
		}
	}
	press(c, m, "v", "q", "esc")
	if c.writes() || len(c.pasted) != 1 {
		t.Error("esc took the text")
	}
}

// TestChooserSizes: the full chooser, its findings and its paste page fit every window, with the mark in sight.
func TestChooserSizes(t *testing.T) {
	a := newAuthority(t)
	dir := a.reply()
	for i := range 40 {
		a.write(dir, "many-"+strconv.Itoa(i)+".cer", a.root)
	}
	for _, size := range [][2]int{{60, 18}, {80, 24}, {200, 50}} {
		m := model(t, a.waiting(), size[0], size[1])
		c := at(t, m, dir)
		for _, keys := range [][]string{{"end"}, {"x", "f"}, {"esc", "v"}, {"esc", "/"}} {
			press(c, m, keys...)
			drawn := ansi.Strip(m.draw())
			lines := strings.Split(drawn, "\n")
			for _, l := range lines {
				if layout.Width(l) > size[0] {
					t.Errorf("%v at %v: %d cells: %q", keys, size, layout.Width(l), l)
				}
			}
			if len(lines) != size[1] {
				t.Errorf("%v at %v: %d lines", keys, size, len(lines))
			}
			if keys[0] == "end" && !strings.Contains(drawn, "old.cer") {
				t.Errorf("at %v the mark is out of sight:\n%s", size, drawn)
			}
		}
	}
}
