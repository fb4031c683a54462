//go:build unix

package e2e_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestSessionsInOrder: sessions are listed within 80 columns and as JSON, renamed, put away and deleted by their typed name;
// one that is held is left alone, and so is a lab that another session needs.
func TestSessionsInOrder(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.must(0, "", "lab", "--auto", "--name", "a session with a very long name that a person has typed without much thought")
	p.must(0, "", "lab", "--auto", "--name", "two")
	out := p.must(0, "verified", "sessions")
	for _, line := range strings.Split(out, "\n") {
		if len(line) > 80 {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
	var doc struct {
		Format   int
		Sessions []struct{ Name, Outcome string }
	}
	if err := json.Unmarshal([]byte(p.must(0, "", "sessions", "--json")), &doc); err != nil || doc.Format != 1 || len(doc.Sessions) != 2 || doc.Sessions[0].Name != "two" || doc.Sessions[0].Outcome != "proven" {
		t.Errorf("%+v, %v", doc, err)
	}
	p.must(0, "three", "sessions", "rename", "two", "three")
	p.must(2, "No session named", "sessions", "rename", "two", "four")
	p.must(2, "already", "sessions", "rename", "three", doc.Sessions[1].Name)
	p.must(10, "Nothing was deleted", "sessions", "delete", "three", "--confirm", "two")
	p.must(10, "Nothing was deleted", "sessions", "delete", "three")
	p.must(0, "Deleted", "sessions", "delete", "three", "--confirm", "three")
	p.must(2, "No session named", "sessions", "delete", "three", "--confirm", "three")
	away := strings.TrimSpace(p.must(0, "archive", "sessions", "archive", doc.Sessions[1].Name))
	for _, name := range []string{"session/journal.jsonl", "lab"} {
		if _, err := os.Stat(filepath.Join(away, name)); err != nil {
			t.Error(err)
		}
	}
	p.must(0, "No sessions", "sessions")
	if left, _ := os.ReadDir(filepath.Join(p.home, "state", "uccx-tui", "labs")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	for _, code := range [][]string{{"report", "x"}, {"kit", "x"}, {"verify", "x"}, {"export", "x"}, {"plan", "x"}, {"rehearse", "x"}, {"resume", "x"}, {"sessions", "archive", "x"}, {"run", "x"}} {
		p.must(2, "No session named", code...)
	}
}

// TestVerifyByHead: a journal that a person wrote again, with every sum as it should be, is found by the head that was kept.
func TestVerifyByHead(t *testing.T) {
	t.Parallel()
	p, q := newPlace(t), newPlace(t)
	p.must(0, "", "lab", "--auto")
	head := strings.TrimSpace(p.must(0, "", "verify", "lab", "--head"))
	if report := p.must(0, head, "report", "lab"); !strings.Contains(report, "--expect") {
		t.Error("the report does not say what the head is for")
	}
	p.must(0, "0 entries before the end", "verify", "lab", "--expect", head)
	file := filepath.Join(t.TempDir(), "lab.tar")
	p.must(0, "", "export", "lab", file)
	p.must(0, "1 entry before the end", "verify", "lab", "--expect", head)
	forge(t, file, file+"2", "root@", "ada@", "tester@", "ada@")
	q.must(0, "", "import", file+"2")
	q.must(0, "OK:", "verify", "lab")
	q.must(9, "does not contain the expected head", "verify", "lab", "--expect", head)
	var doc struct {
		OK       bool
		Expected bool `json:"expected_head_found"`
	}
	out, _, code := q.run("verify", "lab", "--expect", head, "--json")
	if err := json.Unmarshal([]byte(out), &doc); err != nil || code != 9 || doc.OK || doc.Expected {
		t.Errorf("exit %d, %+v, %v", code, doc, err)
	}
	journal := filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "journal.jsonl")
	if err := os.WriteFile(journal, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p.must(9, "the journal is empty", "verify", "lab")
}

// TestSpecialFilesStopNothing: pipes and devices in the place of files, and folders of others, end every command at once, with
// a word; the other sessions are listed.
func TestSpecialFilesStopNothing(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.must(0, "", "lab", "--auto")
	dir := filepath.Join(p.home, "state", "uccx-tui", "sessions")
	pipe := filepath.Join(t.TempDir(), "pipe.tar")
	odd := filepath.Join(dir, "odd")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Mkdir(odd, 0o700), syscall.Mkfifo(filepath.Join(odd, "journal.jsonl"), 0o600), os.Mkdir(filepath.Join(dir, "zero"), 0o700),
		os.Symlink("/dev/zero", filepath.Join(dir, "zero", "journal.jsonl"))); err != nil {
		t.Fatal(err)
	}
	solution := filepath.Join(filepath.Dir(pipe), "x.toml")
	if err := syscall.Mkfifo(solution, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"sessions"}, {"sessions", "--json"}, {"import", pipe}, {"import", "/dev/zero"}, {"import", "/proc/kmsg"}, {"import", "/"}, {"check", pipe}, {"check", "/dev/zero"}, {"check", "/proc/kmsg"},
		{"plan", "--solution", solution}, {"lab", solution}, {"run", "lab", "--password-file", pipe}, {"report", "odd"}, {"verify", "odd"}, {"resume", "odd"}, {"export", "odd", pipe + "2"}, {"kit", "odd"}, {"report", "zero"},
		{"verify", "zero"}, {"resume", "zero"}, {"sessions", "archive", "odd"}, {"sessions", "delete", "zero", "--confirm", "zero"}, {"report", "lab"}} {
		path, err := binary()
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		c := exec.CommandContext(ctx, path, args...)
		c.Env = p.env()
		out, _ := c.CombinedOutput()
		if ctx.Err() != nil {
			t.Errorf("%v does not end", args)
		}
		cancel()
		if len(out) == 0 || strings.Contains(string(out), "goroutine ") {
			t.Errorf("%v: %s", args, out)
		}
	}
	p.must(0, "lab  ", "sessions")
	state := filepath.Join(p.home, "state", "uccx-tui")
	if err := os.Chmod(state, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"sessions"}, {"report", "lab"}, {"resume", "lab"}, {"lab", "--auto"}, {}} {
		p.must(1, "can be written to by other users", args...)
	}
	p.must(0, "lab  ", "sessions", "--trust-state-folder")
	p.must(0, "uccx-tui", "version")
}

