//go:build unix

package e2e_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// printed is what a command prints on a terminal of 80 cells, and its exit code.
func (p place) printed(args ...string) (text string, code int) {
	p.t.Helper()
	s := p.sit(args...)
	<-s.gone
	return strings.ReplaceAll(s.stream(), "\r\n", "\n"), s.cmd.ProcessState.ExitCode()
}

// TestPrintedForPeople: on a terminal no line of what a command prints for people is wider than the terminal, so that none is broken within
// a word, and no word is lost; where the output goes to a file or a program each line stays whole.
func TestPrintedForPeople(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.must(0, "", "lab", "--auto")
	p.must(0, "", "lab", "old-root", "--auto")
	if text, _ := p.printed("lab", "grade", "old-root"); strings.Contains(text, "|") || strings.Contains(text, "# ") || !strings.Contains(text, "Result: passed") {
		t.Errorf("the grade is Markdown:\n%s", text)
	} else {
		fits(t, []string{"grade"}, text)
	}
	if text, _ := p.printed("lab", "grade", "old-root", "old-root"); strings.Contains(text, "|") || !strings.Contains(text, "session   ") {
		t.Errorf("the table of a class is Markdown:\n%s", text)
	}
	reply := filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "reply")
	for _, args := range [][]string{{"check", reply}, {"check", filepath.Join(reply, "ccp.lab.example.pem"), "--node", "uccx-with-a-long-name-of-its-own.lab.example"}, {"plan", "lab"}, {"verify", "lab"}, {"facts"}} {
		whole, _, wants := p.run(args...)
		text, code := p.printed(args...)
		if code != wants {
			t.Errorf("%v: exit %d, and %d on a terminal", args, wants, code)
		}
		if squeezed(text) != squeezed(whole) {
			t.Errorf("%v: on a terminal it says\n%s\nelsewhere\n%s", args, text, whole)
		}
		fits(t, args, text)
	}
	for _, args := range [][]string{{"doctor"}, {"--help"}, {"run", "--help"}, {"lab", "--help"}, {"help", "solutions"}, {"help", "exit-codes"}, {"help", "glossary"}, {"lab", "hint", "old-root"}} {
		text, code := p.printed(args...)
		if fits(t, args, text); code != 0 && args[0] != "doctor" || strings.Contains(text, "\n|") || strings.Contains(text, "```") || strings.Contains(text, "](") {
			t.Errorf("%v: exit %d, or Markdown:\n%s", args, code, text)
		}
	}
	if whole := p.must(0, "", "help", "solutions"); !strings.HasPrefix(whole, "# ") || !strings.Contains(whole, "| --- |") {
		t.Errorf("in a file it is not the document:\n%s", whole)
	}
}

// squeezed is a text without blanks and line ends, and without digits and bars: days may pass between two commands.
func squeezed(text string) string {
	return strings.NewReplacer("0", "", "1", "", "2", "", "3", "", "4", "", "5", "", "6", "", "7", "", "8", "", "9", "", "#", "", ".", "").Replace(strings.Join(strings.Fields(text), ""))
}

// fits reports lines that a terminal of 80 cells breaks; those of a single word cannot be broken, and the commands of a document are not.
func fits(t *testing.T, args []string, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if commands := args[0] == "help" && strings.HasPrefix(line, "    "); layout.Width(line) >= 80 && !commands && strings.Contains(strings.TrimSpace(line), " ") {
			t.Errorf("%v: a line of %d cells: %q", args, layout.Width(line), line)
		}
	}
}

// TestReportOnATerminal: the report of a session is a page to read on a terminal, without the signs of Markdown and with all of its
// words; with --format md, and where it goes to a file, it is Markdown.
func TestReportOnATerminal(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.must(0, "", "lab", "--auto")
	whole := p.must(0, "", "report", "lab")
	page, code := p.printed("report", "lab")
	if code != 0 {
		t.Errorf("exit %d\n%s", code, page)
	}
	fits(t, []string{"report"}, page)
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "#") || strings.Contains(line, "|") || strings.Contains(line, "**") || strings.Contains(line, "\\") || strings.Contains(line, "\x1b") {
			t.Errorf("a line of Markdown: %q", line)
		}
	}
	words := strings.Fields(page)
	for _, want := range []string{"uccx1.lab.example", "ccp.lab.example", "verified", "CET", "UTC"} {
		if has := strings.Contains(whole, want); has != strings.Contains(strings.Join(words, " "), want) {
			t.Errorf("%q is in the report: %v, and not so on a terminal:\n%s", want, has, page)
		}
	}
	if md, _ := p.printed("report", "lab", "--format", "md"); md != whole || !strings.HasPrefix(whole, "# ") || !strings.Contains(whole, "| --- |") {
		t.Errorf("with --format md it is not what a file gets:\n%s", md)
	}
}
