package e2e_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is the package that these tests build and run.
const program = "github.com/uccx-tui/uccx-tui/cmd/uccx-tui"

// binary builds the program once for all tests, with the race detector where the tests have it. Its labs make their keys of few primes, which
// takes a quarter of the time; benchmarks measure the program as it is released.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "uccx-tui-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "uccx-tui")
	args := []string{"build", "-o", path}
	if raced {
		args = append(args, "-race")
	}
	if flag.Lookup("test.bench").Value.String() == "" {
		args = append(args, "-ldflags=-X github.com/uccx-tui/uccx-tui/vos/sim.paired=yes")
	}
	out, err := exec.Command("go", append(args, program)...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

// TestMain leaves these tests out with -short: they run the real program, on terminals and over the network, and wait more than they compute.
func TestMain(m *testing.M) {
	flag.Parse()
	if testing.Short() {
		fmt.Println("-short: the tests of the binary are left out")
		return
	}
	permissive()
	code := m.Run()
	if path, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// place is a home of its own for one test: every XDG folder lies in it.
type place struct {
	t    testing.TB
	home string
	in   []string // the command that the binary runs under, such as one that changes the network; may be empty
}

func newPlace(t testing.TB) place {
	t.Helper()
	return place{t: t, home: t.TempDir()}
}

func (p place) env() []string {
	return []string{"HOME=" + p.home, "XDG_STATE_HOME=" + filepath.Join(p.home, "state"), "XDG_CONFIG_HOME=" + filepath.Join(p.home, "config"),
		"XDG_CACHE_HOME=" + filepath.Join(p.home, "cache"), "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8", "USER=tester", "GORACE=halt_on_error=1"}
}

// command is the real binary in this place.
func (p place) command(args ...string) *exec.Cmd {
	p.t.Helper()
	path, err := binary()
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	p.t.Cleanup(cancel)
	line := slices.Concat(p.in, []string{path}, args)
	c := exec.CommandContext(ctx, line[0], line[1:]...)
	c.Env = p.env()
	return c
}

// run runs the binary to its end and returns what it printed and its exit code.
func (p place) run(args ...string) (out, errout string, code int) {
	p.t.Helper()
	c := p.command(args...)
	var o, e bytes.Buffer
	c.Stdout, c.Stderr = &o, &e
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	return o.String(), e.String(), c.ProcessState.ExitCode()
}

// counts reads from the lab's disks what was done to each node.
func (p place) counts(lab string) map[string]counted {
	p.t.Helper()
	files, err := filepath.Glob(filepath.Join(p.home, "state", "uccx-tui", "labs", lab, "nodes", "*.json"))
	if err != nil || len(files) == 0 {
		p.t.Fatalf("no disks in lab %s: %v", lab, err)
	}
	all := map[string]counted{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			p.t.Fatal(err)
		}
		var d struct {
			FQDN   string  `json:"fqdn"`
			Counts counted `json:"counts"`
		}
		if json.Unmarshal(data, &d) == nil && d.FQDN != "" {
			all[d.FQDN] = d.Counts
		}
	}
	return all
}

type counted struct {
	CSRs         int            `json:"csrs"`
	TrustUploads map[string]int `json:"trustUploads"`
	OwnUploads   int            `json:"ownUploads"`
	Restarts     int            `json:"restarts"`
	FailedLogins int            `json:"failedLogins"`
}

// onceEach fails unless each node of the lab was given exactly one of everything.
func (p place) onceEach(lab string) {
	p.t.Helper()
	all := p.counts(lab)
	if len(all) != 3 {
		p.t.Errorf("%d nodes, want 3", len(all))
	}
	for fqdn, c := range all {
		if c.CSRs != 1 || c.OwnUploads != 1 || c.Restarts != 1 {
			p.t.Errorf("%s: %+v, want one of each", fqdn, c)
		}
		for print, n := range c.TrustUploads {
			if n != 1 {
				p.t.Errorf("%s: %.8s uploaded %d times", fqdn, print, n)
			}
		}
	}
}

// TestLabAuto plays the whole path unattended.
func TestLabAuto(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	out, errout, code := p.run("lab", "--auto")
	if code != 0 {
		t.Fatalf("exit %d\n%s%s", code, out, errout)
	}
	p.onceEach("lab")
	if strings.Contains(out, "\x1b") {
		t.Error("line mode printed an escape sequence")
	}
	list, _, code := p.run("sessions")
	if code != 0 || !strings.Contains(list, "verified") {
		t.Errorf("sessions: exit %d\n%s", code, list)
	}
	lab := filepath.Join(p.home, "state", "uccx-tui", "labs", "lab", "ca", "outbox")
	csrs := filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "outbox")
	if text, _, code := p.run("check", lab, "--csr", csrs); code != 0 || !strings.Contains(text, "matches uccx2.lab.example") || !strings.Contains(text, "OK: a node would accept these files") {
		t.Errorf("check: exit %d\n%s", code, text)
	}
	if text, _, code := p.run("check", filepath.Join(lab, "root.cer"), "--csr", csrs, "--json"); code != 5 || !json.Valid([]byte(text)) || !strings.Contains(text, `"missing"`) {
		t.Errorf("check --json: exit %d\n%s", code, text)
	}
	for _, format := range []string{"md", "html", "json"} {
		if text, errout, code := p.run("report", "lab", "--format", format); code != 0 || !strings.Contains(text, "uccx1.lab.example") {
			t.Errorf("report %s: exit %d\n%s", format, code, errout)
		}
	}
}

