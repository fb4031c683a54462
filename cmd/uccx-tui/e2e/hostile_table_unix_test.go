//go:build unix

package e2e_test

import (
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/loopback"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

// commandsBelow are the commands that the help of a command names, with those below them.
func (p place) commandsBelow(name ...string) (all []string) {
	p.t.Helper()
	text, _, _ := p.run(append([]string{"help"}, name...)...)
	in := false
	for _, line := range strings.Split(text, "\n") {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case strings.HasSuffix(line, ":"):
			in = !slices.Contains([]string{"Usage:", "Examples:", "Flags:", "Global Flags:", "Additional help topics:"}, line)
		case in && strings.HasPrefix(line, "  ") && word != "":
			below := append(slices.Clone(name), word)
			all = append(all, strings.Join(below, " "))
			if len(name) == 0 && word != "help" {
				all = append(all, p.commandsBelow(below...)...)
			}
		}
	}
	return all
}

// hostileStage is a place with a session on a hostile node, a lab whose nodes are hostile, and servers that talk on ports of TLS.
type hostileStage struct {
	place
	played map[string]int // by command: how often
	words  int            // that were shown
}

// play runs a command and looks at all that it prints. in is what is typed. Its arguments are a person's own words: a password in
// them is no leak.
func (h *hostileStage) play(in string, args ...string) {
	h.t.Helper()
	c := h.command(args...)
	c.Stdin = strings.NewReader(in)
	out, _ := c.CombinedOutput()
	text := string(out)
	if strings.Contains(strings.Join(args, " "), vostest.HostilePassword) {
		text = strings.ReplaceAll(text, "S3cret-Canary", "")
	}
	clean(h.t, fmt.Sprintf("%.200q", strings.Join(args, " ")), text)
	if code := c.ProcessState.ExitCode(); code < 0 || code == 1 || code > 13 || strings.Contains(text, "goroutine ") {
		h.t.Errorf("%.100q: exit %d\n%.2000s", args, code, text)
	}
	h.words += strings.Count(text, "HOSTILE")
	at := 0
	for at < len(args) && strings.HasPrefix(args[at], "-") {
		at++
	}
	name := ""
	for _, word := range args[at:min(len(args), at+2)] {
		if name = strings.TrimSpace(name + " " + word); !strings.ContainsAny(word, "-./=") {
			h.played[name]++
		}
	}
}

