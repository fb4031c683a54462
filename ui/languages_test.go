package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/lang/po/pseudo"
	"github.com/uccx-tui/uccx-tui/vos"
)

// testLanguage is a variable of the environment with the language in which the screens of the tests speak; unset: English.
const testLanguage = "UCCX_TUI_TEST_LANG"

// speaking is that language.
func speaking() lang.Localizer {
	tag := os.Getenv(testLanguage)
	if say, ok := languagesRead.Load(tag); ok {
		return say.(lang.Localizer)
	}
	say, err := lang.Open(tag)
	if err != nil {
		panic(err) // a test has named it
	}
	languagesRead.Store(tag, say)
	return say
}

// languagesRead holds each language that was opened, so that it is read once.
var languagesRead sync.Map

// speak lets the screens that the test makes from here on speak a language.
func speak(t *testing.T, tag string) {
	t.Helper()
	t.Setenv(testLanguage, tag)
}

// pseudoFile is the language of the tests, in a file: each word of the program and of what the tests themselves say has an accent.
func pseudoFile(t *testing.T) string {
	t.Helper()
	template, err := os.ReadFile(filepath.Join("lang", "po", "uccx-tui.pot"))
	if err != nil {
		t.Fatal(err)
	}
	var own []byte
	for _, name := range []string{"screens_test.go", "lesson_test.go"} {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:msg\.T\(|Title: |Story: |Goal: |Hints = \[\]string\{)("(?:[^"\\]|\\.)*")`).FindAllSubmatch(source, -1) {
			if words, err := strconv.Unquote(string(m[1])); err == nil && !strings.Contains(string(template), "msgid "+pseudo.Quoted(words)+"\n") {
				own = fmt.Appendf(own, "\nmsgid %s\nmsgstr \"\"\n", pseudo.Quoted(words))
			}
		}
	}
	file := filepath.Join(t.TempDir(), "qps.po")
	if err := os.WriteFile(file, pseudo.Language(append(template, own...)), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestNoEnglishOnScreens: every word of every screen, of its title, its keys and its help is in the language of the program.
func TestNoEnglishOnScreens(t *testing.T) {
	speak(t, pseudoFile(t))
	for name, m := range screens(t, 200, 70) {
		m.Update(tea.WindowSizeMsg{Width: 200, Height: 70})
		text := shown(m) + "\n" + strings.TrimPrefix(m.View().WindowTitle, "uccx-tui")
		m.help = true
		text += "\n" + shown(m)
		for line := range strings.Lines(productNames().Replace(others.ReplaceAllString(ansi.Strip(text), "*"))) {
			if left := english(line); len(left) > 0 && !strings.Contains(gradeText, strings.TrimSpace(line)) { // the lab has said the grade
				t.Errorf("%s: %q is English in %q", name, left, strings.TrimSpace(line))
			}
		}
	}
}

// words are what a person reads as a word: letters, and what codes, names and addresses have between them.
var words = regexp.MustCompile(`[\pL\pN\pM][\pL\pN\pM.:/@_~'+-]*`)

// english are the words of a line that are English: lower case or with one capital letter, no accent, and no name of a key, a node or a command.
func english(line string) (left []string) {
	for _, w := range words.FindAllString(line, -1) {
		if regexp.MustCompile(`^[A-Z]?[a-z]+$`).MatchString(w) && len(w) > 1 && strings.ContainsAny(w, "aeiouycnAEIOU") && !slices.Contains(strings.Fields(notWords), w) {
			left = append(left, w)
		}
	}
	return left
}

// others is what screens show in words that are not the program's: a document that is cited, a command, names that the tests have given.
var others = regexp.MustCompile(`Cisco document [^,:]*|guide \(written for[^)]*\)|Create New Certificates from[^|]*|utils system restart|set cert import trust tomcat|show status|HQ renewal|Install the certificate on ccp.*|it holds what.*|CA certificate is not available.*|set tls server|broken|branch|grace`)

// productNames replaces the names of products, and of what is behind their ports, the longest first: they are the same in every language.
func productNames() *strings.Replacer {
	var all []string
	for _, p := range vos.Products() {
		f := p.Facts()
		all = append(all, f.Title, f.Label, f.Former)
		for _, r := range f.Releases() {
			for _, port := range r.Ports {
				all = append(all, port.Name)
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, name := range all {
		if name != "" {
			pairs = append(pairs, name, "*")
		}
	}
	return strings.NewReplacer(pairs...)
}

// notWords are names of keys, nodes, commands and files, which are the same in every language.
const notWords = "Administration Configure Solution Certificate Management tls odd longlonglonglonglon enter esc ctrl shift tab space backspace pgup pgdown home end left up down fg kill ccp uccx hq tomcat administrator"