// TestKillAnywhere kills the real program after each line that it prints, and resumes it until it ends by itself.
func TestKillAnywhere(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	args := []string{"lab", "--auto"}
	for lives := 1; ; lives++ {
		c := p.command(args...)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		var errout bytes.Buffer
		c.Stderr = &errout
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			if n == 2+(lives*7)%17 { // far enough to move on, and a different moment each time
				_ = c.Process.Kill()
			}
		}
		_ = c.Wait()
		if code := c.ProcessState.ExitCode(); code == 0 {
			t.Logf("%d lives", lives)
			break
		} else if code != -1 {
			t.Fatalf("life %d: exit %d\n%s", lives, code, errout.String())
		}
		if lives > 300 {
			t.Fatal("it never ends")
		}
		args = []string{"resume", "--auto"}
	}
	p.onceEach("lab")
}

// inDocument compares the keys of what lab --serve prints, and what does not change from lab to lab, with its example in docs/lab.md.
func inDocument(t *testing.T, printed []byte) {
	t.Helper()
	text, err := os.ReadFile("../../../docs/lab.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ = bytes.Cut(text, []byte("```json\n"))
	example, _, _ := bytes.Cut(text, []byte("```"))
	read := func(data []byte) (top, node map[string]any) {
		if err := json.Unmarshal(data, &top); err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		node, _ = top["nodes"].([]any)[0].(map[string]any)
		return top, node
	}
	top, node := read(printed)
	says, saysNode := read(example)
	keys := func(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
	if !slices.Equal(keys(top), keys(says)) || !slices.Equal(keys(node), keys(saysNode)) {
		t.Errorf("docs/lab.md shows %v and %v; printed are %v and %v", keys(says), keys(saysNode), keys(top), keys(node))
	}
	for _, key := range []string{"fqdn", "product", "role", "release"} {
		if node[key] != saysNode[key] {
			t.Errorf("docs/lab.md shows %s %v; printed is %v", key, saysNode[key], node[key])
		}
	}
}

// TestLabServe: the first line is one JSON object, and every port of it answers a TLS handshake.
func TestLabServe(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	c := p.command("lab", "--serve")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("no output")
	}
	var s struct {
		Nodes []struct {
			FQDN, Product, Role, Release, SSH string
			Ports                             map[string]string
		}
		User, Password string
		Inbox          string `json:"ca_inbox"`
		Outbox         string `json:"ca_outbox"`
	}
	if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
		t.Fatal(err)
	}
	inDocument(t, lines.Bytes())
	if len(s.Nodes) != 3 || s.User == "" || s.Password == "" || s.Inbox == "" || s.Outbox == "" {
		t.Fatalf("got %+v", s)
	}
	for _, n := range s.Nodes {
		for port, at := range n.Ports {
			if rarePort(n.Product, port) {
				continue
			}
			conn, err := tls.Dial("tcp", at, &tls.Config{InsecureSkipVerify: true, ServerName: n.FQDN})
			if err != nil {
				t.Errorf("%s %s: %v", n.FQDN, port, err)
				continue
			}
			_ = conn.Close()
			if text, _, code := p.run("probe", at, "--json"); code != 5 || !strings.Contains(text, n.FQDN) || !json.Valid([]byte(text)) {
				t.Errorf("probe: exit %d, want 5, because 127.0.0.1 is not the name\n%s", code, text)
			}
		}
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if code := c.ProcessState.ExitCode(); code != 143 {
		t.Errorf("exit %d after TERM, want 143", code)
	}
}

// TestUsage: what is not understood says so, does nothing, and exits with 2.
func TestUsage(t *testing.T) {
	p := newPlace(t)
	for _, args := range [][]string{{"nonsense"}, {"lab", "--nodes", "0"}, {"lab", "--rtt", "-1s"}, {"lab", "--auto", "--serve"}, {"resume", "a", "b"}, {"report"},
		{"report", "x", "--format", "pdf"}, {"--nonsense"}, {"resume"}, {"lab", "grade"}} {
		out, errout, code := p.run(args...)
		if slices.Contains(args, "lab") && strings.Contains(errout, "--careless") { // the rules of other flags
			t.Errorf("%v: %s", args, errout)
		}
		if code != 2 || errout == "" || out != "" {
			t.Errorf("%v: exit %d\n%s%s", args, code, out, errout)
		}
	}
	if _, err := os.Stat(filepath.Join(p.home, "state", "uccx-tui", "sessions")); !os.IsNotExist(err) {
		t.Error("something was written")
	}
}

// TestEmptyHome: without a place for sessions nothing is done, and the reason is said.
func TestEmptyHome(t *testing.T) {
	p := newPlace(t)
	c := p.command("lab", "--auto")
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=", "LANG=C.UTF-8"}
	out, err := c.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "HOME") {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestHeldAndDamaged: a session that another program holds, and a journal with a flipped byte.
func TestHeldAndDamaged(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	if _, errout, code := p.run("lab", "--auto"); code != 0 {
		t.Fatal(errout)
	}
	path := filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "journal.jsonl")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text, errout, code := p.run("verify", "lab"); code != 0 || !strings.Contains(text, "OK: ") || strings.Contains(text, "no entry") {
		t.Errorf("verify: exit %d\n%s%s", code, text, errout)
	}
	csr := filepath.Join(filepath.Dir(path), "outbox", "to-the-ca.txt")
	if err := os.WriteFile(csr, []byte("other words"), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, _, code := p.run("verify", "lab"); code != 9 || !strings.Contains(text, "outbox/to-the-ca.txt: content was changed") {
		t.Errorf("verify: exit %d\n%s", code, text)
	}
	damaged := bytes.Replace(data, []byte(`"kind":"began"`), []byte(`"kind":"begin"`), 1)
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	_, errout, code := p.run("resume", "lab", "--auto")
	if code != 9 || !strings.Contains(errout, "line ") {
		t.Errorf("damaged: exit %d\n%s", code, errout)
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(now, damaged) {
		t.Error("a damaged journal was touched")
	}
}
