package e2e_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// solution writes a solution file for nodes that are only addresses, as a person would.
func (s served) solution(t testing.TB, keys bool) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "name = \"HQ renewal\"\nuser = %q\n", s.User)
	for _, n := range s.Nodes {
		_, ssh, _ := strings.Cut(n.SSH, ":")
		ports := []string{"22 = " + ssh}
		for number, at := range n.Ports {
			_, port, _ := strings.Cut(at, ":")
			ports = append(ports, number+" = "+port)
		}
		fmt.Fprintf(&b, "\n[[node]]\nfqdn = %q\nproduct = %q\nrole = %q\naddress = \"127.0.0.1\"\nports = { %s }\n", n.FQDN, n.Product, n.Role, strings.Join(ports, ", "))
		if keys {
			fmt.Fprintf(&b, "host_keys = [%q]\n", n.HostKey)
		}
	}
	path := filepath.Join(t.TempDir(), "hq.toml")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// passwordFile keeps the password where only its owner may read it, outside of the program's folders.
func (s served) passwordFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pw")
	if err := os.WriteFile(path, []byte(s.Password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// signed lets the far CA sign what lies in an outbox, and waits for its answer.
func (s served) signed(t *testing.T, outbox string) {
	t.Helper()
	copyFiles(t, outbox, s.Inbox, ".csr")
	s.sent(t, len(s.Nodes)+2)
}

// sent waits until the far CA has sent so many files.
func (s served) sent(t *testing.T, files int) {
	t.Helper()
	for late := time.Now().Add(time.Minute); ; <-time.After(20 * time.Millisecond) {
		if all, _ := filepath.Glob(filepath.Join(s.Outbox, "[^.]*")); len(all) >= files {
			return
		}
		if time.Now().After(late) {
			t.Fatal("the CA does not answer")
		}
	}
}

// TestAccountsOfTheFile: run goes on with a session by its name, with the accounts that its own solution file names, for all nodes or
// for each; --user is for all nodes that the file names no other account for.
func TestAccountsOfTheFile(t *testing.T) {
	t.Parallel()
	s := newPlace(t).serve()
	top := fmt.Sprintf("user = %q\n", s.User)
	for name, change := range map[string]func(text string) string{
		"all": func(text string) string { return text },
		"each": func(text string) string {
			return strings.ReplaceAll(strings.Replace(text, top, "", 1), "fqdn = ", top+"fqdn = ")
		},
	} {
		for _, args := range [][]string{{}, {"--user", s.User}} {
			t.Run(name+strings.Join(args, " "), func(t *testing.T) {
				p, file, pw := newPlace(t), s.solution(t, true), s.passwordFile(t)
				text, err := os.ReadFile(file)
				if err == nil {
					err = os.WriteFile(file, []byte(change(string(text))), 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
				p.must(7, "", "run", "--solution", file, "--password-file", pw, "--survey")
				p.must(4, "outbox", append([]string{"run", "HQ-renewal", "--password-file", pw, "--answer", "csr-pending=use"}, args...)...)
			})
		}
	}
}

// TestUnattended does Path A on three nodes from a solution file. Each thing that is missing has its exit code; each
// life but the last is killed, and the same command goes on.
func TestUnattended(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	bare, file, pw := s.solution(t, false), s.solution(t, true), s.passwordFile(t)
	want := func(code int, says string, args ...string) string { return p.must(code, says, args...) }
	var plan struct{ Hash string }
	if err := json.Unmarshal([]byte(want(0, `"hash"`, "plan", "--solution", file, "--json")), &plan); err != nil || len(plan.Hash) != 64 {
		t.Fatalf("%+v, %v", plan, err)
	}
	want(12, "Nothing was done", "run", "--solution", file, "--plan", strings.Repeat("0", 64))
	if _, err := os.Stat(filepath.Join(p.home, "state", "uccx-tui", "sessions")); !os.IsNotExist(err) {
		t.Error("a plan that differs left something behind")
	}
	want(11, "--password-file", "run", "--solution", file, "--plan", plan.Hash)
	want(10, "--host-key uccx1=", "run", "--solution", bare, "--password-file", pw)
	dir := filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal")
	want(4, filepath.Join(dir, "outbox"), "run", "--solution", file, "--password-file", pw)
	s.signed(t, filepath.Join(dir, "outbox"))
	want(4, "has not arrived yet", "run", "--solution", file, "--password-file", pw, "--reply", filepath.Join(p.home, "none"))

	there := p // another person continues on another machine; the solution file has the host keys, since those of the session are proposals
	p = newPlace(t)
	packed := filepath.Join(t.TempDir(), "hq.tar")
	there.must(0, "Handed over", "export", "HQ-renewal", packed)
	there.must(8, "was handed over by", "run", "--solution", file, "--password-file", pw)
	want(0, "step 7 of 15", "import", packed)
	want(10, "--restart ccp", "run", "--solution", file, "--password-file", pw, "--reply", s.Outbox)
	want(13, "ccp cannot finish by", "run", "--solution", file, "--password-file", pw, "--restart", "uccx1,uccx2,ccp", "--until", "20m")
	want(2, "is not a valid end of the window", "run", "--solution", file, "--until", "soon")

	p.killed(far, append([]string{"run", "--json", "--solution", file, "--password-file", pw, "--reply", s.Outbox}, "--restart", "uccx1,UCCX2,ccp.lab.example", "--answer", "VER-*=yes", "--until", "4h"))
	far.onceEach("serve-1")
	s.seenFromOutside(t)
	p.nowhere(s.Password)
	there.nowhere(s.Password)
	if data, err := os.ReadFile(packed); err != nil || bytes.Contains(data, []byte(s.Password)) {
		t.Errorf("the password stands in the file that was handed over, or %v", err)
	}
	if entries, _ := os.ReadDir(filepath.Join(p.home, "state", "uccx-tui", "sessions")); len(entries) != 1 {
		t.Errorf("%d sessions, want 1", len(entries))
	}
}

// must runs the binary, and fails unless it ends with that code and says that.
func (p place) must(code int, says string, args ...string) string {
	p.t.Helper()
	out, errout, got := p.run(args...)
	if got != code || !strings.Contains(out+errout, says) {
		p.t.Fatalf("%v: exit %d, want %d and %q\n%s%s", args, got, code, says, out, errout)
	}
	return out
}

// everyRow is the long form of killed.
var everyRow = flag.Bool("everyrow", false, "kill an unattended run after every entry of its journal, not after the first of each row; takes a minute")

// mortal says when a run is killed: after the first entry of a row that no life before came to; in the long form after
// every entry. Where three lives in a row came no further, one is let live a little longer: it may be that nothing is ever
// done between two deaths.
type mortal struct {
	rows map[string]bool
	idle int // lives since the last task that was done
	left int // entries that this life may still write
}

func (m *mortal) born() {
	m.left = 1
	if m.idle++; m.idle > 3 {
		m.left = m.idle
	}
}

// dies looks at one line that the program has printed.
func (m *mortal) dies(line string) bool {
	var r struct{ Step, State string }
	if json.Unmarshal([]byte(line), &r) != nil || r.Step == "" || r.State == "..." {
		return false
	}
	if r.State == "done" {
		m.idle = 0
	}
	fresh := !m.rows[r.Step]
	m.rows[r.Step] = true
	if !*everyRow {
		return fresh
	}
	m.left--
	return m.left == 0
}

// askedAgain is what a run says of a node whose restart stands in its journal and did not happen.
var askedAgain = regexp.MustCompile(`--restart-again ([\w.-]+)`)

// killed runs a command again and again, and kills it as mortals die, until it ends by itself with 0. Every line that it
// prints is a JSON object. A life that was killed between the entry of a restart and its command leaves a question, which is
// answered once the node's own count says that it did not restart.
func (p place) killed(far place, args []string) {
	p.t.Helper()
	m := mortal{rows: map[string]bool{}}
	for lives := 1; ; lives++ {
		m.born()
		c := p.command(args...)
		out, err := c.StdoutPipe()
		if err != nil {
			p.t.Fatal(err)
		}
		var errout bytes.Buffer
		c.Stderr = &errout
		if err := c.Start(); err != nil {
			p.t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		last := ""
		for lines.Scan() {
			last = lines.Text()
			if !json.Valid([]byte(last)) {
				p.t.Errorf("no JSON: %q", last)
			}
			if m.dies(last) {
				_ = c.Process.Kill()
			}
		}
		_ = c.Wait()
		switch code := c.ProcessState.ExitCode(); {
		case code == 0:
			if !strings.Contains(last, `"exit":0`) {
				p.t.Errorf("the last line is %s", last)
			}
			p.t.Logf("%d lives", lives)
			return
		case code == 10 && askedAgain.MatchString(last) && lives <= 400:
			host := askedAgain.FindStringSubmatch(last)[1]
			if n := far.counts("serve-1")[host+".lab.example"].Restarts; n != 0 || slices.Contains(args, host) {
				p.t.Fatalf("life %d: %s restarted %d times, and is asked about in %v\n%s", lives, host, n, args, errout.String())
			}
			args = append(slices.Clone(args), "--restart-again", host)
		case code != -1 || lives > 400:
			p.t.Fatalf("life %d: exit %d\n%s\n%s", lives, code, last, errout.String())
		}
	}
}

// TestTwoAtOnce: two runs that begin in the same moment on one file begin one session. One of them may find the other at
// work; nothing is made twice.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	args := []string{"run", "--solution", s.solution(t, true), "--password-file", s.passwordFile(t)}
	var runs []*exec.Cmd
	for range 3 {
		c := p.command(args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		runs = append(runs, c)
	}
	for _, c := range runs {
		_ = c.Wait()
		if code := c.ProcessState.ExitCode(); code != 4 && code != 8 {
			t.Errorf("exit %d, want 4 (waiting for the CA) or 8 (held)", code)
		}
	}
	if all, _ := os.ReadDir(filepath.Join(p.home, "state", "uccx-tui", "sessions")); len(all) != 1 {
		t.Errorf("%d sessions, want 1", len(all))
	}
	p.must(4, "send them to the CA", args...)
	for fqdn, n := range far.counts("serve-1") {
		if n.CSRs != 1 {
			t.Errorf("%s: %d CSRs", fqdn, n.CSRs)
		}
	}
}

// TestPasswordPlaces: a password is taken from a file of its owner or a descriptor, and from nowhere else.
func TestPasswordPlaces(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	file, pw := s.solution(t, true), s.passwordFile(t)
	open := filepath.Join(t.TempDir(), "open")
	group, long := open+"-group", open+"-long"
	if err := errors.Join(os.WriteFile(open, []byte(s.Password), 0o644), os.WriteFile(group, []byte(s.Password), 0o640), os.WriteFile(long, []byte(strings.Repeat("x", 1025)), 0o600)); err != nil {
		t.Fatal(err)
	}
	for says, args := range map[string][]string{"is readable by others (mode 0644)": {"--password-file", open}, "is readable by others (mode 0640)": {"--password-file", group},
		"the first line is not a password": {"--password-file", long}, "--password-fd takes the number of a file descriptor": {"--password-fd", "1"}, "of a file descriptor, never the password": {"--password-fd", "2"}, "not a file": {"--password-file", t.TempDir()},
		"cannot read the password file": {"--password-file", pw + "-none"}, "takes the number": {"--password-fd", "x"}, "no password": {"--password-file", os.DevNull + "/../null"}} {
		_, errout, code := p.run(append([]string{"run", "--solution", file}, args...)...)
		if code != 11 || !strings.Contains(errout, says) && says != "no password" {
			t.Errorf("%v: exit %d\n%s", args, code, errout)
		}
	}
	for _, args := range [][]string{{"--password", s.Password}, {"--restart", "stranger"}, {"--host-key", "uccx1=x"}, {"--answer", "x"}, {"--user", "stranger=x"}} {
		if _, errout, code := p.run(append([]string{"run", "--solution", file, "--password-file", pw}, args...)...); code != 2 {
			t.Errorf("%v: exit %d, want 2\n%s", args, code, errout)
		}
	}
	c := p.command("run", "--solution", file, "--password-fd", "uccx1=3", "--password-fd", "uccx2=4", "--password-fd", "ccp=0", "--user", "ccp="+s.User)
	for range 2 {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.WriteString(s.Password); err != nil {
			t.Fatal(err)
		}
		_ = w.Close()
		defer r.Close()
		c.ExtraFiles = append(c.ExtraFiles, r)
	}
	c.Stdin = strings.NewReader(s.Password + "\r\n")
	out, err := c.CombinedOutput()
	if c.ProcessState.ExitCode() != 4 {
		t.Errorf("by descriptors: %v\n%s", err, out)
	}
}

// TestPasswordInTheWrongPlace: what was typed where a password does not belong is not printed, whichever option it was given to.
func TestPasswordInTheWrongPlace(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	file, pw := s.solution(t, true), s.passwordFile(t)
	const secret = "Geheim-77"
	for _, args := range [][]string{{"run", "--password-fd", secret}, {"run", "--password-fd", "uccx1=" + secret}, {"run", "--password-fd", secret + "=x"}, {"run", "--password-fd", "-" + secret},
		{"run", "--password-file", secret}, {"run", "--password-file", secret + "="}, {"run", "--password-file", secret + "=1"}, {"run", "--user", "administrator:" + secret + "!"}, {"run", "--user", secret + "=x", "--password-file", pw},
		{"run", "--password", secret}, {"run", "--password=" + secret}, {"run", "-p" + secret}, {"run", "--jump", "me:" + secret + "@h"}, {"run", "--proxy", "socks5://me:" + secret + "@h"},
		{"probe", "administrator:" + secret + "@127.0.0.1"}, {"probe", secret + "@127.0.0.1:8443"}, {"probe", "https://a:" + secret + "@127.0.0.1/"},
		{"discover", "administrator:" + secret + "@127.0.0.1"}, {"discover", "127.0.0.1:1", "--user", secret + "=a", "--password-file", pw}, {"discover", "127.0.0.1:1", "--password-fd", secret},
		{"discover", "127.0.0.1:1", "--user", "a:" + secret, "--password-file", pw}, {"advise", "x", "--host", "a:" + secret + "@h"}, {"advise", "x", "--host", secret + "="}} {
		if args[0] == "run" {
			args = append(args, "--solution", file)
		}
		out, errout, code := p.run(args...)
		if code != 2 && code != 11 || errout == "" || strings.Contains(out+errout, secret) {
			t.Errorf("%v: exit %d\n%s%s", args, code, out, errout)
		}
	}
}

// TestWrongSolution: a file with faults says them with their lines, and nothing is begun.
func TestWrongSolution(t *testing.T) {
	p := newPlace(t)
	path := filepath.Join(t.TempDir(), "bad.toml")
	if err := os.WriteFile(path, []byte("name = \"x\"\n\n[[node]]\nfqdn = \"uccx1\"\nproduct = \"uccx\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"new", "--solution", path}, {"plan", "--solution", path}, {"run", "--solution", path}} {
		if out, errout, code := p.run(args...); code != 2 || out != "" || !strings.Contains(errout, "bad.toml: line 4:") {
			t.Errorf("%v: exit %d\n%s%s", args, code, out, errout)
		}
	}
	if _, err := os.Stat(filepath.Join(p.home, "state")); !os.IsNotExist(err) {
		t.Error("something was written")
	}
}
