//go:build unix

package e2e_test

import (
	"context"
	"encoding/pem"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

var allByHand = flag.Bool("byhand", false, "do three nodes by hand, not one; takes a minute")

// worker is a technician who does on the nodes what the screen says, in windows of their own, and pastes what they said.
type worker struct {
	*seat
	served served
	byHand string // folder of what is to be uploaded
	at     map[string]*vostest.Typist
	done   int
}

var (
	nodeOn    = regexp.MustCompile(`→ (\S+\.lab\.example)`)
	commandOn = regexp.MustCompile(`Type this on the node \(admin:\)\s*\n\s+(.*?)\s*\n`)
	pasteOn   = regexp.MustCompile(`paste the certificate (.*), then an empty line`)
	answerOn  = regexp.MustCompile(`if asked, answer: (\S+)`)
)

// errand reads one errand from the screen, does it, and pastes what the node printed.
func (w *worker) errand(screen string) {
	w.t.Helper()
	node, command := nodeOn.FindStringSubmatch(screen), commandOn.FindStringSubmatch(screen)
	if node == nil || command == nil {
		w.t.Fatalf("nothing can be read from\n%s", screen)
	}
	d := vos.Dialogue{Line: command[1], Leaves: command[1] == "utils system restart"}
	if m := answerOn.FindStringSubmatch(screen); m != nil {
		d.Answers = []vos.Answer{{Question: `(?i)\(?\s*yes\s*[/|]\s*no\s*\)?\s*\??\s*$`, Reply: m[1]}}
	}
	if m := pasteOn.FindStringSubmatch(screen); m != nil {
		d.Paste = w.file(m[1])
	}
	text, err := w.typist(node[1]).Do(context.Background(), d)
	if err != nil {
		w.t.Fatalf("%s on %s: %v", d.Line, node[1], err)
	}
	w.done++
	w.press("\x1b[200~" + strings.ReplaceAll(strings.ReplaceAll(text, "\x1b", ""), "\r\n", "\r") + "\x1b[201~")
	w.see(" lines: ")
	w.press(enter)
	for late := time.Now().Add(40 * time.Second); ; {
		before := w.screen()
		if !strings.Contains(before, " lines: ") {
			return
		}
		if time.Now().After(late) {
			w.t.Fatalf("what was pasted is not given:\n%s", before)
		}
		if w.another(before); w.screen() == before {
			w.press(enter) // one that comes in the burst of keys of a paste belongs to it; one too many would answer the next screen
		}
	}
}

// file finds the certificate of that name among those that are to be uploaded.
func (w *worker) file(name string) []byte {
	w.t.Helper()
	all, err := filepath.Glob(filepath.Join(w.byHand, "*.pem"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, path := range all {
		data, err := os.ReadFile(path)
		if err != nil {
			w.t.Fatal(err)
		}
		if block, _ := pem.Decode(data); block != nil && cert.Name(read.Parse(path, data).Items[0].Cert) == name {
			return data
		}
	}
	w.t.Fatalf("there is no file for %q among %v", name, all)
	return nil
}

func (w *worker) typist(fqdn string) *vostest.Typist {
	if w.at[fqdn] == nil {
		for _, n := range w.served.Nodes {
			if n.FQDN == fqdn {
				w.at[fqdn] = &vostest.Typist{Addr: n.SSH, Login: vos.Login{User: w.served.User, Password: vos.NewSecret(w.served.Password)}}
			}
		}
	}
	return w.at[fqdn]
}

// until does errands until all of the words are on the screen.
func (w *worker) until(words ...string) {
	w.t.Helper()
	w.errands(func(screen string) (missing string) {
		for _, one := range words {
			if !strings.Contains(screen, one) {
				missing = one
			}
		}
		return missing
	})
}

// untilOne does errands until one of the words is on the screen, and returns it.
func (w *worker) untilOne(words ...string) (seen string) {
	w.t.Helper()
	w.errands(func(screen string) string {
		i := slices.IndexFunc(words, func(one string) bool { return strings.Contains(screen, one) })
		if i < 0 {
			return strings.Join(words, ", ")
		}
		seen = words[i]
		return ""
	})
	return seen
}

// errands does errands until nothing is missing on the screen.
func (w *worker) errands(missing func(screen string) string) {
	w.t.Helper()
	late := time.After(100 * time.Second)
	for {
		screen := w.screen()
		lacks := missing(screen)
		switch {
		case lacks == "":
			return
		case strings.Contains(screen, "Type this on the node") && strings.Contains(screen, "enter submit"):
			w.errand(screen)
			continue
		}
		select {
		case <-w.news:
		case <-w.seat.gone:
			w.t.Fatalf("the program ended; %q is not seen on\n%s", lacks, w.screen())
		case <-late:
			w.t.Fatalf("%q is not seen on\n%s", lacks, w.screen())
		}
	}
}

// begin starts a row and works on it until it is done on all nodes.
func (w *worker) begin(title, result string) {
	w.t.Helper()
	w.see(title, "enter start")
	w.press(enter)
	w.until(title, result, "enter next")
	w.press(enter)
}

// TestByHand: the whole path at 80x24 on nodes that no program logs in to. It is killed in the middle, and goes on.
func TestByHand(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	last := s.Nodes[2]
	if !*allByHand {
		s.Nodes = s.Nodes[2:]
	}
	file := s.solution(t, false)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	manual := strings.ReplaceAll(string(text), "address = ", "way = \"manual\"\naddress = ")
	if err := os.WriteFile(file, []byte(manual), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal")
	w := &worker{seat: p.sit("new", "--solution", file), served: s, byHand: filepath.Join(dir, "by-hand"), at: map[string]*vostest.Typist{}}
	defer func() {
		for _, one := range w.at {
			one.Close()
		}
	}()
	w.see("Log in to every node", "(manual)", "enter next")
	w.press("v")
	w.see("Connection per node", "by hand")
	w.press(esc)
	w.see("enter next")
	w.press(enter)
	w.begin("Log in to every node", "✓ ccp")
	w.begin("Read every node", "✓ ccp")
	w.begin("Check prerequisites", "✓ ccp")
	w.see("Generate a CSR", "enter start")
	w.press(enter)
	w.until("set csr gen tomcat") // it began, and no one has done it
	if err := w.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-w.seat.gone
	w.seat = p.sit("resume")
	w.see("unknown: Enter checks")
	w.press(enter)
	w.see("Generate a CSR", "enter check")
	w.press(enter)
	if w.untilOne("enter try again", "enter next") == "enter try again" { // an Enter too many has said it already
		w.press(enter)
		w.until("✓ ccp", "enter next")
	}
	w.press(enter)
	w.begin("Prepare the CSRs for the CA", "✓ solution")
	s.signed(t, filepath.Join(dir, "outbox"))
	downloads := filepath.Join(p.home, "Downloads")
	if err := os.Mkdir(downloads, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{".cer", ".crt"} {
		copyFiles(t, s.Outbox, downloads, suffix)
	}
	w.see("to-the-ca.txt")
	w.press(enter)
	w.answer(down+enter, "Have you sent all CSRs to the CA?")
	w.see("✓ solution", "enter next")
	w.press(enter)
	w.see("All CSRs answered", "matches ccp")
	w.press(enter)
	w.see("Load the CA's reply", "✓ solution", "enter next")
	w.press(enter)
	w.begin("Upload the root", "✓ ccp")
	w.begin("Upload the intermediates", "✓ ccp")
	if *allByHand {
		w.begin("Verify the chain on the subscriber", "✓ uccx2")
	}
	w.begin("Install the certificate", "✓ ccp")
	for i := range s.Nodes { // ccp, which the solution file names last, restarts first (SIG-8)
		n := s.Nodes[(i+len(s.Nodes)-1)%len(s.Nodes)]
		host, _, _ := strings.Cut(n.FQDN, ".")
		w.until("Type the node's name to restart it now.", n.FQDN)
		w.answer(host+enter, "Type the node's name to restart it now.", n.FQDN)
	}
	w.until("✓ ccp", "enter next")
	w.press(enter)
	w.finish()
	if w.done < 25*len(s.Nodes) {
		t.Errorf("only %d errands were done", w.done)
	}
	for fqdn, c := range far.counts("serve-1") {
		if fqdn == last.FQDN && (c.CSRs != 1 || c.OwnUploads != 1 || c.Restarts != 1 || len(c.TrustUploads) != 2) {
			t.Errorf("%s: %+v", fqdn, c)
		}
	}
	if journal := contents(t, filepath.Join(dir, "journal.jsonl")); !strings.Contains(journal, "The command had no effect") {
		t.Error("the node was not looked at before the CSR was ordered again")
	}
	p.nowhere(s.Password)
}

// finish proves, answers what agents say, and ends the program.
func (w *worker) finish() {
	w.t.Helper()
	w.begin("Verify every port", "✓ ccp")
	for w.see("Functional tests with agents"); !strings.Contains(w.screen(), "enter next"); {
		if screen := w.screen(); strings.Contains(screen, "Later: it stays pending") {
			w.yes(screen)
		} else {
			w.another(screen)
		}
	}
	w.press(enter)
	w.row("Write the report", "✓ solution")
	w.see("All ports are verified. Nothing is pending.")
	w.press("\x03")
	<-w.seat.gone
	if code := w.cmd.ProcessState.ExitCode(); code != 0 {
		w.t.Errorf("exit %d", code)
	}
}

// another waits until the screen is another, or for the time after which a key is taken.
func (w *worker) another(screen string) {
	for late := time.After(400 * time.Millisecond); w.screen() == screen; {
		select {
		case <-w.news:
		case <-late:
			return
		}
	}
}
