//go:build unix

package e2e_test

import (
	"fmt"
	"html"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

// hostileSays are words of a node in an answer: orders to a terminal, characters that are not seen, and the password.
func hostileSays() string {
	return strings.ReplaceAll(sim.HostileWords(), "\n", " ") + " \ufe0f\u3164\u2800\U000e0100 " + vostest.HostilePassword + " " + html.EscapeString(vostest.HostilePassword) + " " + url.QueryEscape(vostest.HostilePassword) + " "
}

// hostileAnswers are those of a node that answers what it is, with such words in every field, and refuses all else with them.
func hostileAnswers(name string) map[string]func(io.Writer) {
	words := hostileSays()
	host, _, _ := strings.Cut(name, ".")
	refuse := vostest.Says("Unable to do this: " + words + "\nExecuted command unsuccessfully")
	all := map[string]func(io.Writer){
		"show status": vostest.Says("Host Name          : " + host + "\nDate               : Tue Nov 24, 2026 10:00:00\nTime Zone          : Greenwich (" + words + ")\n" +
			"Product Ver        : 12.5.1.11002-481 " + words + "\nUnified OS Version : 7.0\n 10:00:00 up 79 days, 12:45,  1 user"),
		"show network eth0":    vostest.Says("Ethernet 0\nIP Address         : 127.0.0.1          IP Mask    : 255.255.255.0\nDomain : lab.example\nPrimary : " + words),
		"show network cluster": vostest.Says("127.0.0.1 " + name + " " + host + " Publisher callmanager DBPub " + words),
		"utils service list":   vostest.Says("Cisco Unified CCX Engine[STARTED]\nCisco Tomcat[STARTED]\n" + words + "[STARTED] " + words),
	}
	for _, d := range vos.DialoguesSurvey("tomcat") {
		if all[d.Line] == nil {
			all[d.Line] = refuse
		}
	}
	for _, line := range []string{"show cert own tomcat/tomcat.pem", "show cert list own", "show csr own tomcat/tomcat.csr", "show csr own tomcat", "set csr gen tomcat", "show version active", "show tls server cert_type"} {
		all[line] = refuse
	}
	return all
}

// clean fails if a text holds an order to a terminal, a character that is not seen, or the password.
func clean(t testing.TB, where, text string) {
	t.Helper()
	if bad := obeyed(text); bad != "" {
		t.Errorf("%s: %s", where, bad)
	}
	for _, r := range "\ufe0f\u3164\u2800\U000e0100" {
		if strings.ContainsRune(text, r) {
			t.Errorf("%s holds %U", where, r)
		}
	}
	for _, form := range []string{vostest.HostilePassword, "S3cret-Canary"} {
		if at := strings.Index(text, form); at >= 0 {
			t.Errorf("%s holds the password: %q", where, text[max(0, at-60):at])
		}
	}
}

// TestHostileCommands: no command shows or writes an order of a node, a character that is not seen, or the password that the
// node gives back: not where the node answers, nor where it refuses.
func TestHostileCommands(t *testing.T) {
	t.Parallel()
	const name = "evil1.lab.example"
	h := &vostest.Hostile{FQDN: name, Answers: hostileAnswers(name), Welcome: vostest.Says(hostileSays() + "\n")}
	at := h.Start(t).Dial(vos.PortSSH)
	p := newPlace(t)
	pw := filepath.Join(t.TempDir(), "pw")
	if err := os.WriteFile(pw, []byte(vostest.HostilePassword+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	account := []string{"--user", "administrator", "--password-file", pw}
	shown := 0
	command := func(want int, args ...string) string {
		t.Helper()
		out, errout, code := p.run(args...)
		if code != want {
			t.Errorf("%v: exit %d, want %d\n%q %q", args, code, want, out, errout)
		}
		clean(t, strings.Join(args, " "), out+errout)
		shown += strings.Count(out+errout, "HOSTILE")
		return out
	}
	command(0, append([]string{"discover", at, "--name", "evil", "--host-key", at + "=" + h.HostKey()}, account...)...)
	command(0, "plan", "--solution", "evil")
	command(5, append([]string{"run", "--solution", "evil", "--survey"}, account...)...)
	command(5, append([]string{"run", "--solution", "evil", "--survey", "--json"}, account...)...)
	command(0, "plan", "evil")
	command(0, "plan", "evil", "--json")
	command(0, "sessions")
	command(0, "sessions", "--json")
	for _, format := range []string{"md", "html", "json", "ics"} {
		command(0, "report", "evil", "--format", format)
		command(0, "report", "evil", "--format", format, "--pseudonyms")
	}
	for _, args := range [][]string{{"rehearse", "evil"}, {"kit", "evil", filepath.Join(t.TempDir(), "kit")}, {"verify", "evil"}, {"advise", "--session", "evil", "evil1: " + strings.ReplaceAll(hostileSays(), "\x00", "")}} {
		out, errout, _ := p.run(args...)
		if args[0] == "advise" { // its argument is shown: it is the person's own word
			out, errout = strings.ReplaceAll(out, "S3cret-Canary", ""), ""
		}
		clean(t, args[0], out+errout)
	}
	files := 0
	err := filepath.WalkDir(p.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil {
			files++
			clean(t, path, string(data))
			shown += strings.Count(string(data), "HOSTILE")
		}
		return err
	})
	if err != nil || files < 4 || shown < 20 {
		t.Errorf("%d files, %d words: the test cannot fail; %v", files, shown, err)
	}
}

// TestEndlessNodeBesideOthers: a node that prints without end takes no other down.
func TestEndlessNodeBesideOthers(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	h := &vostest.Hostile{FQDN: "evil1.lab.example", Welcome: vostest.Endless("x\n")}
	_, port, err := net.SplitHostPort(h.Start(t).Dial(vos.PortSSH))
	if err != nil {
		t.Fatal(err)
	}
	file := s.solution(t, true)
	text, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, fmt.Appendf(text, "\n[[node]]\nfqdn = \"evil1.lab.example\"\nproduct = \"finesse\"\naddress = \"127.0.0.1\"\nports = { 22 = %s }\nhost_keys = [%q]\n", port, h.HostKey()), 0o600)
	}
	pw := filepath.Join(t.TempDir(), "evil")
	if err == nil {
		err = os.WriteFile(pw, []byte(vostest.HostilePassword), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, errout, code := p.run("run", "--solution", file, "--password-file", s.passwordFile(t), "--password-file", "evil1="+pw, "--survey")
	if code == 0 || code == 7 || strings.Count(out, "done") < len(s.Nodes) || !strings.Contains(out+errout, "does not end") {
		t.Errorf("exit %d\n%.3000s\n%.3000s", code, out, errout)
	}
}
