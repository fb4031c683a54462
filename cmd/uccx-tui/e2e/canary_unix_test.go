//go:build unix

package e2e_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// absent fails if a text holds the account's password, in any form in which a program could have written it.
func (s served) absent(t *testing.T, where, text string) {
	t.Helper()
	forms := disguises(s.Password)
	forms["in a header"] = base64.StdEncoding.EncodeToString([]byte(s.User + ":" + s.Password))
	for how, form := range forms {
		if at := strings.Index(text, form); at >= 0 {
			t.Errorf("the password stands in %s, %s: %q", where, how, text[max(at-80, 0):at])
		}
	}
}

// tree returns a process and all that came of it.
func tree(pid int) []int {
	all := []int{pid}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		data, _ := os.ReadFile(path)
		_, rest, _ := strings.Cut(string(data), ") ")
		if f := strings.Fields(rest); len(f) > 1 && f[1] == strconv.Itoa(pid) {
			child, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			all = append(all, tree(child)...)
		}
	}
	return all
}

// unseen fails if the password can be seen from outside: on the terminal, in the arguments or the environment of the
// program and its children, or in a file that it has written.
func (s served) unseen(p place, k *seat) {
	p.t.Helper()
	for _, pid := range tree(k.cmd.Process.Pid) {
		p.outside(pid, s.Password)
	}
	s.absent(p.t.(*testing.T), "what was drawn", k.stream())
	p.nowhere(s.Password)
}

// signIn types the account into the login screen.
func (k *seat) signIn(s served) {
	k.t.Helper()
	k.see("Log in: all nodes", "Password")
	k.press("\x15" + s.User + "\t")
	k.answer(s.Password, "Log in: all nodes", "▸ Password", s.User)
}

// rewritten gives the nodes of a solution file these ways, in their order.
func rewritten(t *testing.T, file string, ways ...string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, way := range ways {
		text = bytes.Replace(text, []byte("\naddress = "), []byte("\nway = \""+way+"\"\naddress  = "), 1)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// loud is a program that writes all it can when it crashes, in a folder where a core file would be found.
func (p place) loud(args ...string) *exec.Cmd {
	c := p.command(args...)
	c.Env = append(c.Env, "GOTRACEBACK=crash")
	c.Dir = filepath.Join(p.home, "uccx-tui-cwd")
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		p.t.Fatal(err)
	}
	return c
}

// TestCanary: the password is typed on a terminal, for SSH and for the API; the program crashes with it in memory, is
// resumed, asks for it again, and hands the session over. It is nowhere.
func TestCanary(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve("--rest")
	k := p.seat(p.loud("new", "--solution", rewritten(t, s.solution(t, true), "ssh", "rest", "rest")))
	k.see("Log in to every node", "enter next")
	k.press(enter)
	k.see("Log in to every node", "enter start")
	k.press(enter)
	k.signIn(s)
	k.see("✓ uccx1", "✓ uccx2", "✓ ccp", "enter next")
	k.press(enter)
	k.row("Read every node", "✓ ccp")
	k.row("Check prerequisites", "✓ ccp")
	k.see("Generate a CSR", "enter start")
	s.unseen(p, k)
	if err := syscall.Kill(p.holder("HQ-renewal"), syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	<-k.gone
	if files, _ := filepath.Glob(filepath.Join(p.home, "state", "uccx-tui", "crash-*.txt")); len(files) != 1 {
		t.Errorf("the test is about nothing: %d crash files", len(files))
	}
	s.absent(t, "what was drawn", k.stream())
	k = p.seat(p.loud("resume"))
	k.see("Generate a CSR", "enter next")
	k.press(enter)
	k.see("Generate a CSR", "enter start")
	k.press(enter)
	k.signIn(s)
	k.see("✓ uccx1", "✓ uccx2", "✓ ccp", "enter next")
	s.unseen(p, k)
	k.press("\x03")
	<-k.gone
	packed := filepath.Join(p.home, "hq.tar")
	p.must(0, "Handed over", "export", "HQ-renewal", packed)
	s.unseen(p, k)
}

// TestCanaryUnattended: nor is it where the program plays alone: given at a prompt, or by a descriptor to one without a
// terminal that is made to write down all its goroutines.
func TestCanaryUnattended(t *testing.T) {
	t.Parallel()
	far := newPlace(t)
	s := far.serve("--rest")
	file := rewritten(t, s.solution(t, true), "rest")
	p := newPlace(t)
	k := p.seat(p.loud("run", "--solution", file))
	k.see("Password of " + s.User + " for all nodes:")
	k.press(s.Password + enter)
	<-k.gone
	if code := k.cmd.ProcessState.ExitCode(); code != 4 {
		t.Errorf("exit %d, want 4\n%s", code, k.screen())
	}
	s.absent(t, "what was printed", k.stream())
	p.nowhere(s.Password)

	p = newPlace(t)
	c := p.loud("run", "--json", "--solution", file, "--password-fd", "3")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := w.WriteString(s.Password + "\n"); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	c.ExtraFiles = []*os.File{r}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errout bytes.Buffer
	c.Stderr = &errout
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	said := ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said += lines.Text() + "\n"
		if strings.Contains(lines.Text(), `"survey"`) { // every node was logged in to
			p.outside(c.Process.Pid, s.Password)
			_ = c.Process.Signal(syscall.SIGQUIT)
		}
	}
	_ = c.Wait()
	if !strings.Contains(errout.String(), "goroutine ") {
		t.Errorf("the test is about nothing: %v\n%s%s", c.ProcessState, said, errout.String())
	}
	s.absent(t, "what was printed", said+errout.String())
	if left, err := os.ReadDir(c.Dir); err != nil || len(left) > 0 {
		t.Errorf("%v was left where it ran, %v", left, err)
	}
	p.nowhere(s.Password)
}
