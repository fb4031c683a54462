package e2e_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/lang/po"
)

// englishRun is English that is left in a language of other letters: three words or more.
var englishRun = regexp.MustCompile(`[A-Za-z]{2,}( [a-z]{2,}){2,}`)

// TestLanguages: a change in the lab, its report and the help are in each language. In those of other letters nothing English is left but
// commands of nodes and their messages.
func TestLanguages(t *testing.T) {
	t.Parallel()
	for _, tag := range po.Tags()[1:] {
		t.Run(tag, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			out, errout, code := p.run("--lang", tag, "lab", "--auto", "--name", "one")
			report, _, reported := p.run("--lang", tag, "report", "one")
			help, _, helped := p.run("--lang", tag, "check", "--help")
			if code != 0 || reported != 0 || helped != 0 {
				t.Fatalf("exit %d, %d, %d\n%s%s", code, reported, helped, out, errout)
			}
			for name, text := range map[string]string{"lab --auto": out, "report": report, "check --help": help} {
				if strings.Contains(text, "Nothing is pending") || strings.Contains(text, "Usage:") {
					t.Errorf("%s is in English:\n%s", name, text)
				}
				if !strings.Contains("ja ko zh-Hant", tag) {
					continue
				}
				for _, line := range strings.Split(strings.ReplaceAll(text, "uccx-tui ", "uccx-tui: "), "\n") { // commands of this program
					for _, run := range englishRun.FindAllString(line, -1) {
						if first, _, _ := strings.Cut(run, " "); !strings.Contains("utils recovery show set SAN", first) {
							t.Errorf("%s: %q is left in %q", name, run, line)
						}
					}
				}
			}
		})
	}
}
