//go:build unix

package e2e_test

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
)

// TestLabCarried kills a lab session at several rows, hands it over, and finishes it in another home; what is handed
// back is refused where it went on in both.
func TestLabCarried(t *testing.T) {
	t.Parallel()
	for _, row := range []string{"ccp.lab.example Install the certificate: started"} {
		p, q := newPlace(t), newPlace(t)
		c := p.command("lab", "--auto")
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		seen := false
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if strings.Contains(lines.Text(), row) {
				seen = true
				_ = c.Process.Kill()
			}
		}
		_ = c.Wait()
		if !seen {
			t.Fatalf("%q was not seen", row)
		}
		half := filepath.Join(p.home, "state", "uccx-tui", "labs", "lab", "nodes", ".writing-uccx2.lab.example.json-1") // of a write that was cut
		if err := os.WriteFile(half, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "lab.tar")
		p.must(0, "Handed over", "export", "lab", file)
		p.must(1, "never overwritten", "export", "lab", file)
		p.must(0, "", "export", "lab", file+"2")
		one, _ := os.ReadFile(file)
		if two, _ := os.ReadFile(file + "2"); len(one) == 0 || !bytes.Equal(one, two) {
			t.Error("the same session gives another file")
		}
		p.must(8, "was handed over by", "resume", "lab", "--auto")
		q.must(9, "not a session file", "import", os.Args[0])
		q.must(0, "LAB step", "import", file)
		q.must(2, "already", "import", file)
		q.must(0, "Nothing is pending", "resume", "--auto")
		q.onceEach("lab")
		q.must(0, "OK:", "verify", "lab")
		back := file + "3"
		q.must(0, "Handed over", "export", "lab", back)
		p.must(0, "verified", "import", back)
		p.must(0, "Nothing is pending", "resume", "lab", "--auto")
		p.must(0, "", "resume", "lab", "--auto")
		p.must(2, "already", "import", back)
	}
}

// quiet is longer than a question takes no answer after it came up.
const quiet = 400 * time.Millisecond

// suspend stops a program, and waits until it stands still: a signal takes its time on a busy machine.
func suspend(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Kill(pid, syscall.SIGCONT) }) // it would not end
	standsStill(t, pid)
}

// standsStill waits until a program is stopped: until then a key goes to it, and not to the shell.
func standsStill(t testing.TB, pid int) {
	t.Helper()
	if runtime.GOOS != "linux" { // only there it is told that a program stands still
		return
	}
	host, _ := os.Hostname()
	for end := time.Now().Add(time.Minute); !(session.Holder{Host: host, PID: pid}).Stopped(); <-time.After(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it was not suspended")
		}
	}
}

// TestTakeOverOnScreen: a lab whose program was suspended is offered first, taken over by its name, and goes on with nodes of
// its own; the former program, when it wakes, is told.
func TestTakeOverOnScreen(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	former := p.sit("lab")
	former.see("Log in to every node", "enter next")
	holder := p.holder("lab")
	suspend(t, holder)
	s := p.sit()
	s.see("▸ lab is open in another program", "suspended, open: ")
	s.press(enter)
	s.see("suspended", "Last entry", "type its name: lab")
	s.press("labs")
	s.see("▸ labs")
	<-time.After(quiet)
	s.press(enter)
	s.see("Nothing was changed")
	s.press("\x7f")
	s.unseen("▸ labs")
	s.answer(enter, "type its name")
	s.see("Log in to every node", "LAB", "enter next")
	s.believe()
	if err := syscall.Kill(holder, syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	former.press(enter)
	former.see("enter start")
	former.press(enter)
	former.see("was taken over by")
	former.press("\x03")
	<-former.gone
	journal, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "journal.jsonl"))
	if err != nil || bytes.Count(journal, []byte(`"kind":"taken"`)) != 1 || !bytes.Contains(journal, []byte(`"lab":"lab-2"`)) {
		t.Errorf("%v\n%s", err, journal)
	}
}

// TestTakeOver takes a session from a program that was stopped; when that goes on, it is refused its first word.
func TestTakeOver(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	file, pw := s.solution(t, true), s.passwordFile(t)
	k := p.talk("new", "--plain", "--solution", file)
	k.say("OS Administration user for all nodes:", s.User)
	k.say("Password:", s.Password)
	k.hear("Have you sent all CSRs to the CA?")
	k.hear("q to quit")
	suspend(t, k.cmd.Process.Pid)
	p.must(8, "", "run", "--solution", file, "--password-file", pw)
	p.must(4, "send them to the CA", "run", "--solution", file, "--password-file", pw, "--take-over")
	if err := k.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	k.say("", "2")
	k.hear("was taken over by")
	if code := k.end(); code != 8 {
		t.Errorf("exit %d, want 8", code)
	}
	journal, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal", "journal.jsonl"))
	if err != nil || bytes.Count(journal, []byte(`"kind":"taken"`)) != 1 || bytes.Contains(journal, []byte(`"question":"handed"`)) {
		t.Errorf("%v\n%s", err, journal)
	}
	for fqdn, n := range far.counts("serve-1") {
		if n.CSRs != 1 {
			t.Errorf("%s: %d CSRs", fqdn, n.CSRs)
		}
	}
}

