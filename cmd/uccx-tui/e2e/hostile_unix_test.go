//go:build unix

package e2e_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"flag"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

var allHostile = flag.Bool("hostile", false, "go on to the end of the change on hostile nodes; takes two minutes")

// orders are what hostile words order a terminal to do, and the program never does.
var orders = regexp.MustCompile(`\x1b\][^\x07\x1b]*(HOSTILE|SE9T)|\x1bP|\x1b\[\?1337|\x1b\[31;4;5;7m|bs\x08|cr\rHOSTILE`)

// obeyed returns what must not reach a terminal, or a file that is read on one; "" where all is well.
func obeyed(text string) string {
	if at := orders.FindStringIndex(text); at != nil {
		return "an order: " + strconv.Quote(text[at[0]:min(len(text), at[1]+20)])
	}
	for i, r := range text {
		switch {
		case r == utf8.RuneError, r == 0, unicode.Is(unicode.Cf, r), r >= 0x7f && r < 0xa0:
			return strconv.Quote(text[max(0, i-20):min(len(text), i+20)])
		}
	}
	return ""
}

// foreignSubject is a certificate whose names are hostile words.
func foreignSubject(t testing.TB, fqdn string) *x509.Certificate {
	t.Helper()
	key := certtest.Key(t)
	words := strings.ToValidUTF8(strings.ReplaceAll(sim.HostileWords(), "\x00", ""), "?")
	c := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: fqdn, Organization: []string{words}, OrganizationalUnit: []string{words}}, DNSNames: []string{fqdn},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(30 * 24 * time.Hour)}
	return certtest.Sign(t, c, nil, key.Public(), key)
}

// hostileNodes are three nodes that answer as they should, and say hostile words besides: before the login, while it asks
// for the password, between all answers, in their certificates, and one in the bodies of its API.
func hostileNodes(t testing.TB) (*sim.Cluster, served) {
	t.Helper()
	top := sim.Pairs(1)
	evil := sim.NodeSpec{Quirks: []sim.Quirk{sim.QuirkHostile}, Profile: sim.Profile15}
	rest := sim.NodeSpec{Quirks: []sim.Quirk{sim.QuirkHostile, sim.QuirkREST}}
	top.Clusters[0].Nodes = map[string]sim.NodeSpec{"uccx1": evil, "uccx2": evil}
	top.Clusters[1].Nodes = map[string]sim.NodeSpec{"ccp": rest}
	const ccp = "ccp.lab.example"
	c, err := sim.Start(sim.Options{Dir: t.TempDir(), Seed: 1, Topology: &top, Fill: map[string]sim.Snapshot{ccp: {Own: map[string]*x509.Certificate{"tomcat": foreignSubject(t, ccp)}}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	s := served{User: c.Login().User, Password: c.Login().Password.Reveal()}
	for _, n := range c.Solution().Nodes() {
		one := servedNode{n.FQDN, string(n.Product), string(n.Role), n.Dial(vos.PortSSH), c.HostKey(n.FQDN).Fingerprint, map[string]string{}}
		for port, at := range n.Ports {
			if port != vos.PortSSH {
				one.Ports[strconv.Itoa(port)] = at
			}
		}
		s.Nodes = append(s.Nodes, one)
	}
	return c, s
}

// TestHostileNodes: the screens, the line mode, the transcripts and the reports of a change on hostile nodes hold their
// words, and no order of theirs.
func TestHostileNodes(t *testing.T) {
	t.Parallel()
	c, served := hostileNodes(t)
	p := newPlace(t)
	file, pw := served.solution(t, true), served.passwordFile(t)
	text, err := os.ReadFile(file)
	if err == nil {
		i := strings.Index(string(text), `fqdn = "ccp`)
		err = os.WriteFile(file, []byte(string(text[:i])+"way = \"rest\"\n"+string(text[i:])), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s := p.sit("new", "--solution", file)
	s.see("Log in to every node", "enter next")
	s.press(enter)
	s.see("enter start")
	s.press(enter)
	s.account(served.User, served.Password)
	s.see("✓ ccp", "enter next")
	s.press(enter)
	s.row("Read every node", "✓ ccp")
	for _, key := range []string{"d", esc, "r", esc, "?", esc} {
		s.press(key)
		s.quiet()
	}
	s.press("\x03")
	<-s.gone
	dir := filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal")
	line := p.sit("run", "--solution", file, "--password-file", pw, "--answer", "findings=yes")
	<-line.gone
	if code := line.cmd.ProcessState.ExitCode(); code != 4 {
		t.Errorf("exit %d\n%s", code, line.stream())
	}
	shown := map[string]string{"the screens": s.stream(), "the line mode": line.stream()}
	if *allHostile {
		if err := c.CA().SignFolder(t.Context(), filepath.Join(dir, "outbox"), c.CA().Outbox()); err != nil {
			t.Fatalf("%v\n%s", err, line.stream())
		}
		end := p.sit("run", "--solution", file, "--password-file", pw, "--reply", c.CA().Outbox(), "--restart", "uccx1,uccx2,ccp", "--answer", "VER-*=yes")
		<-end.gone
		if code := end.cmd.ProcessState.ExitCode(); code != 0 {
			t.Errorf("exit %d\n%s", code, end.stream())
		}
		shown["the end"] = end.stream()
	}
	words := sim.HostileWords()
	odd := filepath.Join(t.TempDir(), strings.Map(func(r rune) rune {
		if r == '/' || r == 0 {
			return -1
		}
		return r
	}, words[:90])+".pem")
	if err := os.WriteFile(odd, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: foreignSubject(t, "ccp.lab.example").Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{"check": {"check", odd}, "check as JSON": {"check", "--json", odd}, "advise": {"advise", "ccp: " + strings.ReplaceAll(words, "\x00", "")}, "an unknown name": {"resume", words[:60]}} {
		one := p.sit(args...)
		<-one.gone
		if shown[name] = one.stream(); name != "advise" && !strings.Contains(shown[name], "HOSTILE") {
			t.Errorf("%s does not show the words:\n%s", name, shown[name])
		}
	}
	for _, format := range []string{"md", "html", "json", "ics"} {
		shown["report "+format] = p.must(0, "", "report", "HQ-renewal", "--format", format)
	}
	logs := ""
	files, _ := filepath.Glob(filepath.Join(dir, "transcripts", "*.log"))
	for _, f := range append(files, filepath.Join(dir, "journal.jsonl")) {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		shown[filepath.Base(f)] = string(data)
		logs += string(data)
	}
	if len(files) != 3 || strings.Count(logs, "HOSTILE") < 50 {
		t.Fatalf("%d transcripts with %d hostile words: the test cannot fail", len(files), strings.Count(logs, "HOSTILE"))
	}
	if strings.Contains(shown["report html"], "<script>") {
		t.Error("the HTML report holds a node's script")
	}
	for where, text := range shown {
		if bad := obeyed(text); bad != "" {
			t.Errorf("%s: %s", where, bad)
		}
	}
	if obeyed(sim.HostileWords()) == "" || obeyed("a\u202eb") == "" || obeyed("\x1b[31;4;5;7mx") == "" || obeyed("\x1b[31mred\x1b[0m\r\n") != "" {
		t.Error("the test cannot fail")
	}
}

// quiet waits until nothing more is drawn.
func (s *seat) quiet() {
	for {
		select {
		case <-s.news:
		case <-s.gone:
			return
		case <-time.After(300 * time.Millisecond):
			return
		}
	}
}
