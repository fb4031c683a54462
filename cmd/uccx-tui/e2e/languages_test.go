package e2e_test

import (
	"flag"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/lang/po"
)

var everyLanguage = flag.Bool("languages", false, "walk the whole path by keys in every language, and play three scenarios in each; takes two minutes")

// englishRun is English that is left in a language of other letters: three words or more.
var englishRun = regexp.MustCompile(`[A-Za-z]{2,}( [a-z]{2,}){2,}`)

// spokenMore adds what other commands print: the adviser, a check of files, the HTML report, the client kit, line mode, and lessons with
// their grades; three of them with -languages.
func spokenMore(p place, tag string, all map[string]string) {
	p.t.Helper()
	page, _, _ := p.run("--lang", tag, "report", "one", "--format", "html")
	all["report --format html"] = shown(page)
	kit := filepath.Join(p.home, "kit")
	p.run("--lang", tag, "kit", "one", kit)
	all["kit"] = contents(p.t, filepath.Join(kit, "read-me.txt")) + contents(p.t, filepath.Join(kit, "browsers.txt"))
	all["advise"], _, _ = p.run("--lang", tag, "advise", "NET::ERR_CERT_COMMON_NAME_INVALID")
	state := filepath.Join(p.home, "state", "uccx-tui")
	all["check"], _, _ = p.run("--lang", tag, "check", filepath.Join(state, "labs", "one", "ca", "outbox"), "--csr", filepath.Join(state, "sessions", "one", "outbox"))
	all["line mode"] = p.inLines(tag)
	lessons := []string{"old-root", "line-drops", "window-ends"}
	if !*everyLanguage {
		lessons = lessons[:1]
	}
	for _, name := range lessons {
		played, _, _ := p.run("--lang", tag, "lab", name, "--auto")
		grade, _, _ := p.run("--lang", tag, "lab", "grade", name)
		all["lesson "+name] = played + grade
	}
}

// TestLanguages: a change in the lab, its report and the help are in each language. In those of other letters nothing English is left but
// commands of nodes, their messages, and the labels of Windows and Firefox in the kit.
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
			all := map[string]string{"lab --auto": out, "report": report, "check --help": help}
			spokenMore(p, tag, all)
			for name, text := range all {
				if strings.Contains(text, "Nothing is pending") || strings.Contains(text, "Usage:") {
					t.Errorf("%s is in English:\n%s", name, text)
				}
				if !strings.Contains("ja ko zh-Hant", tag) {
					continue
				}
				for _, line := range strings.Split(strings.ReplaceAll(text, "uccx-tui ", "uccx-tui: "), "\n") { // commands of this program
					for _, run := range englishRun.FindAllString(line, -1) {
						if first, _, _ := strings.Cut(run, " "); !strings.Contains("utils recovery show set SAN message guide Cisco CA Place Please related", first) {
							t.Errorf("%s: %q is left in %q", name, run, line)
						}
					}
				}
			}
		})
	}
}