// TestCarriedByKeys begins a change by keys, rehearses the rest, hands it over while the CA works, and ends it by keys in another home. The
// host keys that were accepted travel along as proposals: each is asked about once more.
func TestCarriedByKeys(t *testing.T) {
	t.Parallel()
	p, q := newPlace(t), newPlace(t)
	s := p.sit("lab")
	for range 100 {
		screen := s.settled()
		if strings.Contains(screen, "Have you sent all CSRs") {
			break
		}
		s.stroke(screen)
	}
	s.see("Have you sent all CSRs")
	s.press("\x1b")
	s.see("enter sent")
	s.press("\x1b")
	s.see("Send the CSRs to the CA", "enter next")
	s.press("e")
	s.see("Press Enter to rehearse the plan", "enter rehearse")
	s.press(enter)
	s.see("Problems: none found.", "Signed by a lab CA.")
	s.press("\x1b")
	s.see("rehearsed", "no problems", "below this line services stop")
	s.press("\x03")
	<-s.gone
	if code := s.cmd.ProcessState.ExitCode(); code != 7 && code != 4 {
		t.Errorf("exit %d", code)
	}
	file := filepath.Join(t.TempDir(), "lab.tar")
	p.must(0, "Handed over", "export", "lab", file)
	q.must(0, "LAB step", "import", file)
	s = q.sit("resume", "lab")
	s.walk()
	s.press("\x03")
	<-s.gone
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit %d", code)
	}
	q.onceEach("lab")
	journal, err := os.ReadFile(filepath.Join(q.home, "state", "uccx-tui", "sessions", "lab", "journal.jsonl"))
	if _, here, _ := bytes.Cut(journal, []byte(`"kind":"imported"`)); bytes.Count(here, []byte(`"question":"hostkey","value":"yes"`)) != 3 {
		t.Error("the host keys of the file were not accepted here, each once")
	}
	if bytes.Count(journal, []byte(`"kind":"compared"`)) != 3 {
		t.Error("the nodes were not compared with the rehearsal that travelled along")
	}
	if err != nil || bytes.Count(journal, []byte(`"kind":"exported"`)) != 1 || bytes.Count(journal, []byte(`"kind":"imported"`)) != 1 {
		t.Errorf("the hand-over is no entry: %v", err)
	}
}

// TestPasswordPrompt: where a person sits at a terminal, an unattended run asks for what no flag gives, and shows nothing
// of the password.
func TestPasswordPrompt(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	k := p.sit("run", "--solution", s.solution(t, true))
	k.see("Password of " + s.User + " for all nodes:")
	k.press(s.Password + enter)
	<-k.gone
	if code := k.cmd.ProcessState.ExitCode(); code != 4 {
		t.Errorf("exit %d\n%s", code, k.screen())
	}
	if strings.Contains(k.stream(), s.Password) {
		t.Error("the password is shown")
	}
	p.nowhere(s.Password)
}

// TestForTheOwnerAlone: whatever the program writes, only its owner may read: sessions, labs, reports, what is handed over,
// and the kit, wherever they are written, under a umask that lets everybody in.
func TestForTheOwnerAlone(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.must(0, "Nothing is pending", "lab", "--auto")
	out := filepath.Join(p.home, "out")
	if err := os.Mkdir(out, 0o700); err != nil {
		t.Fatal(err)
	}
	p.must(0, "Handed over", "export", "lab", filepath.Join(out, "lab.tar"))
	p.must(0, "", "kit", "lab", filepath.Join(out, "kit"))
	q := newPlace(t)
	q.must(0, "", "import", filepath.Join(out, "lab.tar"))
	for _, dir := range []string{out, filepath.Join(p.home, "state"), filepath.Join(q.home, "state")} {
		seen := 0
		err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
			if seen++; err == nil && info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s has mode %v", path, info.Mode())
			}
			return err
		})
		if err != nil || seen < 6 {
			t.Errorf("%s: %d files, %v", dir, seen, err)
		}
	}
}
