package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestCommandLine: typing errors name what was likely meant, topics are documents, and every command has an example.
func TestCommandLine(t *testing.T) {
	p := newPlace(t)
	p.must(2, "Did you mean sessions?", "sesions")
	p.must(2, "Did you mean --solution?", "run", "--solutoin", "x")
	p.must(2, "Did you mean archive?", "sessions", "archvie")
	p.must(2, "neither a command nor a help topic", "help", "nonsense")
	p.must(2, "Did you mean solutions?", "help", "solutoins")
	p.must(0, "# Solution files", "help", "solutions")
	p.must(0, "Through a jump host", "solutions", "--help")
	p.must(2, "bash, fish, powershell, zsh", "completion", "nosh")
	p.must(2, "bash, fish, powershell, zsh", "completion")
	p.must(2, "takes no argument", "completion", "bash", "more")
	p.must(0, "complete", "completion", "bash")
	help := p.must(0, "Try it first:", "--help")
	if strings.Index(help, "Try it first:") > strings.Index(help, "Replace certificates:") || !strings.Contains(help, "help topics:") {
		t.Error(help)
	}
	version := p.must(0, "", "--version")
	var built struct{ Version, Go string }
	if err := json.Unmarshal([]byte(p.must(0, "", "version", "--json")), &built); err != nil || built.Version == "" || !strings.HasPrefix(version, built.Version) {
		t.Errorf("%q, %+v, %v", version, built, err)
	}
	for _, name := range []string{"lab", "rehearse", "new", "discover", "plan", "run", "resume", "sessions", "check", "probe", "advise", "facts", "doctor", "report", "verify", "kit", "export", "import", "version",
		"lab hint", "lab grade", "lab reset", "lab learn", "sessions archive", "sessions delete", "sessions rename"} {
		if out := p.must(0, "", append(strings.Fields(name), "--help")...); !strings.Contains(out, "Examples:\n  uccx-tui "+name) {
			t.Errorf("%s --help has no example:\n%s", name, out)
		}
	}
}

// TestNoTemplates: nothing that the program can reach calls methods by a name that is made at run time. With text/template, html/template
// or cobra's own templates the linker keeps every method of every type, 3 MB of them. The table of functions is in stripped binaries too.
func TestNoTemplates(t *testing.T) {
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte("net/http.(*Transport).dialConn")) {
		t.Fatal("the names of functions are not in the binary: this test cannot fail")
	}
	for _, name := range []string{"text/template.(*state).walk", "html/template.(*Template).Execute", "reflect.Value.MethodByName"} {
		if bytes.Contains(data, []byte(name)) {
			t.Errorf("the binary holds %s: go build -ldflags=-dumpdep ./cmd/uccx-tui says what needs it", name)
		}
	}
}