// solutionOnHostilePorts is a solution whose node has the ports of a hostile node, of a certificate with hostile names, and of a
// server that answers with words in place of a handshake.
func (h *hostileStage) solutionOnHostilePorts(key, ssh string) (file, tls, talks string) {
	h.t.Helper()
	_, served := hostileNodes(h.t)
	for _, n := range served.Nodes {
		if n.Product == "ccp" {
			tls = n.Ports["8443"]
		}
	}
	talks = loopback.Listen(h.t, func(c net.Conn) {
		defer c.Close()
		says := strings.ReplaceAll(sim.HostileWords(), "\n", " ") + " \ufe0f\u3164\u2800\U000e0100" // it knows no password
		_, _ = io.WriteString(c, "SSH-2.0-"+says+"\r\n"+says)
	})
	port := func(at string) string { _, p, _ := net.SplitHostPort(at); return p }
	node := "[[node]]\nfqdn = %q\nproduct = \"uccx\"\nrole = %q\naddress = \"127.0.0.1\"\nports = { 22 = %s, 8443 = %s, 443 = %s }\nhost_keys = [%q]\n"
	text := fmt.Sprintf("name = \"ports\"\n"+node+node, "evil1.lab.example", "publisher", port(ssh), port(tls), port(talks), key, "evil2.lab.example", "subscriber", port(talks), port(talks), port(tls), key)
	file = filepath.Join(h.t.TempDir(), "ports.toml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return file, tls, talks
}

// hostileScenario is a lab whose nodes say hostile words besides their answers.
func hostileScenario(t *testing.T) string {
	t.Helper()
	path := faulty(t, "")
	text, err := os.ReadFile(path)
	if err == nil {
		at := strings.Replace(string(text), "hosts = ['uccx1', 'uccx2']", "hosts = ['uccx1', 'uccx2']\nnodes = {uccx1 = {quirks = ['hostile']}, uccx2 = {quirks = ['hostile']}}", 1)
		err = os.WriteFile(path, []byte(at), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestHostileTable: every command of the program is played where it meets hostile nodes, servers, files and arguments, and shows no
// order of theirs, no character that is not seen and no password. A command that is new fails until it is played here.
func TestHostileTable(t *testing.T) {
	t.Parallel()
	const name = "evil1.lab.example"
	node := &vostest.Hostile{FQDN: name, Answers: hostileAnswers(name), Welcome: vostest.Says(hostileSays() + "\n")}
	at := node.Start(t).Dial(vos.PortSSH)
	h := &hostileStage{place: newPlace(t), played: map[string]int{}}
	dir := t.TempDir()
	file := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	words := strings.ReplaceAll(hostileSays(), "\x00", "")
	pw, wild := file("pw", vostest.HostilePassword+"\n"), file("wild.toml", hostileSays())
	account := []string{"--user", "administrator", "--password-file", pw}
	leaf := file("leaf.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: foreignSubject(t, name).Raw})))
	h.play("", append([]string{"discover", at, "--name", "evil", "--host-key", at + "=" + node.HostKey()}, account...)...)
	h.play("", append([]string{"run", "--solution", "evil", "--survey"}, account...)...)
	ports, tls, talks := h.solutionOnHostilePorts(node.HostKey(), at)
	lab := hostileScenario(t)
	packed := filepath.Join(dir, "evil.tar")
	for _, one := range [][]string{
		{"plan", "evil"}, {"plan", "--solution", ports}, {"plan", words}, {"plan", "--solution", wild},
		{"sessions"}, {"report", "evil"}, {"report", words}, {"verify", "evil"}, {"verify", words}, {"rehearse", "evil"}, {"rehearse", words},
		{"kit", "evil", filepath.Join(dir, "kit")}, {"export", "evil", packed}, {"export", words, packed}, {"import", wild}, {"import", leaf},
		{"advise", "--session", "evil", words}, append([]string{"advise", "--host", "uccx=" + talks, words}, account...),
		{"check", leaf}, {"check", wild}, {"check", "--json", leaf, wild}, {"check", words},
		{"probe", tls}, {"probe", talks}, {"probe", "--solution", ports}, {"probe", "--json", tls, talks}, {"probe", words},
		{"doctor", ports}, {"doctor", ports, "--json"}, {"doctor", "evil"}, {"doctor", words},
		append([]string{"discover", talks}, account...), {"discover", words},
		{"lab", lab, "--auto", "--name", "bad"}, {"lab", "hint", "bad"}, {"lab", "grade", "bad"}, {"lab", "grade", "bad", "--json"}, {"lab", "learn", "bad", filepath.Join(dir, "bad.toml")},
		{"lab", "learn", "evil", filepath.Join(dir, "evil.toml")}, {"lab", "reset", "bad", "--yes"}, {"lab", wild}, {"lab", words}, {"lab", "hint", words}, {"lab", "grade", words}, {"lab", "learn", words},
		{"lab", "reset", words, "--yes"}, {"lab", "grade", "evil"}, {"lab", "hint", "evil"}, {"lab", "reset", "evil", "--yes"}, {"lab", filepath.Join(dir, "evil.toml"), "--list"},
		{"sessions", "rename", "evil", words}, {"sessions", "archive", words}, {"sessions", "delete", words, "--confirm", words}, {"sessions", "rename", words, "fine"},
		{"run", words}, {"run", "--solution", wild}, append([]string{"run", "--solution", ports}, account...), {"run", "evil", "--answer", words}, {"run", "evil", "--restart", words},
		{"facts", words}, {"help", words}, {"version", words}, {"completion", "bash"}, {"completion", "zsh"}, {"completion", "fish"}, {"completion", "powershell"}, {"completion", words}, {words},
		{"--lang", words, "version"}, {"--debug", filepath.Join(dir, "debug"), "probe", tls},
	} {
		h.play("", one...)
	}
	away := &hostileStage{place: newPlace(t), played: h.played}
	away.play("", "import", packed)
	away.play("", "report", "evil")
	away.play("", "resume", "evil")
	h.play(words+"\n"+words+"\nq\n", "resume", "evil", "--plain")
	h.play(words+"\nq\n", "resume", words)
	h.play(words+"\n"+words+"\nq\n", "new", "--solution", ports, "--plain")
	h.play("1\n"+words+"\n\nq\n", "--plain")
	h.play(words+"\n", "sessions", "delete", "evil")
	h.play("", "sessions", "archive", "evil")
	there := h.commandsBelow()
	if len(there) < 28 || !slices.Contains(there, "lab grade") {
		t.Fatalf("%d commands: %q", len(there), there)
	}
	for _, command := range there {
		if h.played[command] == 0 {
			t.Errorf("%q meets no hostile node, file or argument in this test: add it", command)
		}
	}
	if h.words < 100 {
		t.Errorf("%d hostile words were shown: the test cannot fail", h.words)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "debug")); err != nil || len(text) == 0 {
		t.Errorf("%v", err)
	} else {
		clean(t, "the file of --debug", string(text))
	}
	h.filesAreClean(dir)
}

// filesAreClean looks at every file that the commands have written.
func (h *hostileStage) filesAreClean(dir string) {
	h.t.Helper()
	for _, pattern := range []string{filepath.Join(h.home, "state", "uccx-tui", "sessions", "*", "*"), filepath.Join(h.home, "state", "uccx-tui", "archive", "*", "*"),
		filepath.Join(h.home, "state", "uccx-tui", "sessions", "*", "transcripts", "*"), filepath.Join(dir, "*.toml"), filepath.Join(dir, "kit", "*")} {
		all, err := filepath.Glob(pattern)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, path := range all {
			data, err := os.ReadFile(path)
			if err != nil || filepath.Base(path) == "wild.toml" {
				continue // a folder, or what the test made
			}
			clean(h.t, path, string(data))
		}
	}
}
