//go:build unix

package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestUntilNeeded: step after step is run by itself where no person is needed: from the login to the hand-over of the CSRs,
// and then, once the reply is there, to the first upload of a new certificate, which is not begun.
func TestUntilNeeded(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.sit("lab")
	s.see("Log in to every node", "enter next")
	s.press("R")
	s.answer("y"+enter, "Run step after step until you are needed?")
	for _, left := range []string{"3 nodes", "2 nodes", "ccp.lab.example"} { // one after the other
		s.answer(down+enter, "First connection to "+left)
	}
	s.see("Send the CSRs to the CA", "to-the-ca.txt")
	s.press(enter)
	s.answer(down+enter, "Have you sent all CSRs to the CA?")
	s.see("✓ solution", "enter next")
	s.press(enter)
	s.see("All CSRs answered")
	s.press(enter)
	s.see("Load the CA's reply", "✓ solution", "enter next")
	s.press(esc)
	s.see("enter next", "R run until needed")
	s.press("R")
	s.answer("y"+enter, "Run step after step until you are needed?")
	s.see("Install the certificate", "enter start")
	s.press("\x03")
	<-s.gone
	raw, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	journal := string(raw)
	if strings.Contains(journal, `"step":"install"`) || !strings.Contains(journal, `"step":"intermediate"`) {
		t.Errorf("the journal tells of other rows:\n%s", journal)
	}
}

// TestAutoFitsTheTerminal: a lab that plays itself breaks no word at the edge of a terminal, and no line where its output is none.
func TestAutoFitsTheTerminal(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.sit("lab", "--auto")
	s.see("All ports are verified")
	text := strings.ReplaceAll(s.stream(), "\r", "")
	for line := range strings.Lines(text) {
		if ansi.StringWidth(strings.TrimRight(line, "\n")) > 79 {
			t.Errorf("%q is wider than the terminal", line)
		}
	}
	const sentence = "Way back: Not needed: a pending CSR has no effect. Do not generate it again: that discards the key that the CA is signing."
	if strings.Contains(text, sentence) || !strings.Contains(strings.Join(strings.Fields(text), " "), sentence) {
		t.Errorf("the way back is not broken between words:\n%s", text)
	}
	if out, _, _ := newPlace(t).run("lab", "--auto"); !strings.Contains(out, sentence+"\n") {
		t.Errorf("a line is broken where no terminal is:\n%s", out)
	}
}

// TestErrorsFitTheTerminal: an error is broken between words at the edge of a terminal, its command stays whole, and it is one line
// where the standard error is no terminal.
func TestErrorsFitTheTerminal(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	file := "missing/folder/of-a-scenario/with-a-name-that-is-long/scenario.toml"
	s := p.sit("lab", file)
	s.see("Nothing was done")
	s.see("--help")
	for line := range strings.Lines(strings.ReplaceAll(s.stream(), "\r", "")) {
		if ansi.StringWidth(strings.TrimRight(line, "\n")) > 79 {
			t.Errorf("%q is wider than the terminal", line)
		}
	}
	if text := s.stream(); !strings.Contains(text, file) || !strings.Contains(text, "uccx-tui lab --help") {
		t.Errorf("a path or a command is broken:\n%s", text)
	}
	if _, errs, _ := p.run("lab", file); strings.Count(errs, "\n") != strings.Count(errs, "uccx-tui: ") {
		t.Errorf("a line is broken where no terminal is:\n%s", errs)
	}
}