// TestCompletion: what is offered comes from this machine, for every shell.
func TestCompletion(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.must(0, "", "lab", "--auto", "--name", "mine")
	solutions := filepath.Join(p.home, "config", "uccx-tui", "solutions")
	if err := os.MkdirAll(solutions, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(solutions, "hq.toml"), []byte("name = \"HQ\"\n[[node]]\nfqdn = \"uccx9.example.com\"\nproduct = \"uccx\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		want string
		args []string
	}{
		{"mine", []string{"resume", ""}}, {"mine", []string{"report", "m"}}, {"mine", []string{"lab", "grade", ""}}, {"mine", []string{"sessions", "delete", ""}},
		{"missing-root", []string{"lab", "missing-r"}}, {"hq", []string{"run", "--solution", ""}}, {"hq", []string{"doctor", ""}},
		{"ics", []string{"report", "--format", ""}}, {"finesse", []string{"probe", "--product", "f"}}, {"tomcat-ECDSA", []string{"check", "--unit", ""}},
		{"uccx9", []string{"run", "--solution", "hq", "--restart", ""}}, {"exit-codes", []string{"help", "ex"}},
	} {
		if out, _, _ := p.run(append([]string{"__complete"}, c.args...)...); !strings.Contains("\n"+out, "\n"+c.want) {
			t.Errorf("%q offers %q, without %s", c.args, out, c.want)
		}
	}
	for shell, check := range map[string]string{"bash": "bash -n", "zsh": "zsh -n", "fish": "fish --no-execute", "powershell": ""} {
		script := p.must(0, "uccx-tui", "completion", shell)
		name, flag, _ := strings.Cut(check, " ")
		if path, err := exec.LookPath(name); check != "" && err == nil {
			file := filepath.Join(t.TempDir(), shell)
			if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(path, flag, file).CombinedOutput(); err != nil {
				t.Errorf("%s: %v: %s", shell, err, out)
			}
		}
	}
}

// TestDoctor: this machine and every port, without a login; a name that does not resolve is a problem.
func TestDoctor(t *testing.T) {
	nodes, p := newPlace(t), newPlace(t)
	s := nodes.serve()
	out := p.must(0, "", "doctor", s.solution(t, true))
	for _, want := range []string{"ok       state", "ok       locale", s.Nodes[0].FQDN + ":22: SSH-2.0", s.Nodes[0].FQDN + ":8443: TLS 1."} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing:\n%s", want, out)
		}
	}
	for fqdn, n := range nodes.counts("serve-1") {
		if n.FailedLogins > 0 {
			t.Errorf("%s: %d refused logins", fqdn, n.FailedLogins)
		}
	}
	var all struct {
		Format   int
		Findings []struct{ Area, Grade, What string }
	}
	out, _, code := p.run("doctor", s.far(t, ""), "--json")
	if err := json.Unmarshal([]byte(out), &all); err != nil || code != 5 || all.Format != 1 || !strings.Contains(out, "cannot resolve") {
		t.Errorf("exit %d, %v: %s", code, err, out)
	}
	p.must(5, "PROBLEM  jump      127.0.0.1: Cannot use the jump host tester@127.0.0.1:1: connection refused. No node was "+
		"reached. The nodes are unchanged.\n"+
		strings.Repeat(" ", 21)+"-> Check the address and that you can log in there: ssh tester@127.0.0.1", "doctor", s.far(t, "jump = \"tester@127.0.0.1:1\""))
	if runtime.GOOS != "windows" {
		if err := os.MkdirAll(filepath.Join(p.home, "state", "uccx-tui"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(p.home, "state", "uccx-tui"), 0o777); err != nil {
			t.Fatal(err)
		}
		p.must(5, "PROBLEM  state", "doctor")
	}
}

// TestDebugHoldsNoSecret: a change to the CA and a whole lab, through a jump host that takes a password, by SSH and by the API: none of the passwords
// is in the log, in no disguise.
func TestDebugHoldsNoSecret(t *testing.T) {
	t.Parallel()
	p, s := newPlace(t), newPlace(t).serve("--rest")
	const jumpSecret = "jump-secret-<9>"
	h := &hop{known: s.names()}
	addr, print := h.sshd(t, jumpSecret, nil)
	own := filepath.Join(t.TempDir(), "pw")
	if err := os.WriteFile(own, []byte(jumpSecret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(t.TempDir(), "debug.log")
	file := s.far(t, fmt.Sprintf("jump = \"tester@%s\"\njump_keys = [%q]", addr, print))
	p.must(4, "", "run", "--solution", file, "--password-file", s.passwordFile(t), "--password-file", "127.0.0.1="+own, "--debug", log)
	p.must(0, "", "lab", "--auto", "--rest", "--debug", log)
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"msg":"ssh"`, `"msg":"tls"`, "the jump host 127.0.0.1"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s is missing", want)
		}
	}
	for _, secret := range []string{s.Password, jumpSecret} {
		for name, form := range disguises(secret) {
			if strings.Contains(string(data), form) {
				t.Errorf("a password is in the log (%s)", name)
			}
		}
	}
}

// TestDebug: the log names algorithms and times, holds no password, and is this user's alone.
func TestDebug(t *testing.T) {
	nodes, p := newPlace(t), newPlace(t)
	s := nodes.serve()
	log := filepath.Join(p.home, "debug.log")
	p.must(7, "", "run", "--survey", "--solution", s.solution(t, true), "--password-file", s.passwordFile(t), "--debug", log)
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"msg":"connect"`, `"msg":"ssh"`, `"kex":"`, `"cipher":"`, `"msg":"tls"`, `"ms":`, s.Nodes[0].FQDN} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s is missing", want)
		}
	}
	for name, form := range disguises(s.Password) {
		if strings.Contains(string(data), form) {
			t.Errorf("the password is in the log (%s)", name)
		}
	}
	for line := range strings.Lines(string(data)) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
	if info, err := os.Stat(log); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Chmod(log, 0o644); err != nil {
			t.Fatal(err)
		}
		p.must(2, "may be read by others", "sessions", "--debug", log)
	}
	p.must(2, "not a regular file", "sessions", "--debug", os.DevNull)
	p.must(2, "cannot write", "sessions", "--debug", fmt.Sprintf("%s/none/x", p.home))
}