// TestReportWatched: the page is written at once and again after each entry, whole, and loads itself again; Ctrl+C ends it.
func TestReportWatched(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.must(0, "", "lab", "--auto")
	page := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(page, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	c := p.command("report", "lab", "--format", "html", "--watch", page, "--redact")
	words, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(words)
	written := func() (string, string) {
		if !lines.Scan() {
			t.Fatal("it ended")
		}
		data, err := os.ReadFile(page)
		if err != nil || !strings.Contains(string(data), "</html>") || !strings.Contains(string(data), `http-equiv="refresh"`) {
			t.Fatalf("%v: %.200s", err, data)
		}
		return lines.Text(), string(data)
	}
	_, first := written()
	p.must(0, "", "export", "lab", filepath.Join(t.TempDir(), "x"))
	line, second := written()
	if first == second || !strings.Contains(line, "entries of lab") {
		t.Errorf("%q, and the page is the same", line)
	}
	if at, err := os.Stat(page); err != nil || at.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", at, err)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
	}
	_ = c.Wait()
	if code := c.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit %d", code)
	}
	if left, _ := os.ReadDir(filepath.Dir(page)); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}

// finished is a place with a finished session, and its journal.
func finished(t *testing.T) (p place, journal string, content []byte) {
	t.Helper()
	p = newPlace(t)
	p.must(0, "", "lab", "--auto")
	journal = filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "journal.jsonl")
	content, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	return p, journal, content
}

// TestLookingChangesNothing: who opens a finished session, looks and leaves it finds it as it was.
func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	p, journal, before := finished(t)
	report := p.must(0, "", "report", "lab")
	p.must(0, "", "resume", "lab", "--auto")
	k := p.talk("resume", "lab", "--plain")
	k.end()
	s := p.sit("resume", "lab")
	s.see("lab")
	s.press("\x03")
	<-s.gone
	if after, err := os.ReadFile(journal); err != nil || string(after) != string(before) {
		t.Errorf("%d bytes were added, %v", len(after)-len(before), err)
	}
	if again := p.must(0, "", "report", "lab"); again != report {
		t.Error("the report is another")
	}
}

// TestWrittenFilesOfOthers: neither --watch nor --debug writes over a journal, through a link to it, or in place of a device.
func TestWrittenFilesOfOthers(t *testing.T) {
	t.Parallel()
	p, journal, before := finished(t)
	link, pipe := filepath.Join(t.TempDir(), "link"), filepath.Join(t.TempDir(), "pipe")
	if err := errors.Join(os.Symlink(journal, link), syscall.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{journal, link, pipe, "/dev/null", filepath.Dir(journal), filepath.Join(filepath.Dir(journal), "outbox", "new.md")} {
		p.must(2, "Nothing was done", "report", "lab", "--watch", file)
		p.must(2, "Nothing was done", "--debug", file, "probe", "127.0.0.1:1")
	}
	after, err := os.ReadFile(journal)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the journal was changed: %v", err)
	}
	p.must(0, "OK:", "verify", "lab")
}

// TestImportedTwiceAtOnce: a file that several programs import in the same moment makes one session.
func TestImportedTwiceAtOnce(t *testing.T) {
	t.Parallel()
	p, q := newPlace(t), newPlace(t)
	p.must(0, "", "lab", "--auto")
	file := filepath.Join(t.TempDir(), "lab.tar")
	p.must(0, "", "export", "lab", file)
	all := make([]*exec.Cmd, 4)
	for i := range all {
		if all[i] = q.command("import", file); all[i].Start() != nil {
			t.Fatal("not started")
		}
	}
	taken := 0
	for _, c := range all {
		if c.Wait() == nil {
			taken++
		}
	}
	if made, err := os.ReadDir(filepath.Join(q.home, "state", "uccx-tui", "sessions")); err != nil || len(made) != 1 || taken != 1 {
		t.Errorf("%d imports, sessions: %v, %v", taken, made, err)
	}
}
